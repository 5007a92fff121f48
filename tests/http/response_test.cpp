#include "server/http/response.hpp"

#include <gtest/gtest.h>

#include "server/http/answer_head.hpp"

namespace sahut::http {
namespace {

TEST(ResponseTest, AProblemSaysWhatWhereAndTheCure) {
  Request request;
  request.id = "r-1";
  const Response response =
      problem(422, Problem{"duplicate_id", "line 3: id", "`ktp` is used twice.", "Choose another."}, request);
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(response.headers.at(0), (std::pair<std::string, std::string>("Content-Type", "application/problem+json")));
  const auto body = nlohmann::json::parse(response.body);
  EXPECT_EQ(body, (nlohmann::json{{"type", "/problems/duplicate_id"},
                                  {"title", "Unprocessable Content"},
                                  {"status", 422},
                                  {"detail", "`ktp` is used twice."},
                                  {"id", "r-1"},
                                  {"code", "duplicate_id"},
                                  {"where", "line 3: id"},
                                  {"cure", "Choose another."}}));
}

TEST(ResponseTest, JsonSurvivesTextThatIsNotUtf8) {
  const Response response = json(200, {{"text", "a\xff"}});
  EXPECT_EQ(nlohmann::json::parse(response.body).at("text"), "a\xEF\xBF\xBD");
}

TEST(ResponseTest, AHeaderIsSetOnceWhateverItsCase) {
  Response response = text(200, "x");
  response.set_header("content-type", "text/html");
  response.set_header("ETag", "\"1\"");
  EXPECT_EQ(response.headers.size(), 2U);
  EXPECT_EQ(response.headers.at(0).second, "text/html");
}

std::string head_of(const Response& response, const HeaderList& standard, AnswerHead how) {
  std::string head;
  append_head(head, response, standard, how);
  return head;
}

TEST(AnswerHeadTest, WritesLengthAndConnection) {
  EXPECT_EQ(head_of(text(200, "hello"), {}, {}),
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 5\r\n\r\n");
  EXPECT_EQ(head_of(no_content(), {}, {.keep_alive = false}), "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(head_of(no_content(), {}, {.http_1_0 = true}), "HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(head_of(Response(), {}, {.keep_alive = false, .stream = true}),
            "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
}

TEST(AnswerHeadTest, TheResponsesOwnHeaderReplacesTheStandardOne) {
  Response response = no_content();
  response.set_header("cache-control", "no-cache");
  EXPECT_EQ(head_of(response, {{"Cache-Control", "no-store"}, {"X-A", "b"}}, {}),
            "HTTP/1.1 204 No Content\r\ncache-control: no-cache\r\nX-A: b\r\n\r\n");
}

TEST(AnswerHeadTest, AValueCannotStartAHeaderOfItsOwn) {
  Response response = no_content();
  response.set_header("Location", "/a\r\nSet-Cookie: x=1");
  EXPECT_EQ(head_of(response, {}, {}), "HTTP/1.1 204 No Content\r\nLocation: /a  Set-Cookie: x=1\r\n\r\n");
}

}  // namespace
}  // namespace sahut::http
