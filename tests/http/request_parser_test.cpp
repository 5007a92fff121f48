#include "server/http/request_parser.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

// What it refuses: malformed_request_test.cpp.
namespace sahut::http {
namespace {

using State = RequestParser::State;

constexpr std::size_t header_bytes = 1024;
constexpr std::size_t body_bytes = 100;

/// Feeds the bytes in pieces of these sizes (again and again), and sets the body's limit where the header ends.
State feed_all(RequestParser& parser, std::string_view bytes, const std::vector<std::size_t>& pieces) {
  std::string waiting;
  std::size_t piece = 0;
  bool limited = false;
  while (parser.state() == State::head || parser.state() == State::body) {
    if (parser.state() == State::body && !limited) {
      limited = true;
      if (!parser.limit_body(body_bytes)) break;
    }
    const std::size_t used = parser.feed(waiting);
    waiting.erase(0, used);
    if (used > 0) continue;
    if (bytes.empty()) break;
    const std::size_t size = std::min(bytes.size(), std::max<std::size_t>(pieces[piece++ % pieces.size()], 1));
    waiting.append(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  return parser.state();
}

State state_after(std::string_view bytes) {
  RequestParser parser(header_bytes);
  return feed_all(parser, bytes, {bytes.size()});
}

TEST(RequestParserTest, ReadsARequestWithALength) {
  RequestParser parser(header_bytes);
  ASSERT_EQ(feed_all(parser, "POST /a?x=1 HTTP/1.1\r\nHost: a\r\nX-B:  c \r\nContent-Length: 5\r\n\r\nhello", {1000}),
            State::done);
  EXPECT_EQ(parser.request.method, Method::post);
  EXPECT_EQ(parser.target, "/a?x=1");
  EXPECT_EQ(parser.request.header("x-b"), "c");
  EXPECT_EQ(parser.request.body, "hello");
  EXPECT_TRUE(parser.keep_alive());
  EXPECT_FALSE(parser.is_http_1_0());
}

TEST(RequestParserTest, ReadsChunksAndIgnoresTrailers) {
  RequestParser parser(header_bytes);
  ASSERT_EQ(feed_all(parser,
                     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "3;name=value\r\nabc\r\n2\r\nde\r\n0\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n",
                     {1000}),
            State::done);
  EXPECT_EQ(parser.request.body, "abcde");
  EXPECT_EQ(parser.request.header("X-Forwarded-For"), std::nullopt);
}

TEST(RequestParserTest, StopsWhereTheRequestEnds) {
  RequestParser parser(header_bytes);
  const std::string_view one = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n";
  EXPECT_EQ(parser.feed(std::string(one) + "GET /2 HTTP/1.1\r\n"), one.size());
  EXPECT_EQ(parser.state(), State::done);
  parser.restart();
  EXPECT_EQ(parser.state(), State::head);
  EXPECT_EQ(feed_all(parser, "GET /2 HTTP/1.0\r\n\r\n", {1000}), State::done);
  EXPECT_EQ(parser.target, "/2");
  EXPECT_TRUE(parser.is_http_1_0());
  EXPECT_FALSE(parser.keep_alive());
}

TEST(RequestParserTest, BoundsHeaderFieldsAndBody) {
  const std::string start = "POST / HTTP/1.1\r\nHost: a\r\n";
  EXPECT_EQ(state_after(start + "X: " + std::string(header_bytes, 'x') + "\r\n\r\n"), State::head_too_large);
  EXPECT_EQ(state_after("GET /" + std::string(2 * header_bytes, 'x')), State::head_too_large);
  std::string fields;
  for (std::size_t i = 0; i < most_header_fields; ++i) fields += "a:b\r\n";
  EXPECT_EQ(state_after(start + fields + "\r\n"), State::head_too_large);
  EXPECT_EQ(state_after(start + "Content-Length: 101\r\n\r\n"), State::body_too_large);
  EXPECT_EQ(state_after(start + "Content-Length: 100\r\n\r\n" + std::string(100, 'x')), State::done);
  const std::string chunked = start + "Transfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(state_after(chunked + "65\r\n"), State::body_too_large);
  EXPECT_EQ(state_after(chunked + "32\r\n" + std::string(50, 'x') + "\r\n33\r\n"), State::body_too_large);
  EXPECT_EQ(state_after(chunked + "ffffffffffffffff\r\n"), State::body_too_large);
  EXPECT_EQ(state_after(chunked + "64\r\n" + std::string(100, 'x') + "\r\n0\r\n\r\n"), State::done);
}

const std::string& sample() {
  static const std::string bytes =
      "POST /webhooks/wa HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nX-A: b\r\n\r\n"
      "5\r\nhello\r\n6;x\r\n world\r\n0\r\nX-T: u\r\n\r\n";
  return bytes;
}

RC_GTEST_PROP(RequestParserTest, HowTheBytesArriveDoesNotMatter, ()) {
  const auto pieces =
      *rc::gen::nonEmpty(rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(1, 40)));
  RequestParser parser(header_bytes);
  RC_ASSERT(feed_all(parser, sample(), pieces) == State::done);
  RC_ASSERT(parser.request.body == "hello world");
  RC_ASSERT(parser.request.headers.size() == 3U);
}

RC_GTEST_PROP(RequestParserTest, DamageIsNeverReadInTwoWays, ()) {
  std::string bytes = sample();
  const auto changes = *rc::gen::container<std::vector<std::pair<std::size_t, char>>>(
      rc::gen::pair(rc::gen::inRange<std::size_t>(0, bytes.size()), rc::gen::arbitrary<char>()));
  for (const auto& [place, byte] : changes) bytes[place] = byte;
  RequestParser whole(header_bytes);
  RequestParser single(header_bytes);
  // How the bytes arrive may decide when damage is noticed, never what a request says.
  const bool done = feed_all(whole, bytes, {bytes.size()}) == State::done;
  RC_ASSERT((feed_all(single, bytes, {1}) == State::done) == done);
  RC_ASSERT(!done || single.request.body == whole.request.body);
  RC_ASSERT(!done || single.request.headers == whole.request.headers);
}

}  // namespace
}  // namespace sahut::http
