#include "server/http/trusted_proxies.hpp"

#include <gtest/gtest.h>

namespace sahut::http {
namespace {

struct Row {
  const char* says;
  std::string peer;
  std::vector<std::string> forwarded;
  std::string client;
};

TEST(TrustedProxiesTest, BelievesOnlyWhatOurOwnProxiesWrote) {
  const auto proxies = TrustedProxies::parse({"127.0.0.1", "10.0.0.0/8", "::1", "fd00::/8"});
  ASSERT_TRUE(proxies.ok());
  const Row rows[] = {
      {"a stranger's header is nothing", "203.0.113.9", {"198.51.100.1"}, "203.0.113.9"},
      {"no header", "127.0.0.1", {}, "127.0.0.1"},
      {"one proxy", "127.0.0.1", {"198.51.100.1"}, "198.51.100.1"},
      {"two proxies", "127.0.0.1", {"198.51.100.1, 10.1.2.3"}, "198.51.100.1"},
      {"what the client wrote itself stands further left",
       "127.0.0.1",
       {"1.1.1.1, 198.51.100.1, 10.1.2.3"},
       "198.51.100.1"},
      {"two headers", "127.0.0.1", {"1.1.1.1", "198.51.100.1"}, "198.51.100.1"},
      {"over IPv6", "::1", {"2001:db8::1"}, "2001:db8::1"},
      {"an IPv4 peer in IPv6 form", "::ffff:127.0.0.1", {"198.51.100.1"}, "198.51.100.1"},
      {"an IPv4 client in IPv6 form", "127.0.0.1", {"::ffff:198.51.100.1"}, "198.51.100.1"},
      {"nonsense ends the search", "127.0.0.1", {"198.51.100.1, unknown"}, "127.0.0.1"},
      {"nonsense behind a proxy", "127.0.0.1", {"unknown, 10.1.2.3"}, "10.1.2.3"},
      {"only proxies", "127.0.0.1", {"10.1.2.3"}, "10.1.2.3"},
      {"spaces and tabs", "127.0.0.1", {" \t198.51.100.1 \t"}, "198.51.100.1"},
      {"empty", "127.0.0.1", {""}, "127.0.0.1"},
  };
  for (const Row& row : rows) {
    Request request;
    for (const std::string& value : row.forwarded) request.headers.emplace_back("x-forwarded-for", value);
    EXPECT_EQ(proxies->client_of(row.peer, request), row.client) << row.says;
  }
}

TEST(TrustedProxiesTest, WithoutAnyNobodyIsBelieved) {
  const auto none = TrustedProxies::parse({});
  Request request;
  request.headers = {{"X-Forwarded-For", "198.51.100.1"}};
  EXPECT_EQ(none->client_of("127.0.0.1", request), "127.0.0.1");
}

TEST(TrustedProxiesTest, RefusesWhatIsNoAddress) {
  for (const std::string entry : {"localhost", "10.0.0.0/33", "10.0.0", "", "10.0.0.0/8/8"}) {
    const auto proxies = TrustedProxies::parse({entry});
    ASSERT_FALSE(proxies.ok()) << entry;
    EXPECT_EQ(proxies.problem().code, "bad_proxy");
    EXPECT_FALSE(proxies.problem().cure.empty());
  }
}

}  // namespace
}  // namespace sahut::http
