#include "server/http/request.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace sahut::http {
namespace {

using Query = std::vector<std::pair<std::string, std::string>>;

struct TargetRow {
  std::string_view target;
  std::string_view path;
  Query query;
};

TEST(ParseTargetTest, SplitsAndDecodes) {
  const TargetRow rows[] = {
      {"/", "/", {}},
      {"/api/v1/entries", "/api/v1/entries", {}},
      {"/entries/ktp-el_1", "/entries/ktp-el_1", {}},
      {"/a%20b", "/a b", {}},
      {"/a+b", "/a+b", {}},
      {"/a/", "/a/", {}},
      {"/%E2%82%AC", "/\xE2\x82\xAC", {}},
      {"/a?", "/a", {}},
      {"/a?x=1&y=2", "/a", {{"x", "1"}, {"y", "2"}}},
      {"/a?q=ktp+hilang", "/a", {{"q", "ktp hilang"}}},
      {"/a?q=a%2Bb", "/a", {{"q", "a+b"}}},
      {"/a?hub.mode=subscribe&hub.challenge=1", "/a", {{"hub.mode", "subscribe"}, {"hub.challenge", "1"}}},
      {"/a?flag", "/a", {{"flag", ""}}},
      {"/a?x=1&x=2", "/a", {{"x", "1"}, {"x", "2"}}},
      {"/a?x=%C3%A9&y=b=c", "/a", {{"x", "\xC3\xA9"}, {"y", "b=c"}}},
      {"http://kota.example.id/a?x=1", "/a", {{"x", "1"}}},
      {"https://kota.example.id", "/", {}},
      {"*", "*", {}},
  };
  for (const TargetRow& row : rows) {
    const auto target = parse_target(row.target);
    ASSERT_TRUE(target) << row.target;
    EXPECT_EQ(target->path, row.path) << row.target;
    EXPECT_EQ(target->query, row.query) << row.target;
  }
}

TEST(ParseTargetTest, RefusesWhatIsNoPathOrCouldBeAnother) {
  using namespace std::string_view_literals;
  for (const std::string_view target :
       {""sv, "a"sv, "a/b"sv, "/a b"sv, "/%"sv, "/%zz"sv, "/a%2Fb"sv, "/a%00b"sv, "/a/../b"sv, "/a/%2e%2e/b"sv,
        "/./a"sv, "/a\x01"sv, "/a#b"sv, "ftp://host/a"sv, "host:80"sv, "/a?x=%g1"sv, "**"sv, "/\xff"sv}) {
    EXPECT_FALSE(parse_target(target)) << target;
  }
}

RC_GTEST_PROP(ParseTargetTest, NeverThrowsAndNeverHidesASlash, (const std::string& noise)) {
  const auto target = parse_target("/" + noise);
  if (target) {
    std::size_t slashes = 1;
    for (const char c : noise.substr(0, noise.find('?'))) slashes += c == '/' ? 1 : 0;
    std::size_t found = 0;
    for (const char c : target->path) found += c == '/' ? 1 : 0;
    RC_ASSERT(found == slashes);
  }
}

TEST(RequestTest, FindsHeadersByAnyCaseAndTheFirstParameter) {
  Request request;
  request.headers = {{"X-Hub-Signature-256", "a"}, {"x-hub-signature-256", "b"}};
  request.query = {{"limit", "5"}, {"limit", "6"}};
  EXPECT_EQ(request.header("x-HUB-signature-256"), "a");
  EXPECT_EQ(request.header("x-hub"), std::nullopt);
  EXPECT_EQ(request.parameter("limit"), "5");
  EXPECT_EQ(request.parameter("Limit"), std::nullopt);
}

}  // namespace
}  // namespace sahut::http
