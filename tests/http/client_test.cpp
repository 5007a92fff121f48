#include "server/http/client.hpp"

#include <gtest/gtest.h>

#include <future>

#include "tests/http/fake_peer.hpp"
#include "tests/http/running_client.hpp"
#include "tests/http/served.hpp"

// What is kept between calls: client_pool_test.cpp.
namespace sahut::http {
namespace {

using adapters::HttpAnswer;
using adapters::HttpCall;
using adapters::TransportFailure;

HttpCall posted(std::string url, std::string body = "{}") {
  return {.method = "POST", .url = std::move(url), .headers = {}, .body = std::move(body), .timeout_ms = 10'000};
}

TEST(HttpClientTest, SendsWhatItIsGivenAndBringsTheAnswer) {
  std::promise<std::string> seen;
  const FakePeer peer([&](RawConnection& connection, int) {
    seen.set_value(connection.read_request().value_or(""));
    connection.send("HTTP/1.1 429 Too Many\r\nRetry-After: 7\r\nContent-Length: 4\r\n\r\nslow");
  });
  RunningClient client;
  const HttpAnswer answer =
      client.call({.method = "POST",
                   .url = peer.url("/v25.0/messages?a=1%202"),
                   .headers = {{"Authorization", "Bearer x"}, {"Content-Type", "application/json"}},
                   .body = "{\"a\":1}"});
  EXPECT_EQ(answer.failure, TransportFailure::none) << answer.failure_text;
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(answer.body, "slow");
  EXPECT_EQ(adapters::find_header(answer.headers, "retry-after"), "7");
  const std::string request = seen.get_future().get();
  EXPECT_TRUE(request.starts_with("POST /v25.0/messages?a=1%202 HTTP/1.1\r\n")) << request;
  EXPECT_NE(request.find("\r\nHost: 127.0.0.1:" + std::to_string(peer.port()) + "\r\n"), std::string::npos) << request;
  EXPECT_NE(request.find("\r\nAuthorization: Bearer x\r\n"), std::string::npos) << request;
  EXPECT_TRUE(request.ends_with("\r\n\r\n{\"a\":1}")) << request;
}

TEST(HttpClientTest, OneConnectionServesCallAfterCall) {
  const FakePeer peer(answering_all_with(ok_answer("yes")));
  RunningClient client;
  for (int i = 0; i < 5; ++i) EXPECT_EQ(client.call(posted(peer.url("/"))).body, "yes");
  EXPECT_EQ(peer.accepted(), 1);
}

TEST(HttpClientTest, AConnectionThatThePeerWantsClosedIsNotKept) {
  const FakePeer peer(answering_all_with("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
  RunningClient client;
  EXPECT_EQ(client.call(posted(peer.url("/"))).status, 200);
  EXPECT_EQ(client.call(posted(peer.url("/"))).status, 200);
  EXPECT_EQ(peer.accepted(), 2);
}

TEST(HttpClientTest, AConnectionThatDiedWhileItWaitedIsReplacedUnseen) {
  const FakePeer peer([](RawConnection& connection, int number) {
    (void)connection.read_request();
    connection.send(ok_answer(std::to_string(number)));
  });
  RunningClient client;
  EXPECT_EQ(client.call(posted(peer.url("/"))).body, "0");
  ASSERT_TRUE(eventually([&] { return peer.ended() == 1; }));
  const HttpAnswer second = client.call(posted(peer.url("/")));
  EXPECT_EQ(second.failure, TransportFailure::none) << second.failure_text;
  EXPECT_EQ(second.body, "1");
}

TEST(HttpClientTest, NoAnswerInTimeMayHaveArrived) {
  const FakePeer peer([](RawConnection& connection, int) {
    (void)connection.read_request();
    (void)connection.read_to_end();
  });
  RunningClient client;
  HttpCall call = posted(peer.url("/"));
  call.timeout_ms = 50;
  const HttpAnswer answer = client.call(call);
  EXPECT_EQ(answer.failure, TransportFailure::broken);
  EXPECT_NE(answer.failure_text.find("in time"), std::string::npos) << answer.failure_text;
  EXPECT_TRUE(eventually([&] { return peer.ended() == 1; })) << "its connection is closed";
}

TEST(HttpClientTest, WhatCouldNotBeSentNeverLeft) {
  RunningClient client;
  for (const std::string& url :
       {"http://127.0.0.1:" + std::to_string(closed_port()) + "/", std::string("http://nowhere.invalid/"),
        std::string("ftp://127.0.0.1/"), std::string("127.0.0.1"), std::string(), std::string("http:///a"),
        std::string("http://127.0.0.1:99999/")}) {
    const HttpAnswer answer = client.call(posted(url));
    EXPECT_EQ(answer.failure, TransportFailure::never_left) << url;
    EXPECT_FALSE(answer.failure_text.empty()) << url;
  }
}

TEST(HttpClientTest, AnAnswerThatIsNotWholeIsBroken) {
  const struct {
    const char* says;
    std::string answer;
  } rows[] = {
      {"nothing", ""},
      {"cut in the header", "HTTP/1.1 200 OK\r\nContent-Le"},
      {"cut in the body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"},
      {"cut between chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"},
      {"not HTTP", "SSH-2.0-OpenSSH\r\n\r\n"},
      {"too large", "HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n" + std::string(1048577, 'x')},
      {"too large in chunks",
       "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\n" + std::string(0x100001, 'x')},
      {"too large without a length", "HTTP/1.1 200 OK\r\n\r\n" + std::string(1048577, 'x')},
      {"a header without end", "HTTP/1.1 200 OK\r\nX: " + std::string(100'000, 'x')},
  };
  for (const auto& row : rows) {
    const FakePeer peer([&](RawConnection& connection, int) {
      (void)connection.read_request();
      connection.send(row.answer);
    });
    RunningClient client;
    EXPECT_EQ(client.call(posted(peer.url("/"))).failure, TransportFailure::broken) << row.says;
    EXPECT_EQ(peer.accepted(), 1) << row.says << ": it is not sent twice";
  }
}

TEST(HttpClientTest, ReadsEveryFormOfAnswer) {
  const struct {
    const char* says;
    std::string answer;
    int status;
    std::string body;
  } rows[] = {
      {"chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", 200, "abcde"},
      {"ends with the connection", "HTTP/1.1 200 OK\r\n\r\nabc", 200, "abc"},
      {"HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\nabc", 200, "abc"},
      {"nothing", "HTTP/1.1 204 No Content\r\n\r\n", 204, ""},
      {"a megabyte", ok_answer(std::string(1048576, 'x')), 200, std::string(1048576, 'x')},
      {"after an interim answer", "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n" + ok_answer("abc"), 200, "abc"},
      {"a redirect is an answer, not a way",
       "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", 302, ""},
  };
  for (const auto& row : rows) {
    const FakePeer peer([&](RawConnection& connection, int) {
      (void)connection.read_request();
      connection.send(row.answer);
    });
    RunningClient client;
    const HttpAnswer answer = client.call(posted(peer.url("/")));
    EXPECT_EQ(answer.failure, TransportFailure::none) << row.says << ": " << answer.failure_text;
    EXPECT_EQ(answer.status, row.status) << row.says;
    EXPECT_EQ(answer.body, row.body) << row.says;
  }
}

TEST(HttpClientTest, AHundredCallsAtOnceFromTwoThreadsEachGetTheirOwnAnswer) {
  const FakePeer peer([](RawConnection& connection, int) {
    while (const auto request = connection.read_request()) {
      if (!connection.send(ok_answer(request->substr(request->find("\r\n\r\n") + 4)))) return;
    }
  });
  RunningClient client;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 2; ++thread) {
    threads.emplace_back([&, thread] {
      std::vector<std::future<HttpAnswer>> answers;
      for (int i = 0; i < 50; ++i) {
        answers.push_back(client.begin(posted(peer.url("/"), std::to_string(thread) + "/" + std::to_string(i))));
      }
      for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(answers[static_cast<std::size_t>(i)].get().body, std::to_string(thread) + "/" + std::to_string(i));
      }
    });
  }
}

TEST(HttpClientTest, ItMayEndInTheMiddleOfACall) {
  const FakePeer peer([](RawConnection& connection, int) {
    (void)connection.read_request();
    (void)connection.read_to_end();
  });
  std::future<HttpAnswer> answer;
  {
    RunningClient client;
    answer = client.begin(posted(peer.url("/")));
    ASSERT_TRUE(eventually([&] { return peer.accepted() == 1; }));
  }
  EXPECT_THROW(answer.get(), std::future_error) << "the call is gone, and so is its connection";
  EXPECT_TRUE(eventually([&] { return peer.ended() == 1; }));
}

}  // namespace
}  // namespace sahut::http
