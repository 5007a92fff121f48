#include "server/http/cookies.hpp"

#include <gtest/gtest.h>

namespace sahut::http {
namespace {

Request with_cookies(std::vector<std::string> values) {
  Request request;
  request.headers.emplace_back("Host", "a");
  for (std::string& value : values) request.headers.emplace_back("cookie", std::move(value));
  return request;
}

TEST(CookiesTest, FindsOneByItsWholeName) {
  const struct {
    std::vector<std::string> headers;
    std::optional<std::string> value;
  } rows[] = {
      {{"sid=abc"}, "abc"},
      {{"a=1; sid=abc; b=2"}, "abc"},
      {{"a=1;sid=abc"}, "abc"},
      {{"sid="}, ""},
      {{"sid=a=b"}, "a=b"},
      {{"a=1", "sid=abc"}, "abc"},
      {{"sid=first; sid=second"}, "first"},
      {{"xsid=abc"}, std::nullopt},
      {{"sidx=abc"}, std::nullopt},
      {{"SID=abc"}, std::nullopt},
      {{"sid"}, std::nullopt},
      {{";;; ;"}, std::nullopt},
      {{""}, std::nullopt},
      {{}, std::nullopt},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(find_cookie(with_cookies(row.headers), "sid"), row.value)
        << (row.headers.empty() ? "(none)" : row.headers.front());
  }
}

TEST(CookiesTest, OursCannotBeReadByScriptsOrSentByOtherSites) {
  EXPECT_EQ(set_cookie("sid", "abc", {.max_age_seconds = 3600, .secure = true}),
            "sid=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600; Secure");
  EXPECT_EQ(set_cookie("sid", "", {}), "sid=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
}

}  // namespace
}  // namespace sahut::http
