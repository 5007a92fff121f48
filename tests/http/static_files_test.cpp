#include "server/http/static_files.hpp"

#include <gtest/gtest.h>

#include <array>

namespace sahut::http {
namespace {

constexpr std::array<embedded::File, 5> files = {{{"assets/chat.js", "let a"},
                                                  {"assets/chat.js.gz", "(gzip)"},
                                                  {"assets/logo.svg", "<svg/>"},
                                                  {"chat.html", "<p>"},
                                                  {"lonely.js.gz", "(gzip)"}}};

std::string header_of(const Response& response, std::string_view name) {
  for (const auto& [known, value] : response.headers) {
    if (known == name) return value;
  }
  return {};
}

Request asking(std::vector<std::pair<std::string, std::string>> headers) {
  Request request;
  request.headers = std::move(headers);
  return request;
}

TEST(StaticFilesTest, ServesWithTypeAndTag) {
  const StaticFiles pages{files};
  const Response script = pages.serve("assets/chat.js", {});
  EXPECT_EQ(script.status, 200);
  EXPECT_EQ(script.bytes(), "let a");
  EXPECT_EQ(header_of(script, "Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(header_of(script, "Vary"), "Accept-Encoding");
  EXPECT_EQ(header_of(pages.serve("assets/logo.svg", {}), "Content-Type"), "image/svg+xml");
  EXPECT_NE(header_of(script, "ETag"), header_of(pages.serve("chat.html", {}), "ETag"));
}

TEST(StaticFilesTest, SendsGzipOnlyToThoseWhoTakeIt) {
  const StaticFiles pages{files};
  const struct {
    std::string accepts;
    bool gzip;
  } rows[] = {{"gzip", true},      {"br, gzip;q=0.8", true},   {"GZIP", true}, {"br", false}, {"gzip;q=0", false},
              {"identity", false}, {"br, gzip; q=0.0", false}, {"", false}};
  for (const auto& row : rows) {
    const Response script = pages.serve("assets/chat.js", asking({{"Accept-Encoding", row.accepts}}));
    EXPECT_EQ(script.bytes(), row.gzip ? "(gzip)" : "let a") << row.accepts;
    EXPECT_EQ(header_of(script, "Content-Encoding"), row.gzip ? "gzip" : "") << row.accepts;
  }
  const Response plain = pages.serve("assets/logo.svg", asking({{"Accept-Encoding", "gzip"}}));
  EXPECT_EQ(plain.bytes(), "<svg/>");
  EXPECT_EQ(header_of(plain, "Content-Encoding"), "");
}

TEST(StaticFilesTest, AnswersNotModifiedToWhoHasIt) {
  const StaticFiles pages{files};
  const std::string tag = header_of(pages.serve("chat.html", {}), "ETag");
  const struct {
    std::string if_none_match;
    int status;
  } rows[] = {{tag, 304}, {"W/" + tag, 304}, {"\"0\", " + tag, 304}, {"*", 304}, {"\"0\"", 200}, {"", 200}};
  for (const auto& row : rows) {
    const Response page = pages.serve("chat.html", asking({{"If-None-Match", row.if_none_match}}));
    EXPECT_EQ(page.status, row.status) << row.if_none_match;
    EXPECT_EQ(page.bytes().empty(), row.status == 304) << row.if_none_match;
    EXPECT_EQ(header_of(page, "ETag"), tag);
  }
}

TEST(StaticFilesTest, PagesRunNothingButOurFiles) {
  const Response page = StaticFiles{files}.serve("chat.html", {});
  const std::string policy = header_of(page, "Content-Security-Policy");
  EXPECT_NE(policy.find("default-src 'none'"), std::string::npos);
  EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
  EXPECT_EQ(header_of(StaticFiles{files}.serve("assets/chat.js", {}), "Content-Security-Policy"), "");
}

TEST(StaticFilesTest, WhatIsNotThereIsA404Problem) {
  const StaticFiles pages{files};
  for (const std::string_view path :
       {"nothing.js", "../secret", "", "assets/chat.js.gz", "lonely.js", "lonely.js.gz"}) {
    const Response response = pages.serve(path, {});
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_EQ(header_of(response, "Content-Type"), "application/problem+json") << path;
    EXPECT_FALSE(pages.has(path)) << path;
  }
}

}  // namespace
}  // namespace sahut::http
