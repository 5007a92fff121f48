// Requests that are not HTTP, or that two programs could read differently: one answer with 400, then the end.
#include <gtest/gtest.h>

#include <string>

#include "tests/http/raw_connection.hpp"
#include "tests/http/served.hpp"

namespace sahut::http {
namespace {

struct MalformedRow {
  const char* what;
  std::string bytes;
};

std::string with(const std::string& headers, const std::string& body = "") {
  return "POST /echo HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body;
}

const std::string hidden = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";

const std::vector<MalformedRow> malformed_rows = {
    {"no HTTP at all", "hello\r\n\r\n"},
    {"TLS to a plain port", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) + "\r\n\r\n"},
    {"an empty request line", "\r\n\r\n"},
    {"a line break before the request", "\r\n" + hidden},
    {"no version", "GET /echo\r\n\r\n"},
    {"HTTP/2.0", "GET /echo HTTP/2.0\r\nHost: x\r\n\r\n"},
    {"HTTP/1.2", "GET /echo HTTP/1.2\r\nHost: x\r\n\r\n"},
    {"HTTP/0.9", "GET /echo HTTP/0.9\r\nHost: x\r\n\r\n"},
    {"a version in lower case", "GET /echo http/1.1\r\nHost: x\r\n\r\n"},
    {"a method with a bracket", "GE(T /echo HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"two spaces", "GET  /echo HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"a space in the path", "GET /ec ho HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"a control character in the path", "GET /ec\x01ho HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"a path without a slash", "GET echo HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"a hidden step upwards", "GET /items/%2e%2e/parts/1 HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"a plain step upwards", "GET /items/../echo HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"a hidden slash", "GET /items%2Fx HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"a hidden NUL", "GET /items%00 HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"a broken percent sign", "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"an address for a proxy", "GET ftp://x/echo HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"a tunnel", "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n"},
    {"no Host", "GET /echo HTTP/1.1\r\n\r\n"},
    {"two Hosts", "GET /echo HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"},
    {"lines ended by LF alone", "GET /echo HTTP/1.1\nHost: x\n\n"},
    {"a bare LF inside a header", "GET /echo HTTP/1.1\r\nHost: x\nX: y\r\n\r\n"},
    {"a bare CR inside a header", "GET /echo HTTP/1.1\r\nHost: x\rX: y\r\n\r\n"},
    {"a NUL inside a header", std::string("GET /echo HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n", 40)},
    {"a space before the colon", with("Content-Length : 0\r\n")},
    {"a header without a name", with(": value\r\n")},
    {"a header without a colon", with("Content-Length\r\n")},
    {"a folded line", with("X: a\r\n b\r\n")},
    {"a folded transfer encoding", with("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n")},
    {"a length and an encoding", with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + hidden)},
    {"an encoding and a length", with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n" + hidden)},
    {"two lengths that differ", with("Content-Length: 0\r\nContent-Length: 40\r\n", hidden)},
    {"two lengths that agree", with("Content-Length: 2\r\nContent-Length: 2\r\n", "ab")},
    {"a list of lengths that differ", with("Content-Length: 0, 40\r\n", hidden)},
    {"a negative length", with("Content-Length: -1\r\n")},
    {"a length with a sign", with("Content-Length: +5\r\n", "hello")},
    {"a length in hexadecimal", with("Content-Length: 0x5\r\n", "hello")},
    {"a length with a letter", with("Content-Length: 5a\r\n", "hello")},
    {"an empty length", with("Content-Length: \r\n")},
    {"a length beyond 64 bits", with("Content-Length: 18446744073709551617\r\n", "a")},
    {"an encoding that is not chunked", with("Transfer-Encoding: gzip\r\n", hidden)},
    {"identity", with("Transfer-Encoding: identity\r\n", hidden)},
    {"chunked before gzip", with("Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n" + hidden)},
    {"gzip before chunked", with("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n" + hidden)},
    {"chunked twice", with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
    {"chunked and identity", with("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n")},
    {"a misspelt chunked", with("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n" + hidden)},
    {"a quoted chunked", with("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n" + hidden)},
    {"chunked in HTTP/1.0", "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden},
    {"a chunk size that is none", with("Transfer-Encoding: chunked\r\n", "zz\r\nhello\r\n0\r\n\r\n")},
    {"a chunk size with a sign", with("Transfer-Encoding: chunked\r\n", "-5\r\nhello\r\n0\r\n\r\n")},
    {"a chunk size beyond 64 bits", with("Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\nhello\r\n0\r\n\r\n")},
    {"a chunk longer than it says", with("Transfer-Encoding: chunked\r\n", "5\r\nhello!!\r\n0\r\n\r\n")},
    {"a length in the trailer", with("Transfer-Encoding: chunked\r\n", "0\r\nContent-Length: 5\r\n\r\n" + hidden)},
    {"a second encoding in the trailer",
     with("Transfer-Encoding: chunked\r\n", "0\r\nTransfer-Encoding: chunked\r\n\r\n" + hidden)},
};

TEST(MalformedRequest, IsAnsweredOnceWith400AndNothingHiddenBehindItIs) {
  Served served;
  for (const MalformedRow& row : malformed_rows) {
    SCOPED_TRACE(row.what);
    RawConnection client(served.port());
    client.send(row.bytes);
    client.end_sending();
    const std::string all = client.read_to_end();
    EXPECT_EQ(all.substr(0, 12), "HTTP/1.1 400") << all;
    EXPECT_EQ(all.find("HTTP/1.1", 1), std::string::npos) << "a second answer: " << all;
  }
  EXPECT_EQ(served.handled(), 0);
}

TEST(MalformedRequest, LeavesTheServerGood) {
  Served served;
  for (const MalformedRow& row : malformed_rows) {
    RawConnection client(served.port());
    client.send(row.bytes.substr(0, row.bytes.size() / 2));
    client.reset();
  }
  RawConnection client(served.port());
  client.send(hidden);
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_TRUE(eventually([&] { return served.server().open_connections() == 1; }));
}

TEST(MalformedRequest, ThatOnlyEndsTooEarlyIsNotAnswered) {
  Served served;
  for (const std::string bytes : {"", "GET /ec", "GET /echo HTTP/1.1\r\nHost: x\r\n",
                                  "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf"}) {
    RawConnection client(served.port());
    client.send(bytes);
    client.end_sending();
    EXPECT_EQ(client.read_to_end(), "") << bytes;
  }
  EXPECT_EQ(served.handled(), 0);
}

}  // namespace
}  // namespace sahut::http
