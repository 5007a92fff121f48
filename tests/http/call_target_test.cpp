#include "server/http/call_target.hpp"

#include <gtest/gtest.h>

#include "server/http/client.hpp"

namespace sahut::http {
namespace {

TEST(CallTargetTest, SplitsAnAddress) {
  const struct {
    std::string url;
    Origin origin;
    std::string target;
    std::string authority;
  } rows[] = {
      {"https://graph.facebook.com/v25.0/1/messages",
       {true, "graph.facebook.com", "443"},
       "/v25.0/1/messages",
       "graph.facebook.com"},
      {"http://localhost:3000", {false, "localhost", "3000"}, "/", "localhost:3000"},
      {"http://localhost:3000?a=b", {false, "localhost", "3000"}, "/?a=b", "localhost:3000"},
      {"HTTP://LocalHost/A?b=%20#c", {false, "localhost", "80"}, "/A?b=%20", "LocalHost"},
      {"https://host:/", {true, "host", "443"}, "/", "host:"},
      {"http://[::1]:8080/a", {false, "::1", "8080"}, "/a", "[::1]:8080"},
      {"http://127.0.0.1:080/", {false, "127.0.0.1", "80"}, "/", "127.0.0.1:080"},
  };
  for (const auto& row : rows) {
    const auto target = call_target_of(row.url);
    ASSERT_TRUE(target) << row.url;
    EXPECT_TRUE(target->origin == row.origin) << row.url << ": " << target->origin.host << " " << target->origin.port;
    EXPECT_EQ(target->target, row.target) << row.url;
    EXPECT_EQ(target->authority, row.authority) << row.url;
    EXPECT_EQ(target->authorization, "") << row.url;
  }
}

TEST(CallTargetTest, TakesNamesAndPasswordsOutOfTheAddress) {
  const auto target = call_target_of("http://kota:p%40ss@proxy:3128/");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->authorization, "Basic a290YTpwQHNz");
  EXPECT_EQ(target->authority, "proxy:3128");
}

TEST(CallTargetTest, RefusesWhatIsNoHttpAddress) {
  for (const std::string url : {"", "localhost", "localhost:3000", "/a", "//host/a", "ftp://host/", "http://",
                                "http:///a", "http://host:99999/", "http://host:0/", "http://ho st/", "http://host:a/",
                                "http://host/a b", "http://host/\r\nX: y"}) {
    EXPECT_FALSE(call_target_of(url)) << url;
  }
}

TEST(CallTargetTest, EachSchemeHasItsProxy) {
  ClientOptions options;
  options.http_proxy = "http://plain:3128";
  options.https_proxy = "http://tunnel:3129";
  options.no_proxy = {"example.id", ".internal", "10.0.0.1"};
  const struct {
    Origin origin;
    std::string proxy;  ///< its host, or empty
  } rows[] = {
      {{false, "a.id", "80"}, "plain"},          {{true, "a.id", "443"}, "tunnel"},
      {{true, "example.id", "443"}, ""},         {{true, "www.example.id", "443"}, ""},
      {{true, "myexample.id", "443"}, "tunnel"}, {{true, "example.id.evil", "443"}, "tunnel"},
      {{true, "internal", "443"}, ""},           {{true, "db.internal", "443"}, ""},
      {{false, "10.0.0.1", "80"}, ""},           {{false, "110.0.0.1", "80"}, "plain"},
  };
  for (const auto& row : rows) {
    const auto proxy = proxy_for(row.origin, options);
    EXPECT_EQ(proxy ? proxy->origin.host : "", row.proxy) << row.origin.host;
  }
}

}  // namespace
}  // namespace sahut::http
