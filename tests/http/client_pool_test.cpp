// Connections that are kept, and what happens to a call when a kept one turns out dead: sent again only if it cannot
// have been taken.
#include <gtest/gtest.h>

#include <map>
#include <mutex>
#include <set>

#include "server/http/client.hpp"
#include "tests/http/fake_peer.hpp"
#include "tests/http/running_client.hpp"
#include "tests/http/served.hpp"

namespace sahut::http {
namespace {

using adapters::HttpAnswer;
using adapters::HttpCall;
using adapters::TransportFailure;

HttpCall post(std::string url, std::string body = "{}") {
  return {.method = "POST", .url = std::move(url), .headers = {}, .body = std::move(body), .timeout_ms = 10'000};
}

TEST(ClientPoolTest, ARequestThatWasReadAndNotAnsweredIsNotSentAgain) {
  const FakePeer peer([](RawConnection& connection, int number) {
    (void)connection.read_request();
    connection.send(ok_answer("first"));
    if (number == 0) (void)connection.read_request();  // taken, then the peer dies
  });
  RunningClient client;
  EXPECT_EQ(client.call(post(peer.url("/"))).body, "first");
  EXPECT_EQ(client.call(post(peer.url("/"))).failure, TransportFailure::broken);
  EXPECT_EQ(peer.accepted(), 1);
}

TEST(ClientPoolTest, ARequestWhoseConnectionIsResetIsNotSentAgain) {
  const FakePeer peer([](RawConnection& connection, int) {
    (void)connection.read_request();
    connection.send(ok_answer("first"));
    (void)connection.read_request();
    connection.reset_when_closed();
  });
  RunningClient client;
  EXPECT_EQ(client.call(post(peer.url("/"))).body, "first");
  EXPECT_EQ(client.call(post(peer.url("/"))).failure, TransportFailure::broken);
  EXPECT_EQ(peer.accepted(), 1);
}

TEST(ClientPoolTest, NoCallIsTakenTwiceByAPeerThatClosesAtTheWorstMoment) {
  // The peer closes right behind its answer, just as the next call wants to use the connection.
  std::mutex mutex;
  std::map<std::string, int> taken;
  const FakePeer peer([&](RawConnection& connection, int) {
    const auto request = connection.read_request();
    if (!request) return;
    {
      const std::lock_guard lock(mutex);
      ++taken[request->substr(request->find("\r\n\r\n") + 4)];
    }
    connection.send(ok_answer("taken"));
  });
  RunningClient client;
  int answered = 0;
  for (int i = 0; i < 300; ++i) {
    const HttpAnswer answer = client.call(post(peer.url("/"), std::to_string(i)));
    const std::lock_guard lock(mutex);
    const int times = taken.contains(std::to_string(i)) ? taken[std::to_string(i)] : 0;
    ASSERT_LE(times, 1) << i;
    if (answer.failure == TransportFailure::none) {
      ++answered;
      ASSERT_EQ(times, 1) << i;
    }
  }
  // A peer that closes with an unread request in its kernel resets the line; nobody can know, so that call is broken.
  EXPECT_GT(answered, 200);
}

TEST(ClientPoolTest, AKeptConnectionIsClosedWhenItsTimeIsUpAlsoWithoutAnotherCall) {
  const FakePeer peer(answering_all_with(ok_answer("yes")));
  RunningClient client({.kept_for = std::chrono::milliseconds(40)});
  EXPECT_EQ(client.call(post(peer.url("/"))).body, "yes");
  EXPECT_TRUE(eventually([&] { return peer.ended() == 1; }));
  EXPECT_EQ(client.call(post(peer.url("/"))).body, "yes");
  EXPECT_EQ(peer.accepted(), 2);
}

TEST(ClientPoolTest, WhatAPeerSaysUnaskedEndsItsConnection) {
  const FakePeer peer([](RawConnection& connection, int) {
    (void)connection.read_request();
    connection.send(ok_answer("mine") + ok_answer("smuggled"));
    (void)connection.read_to_end();
  });
  RunningClient client;
  EXPECT_EQ(client.call(post(peer.url("/"))).body, "mine");
  EXPECT_EQ(client.call(post(peer.url("/"))).body, "mine");
  EXPECT_EQ(peer.accepted(), 2);
}

TEST(ClientPoolTest, NoMoreThanABoundAreKept) {
  constexpr int calls = 80;
  std::atomic<int> arrived = 0;
  const FakePeer peer([&](RawConnection& connection, int) {
    (void)connection.read_request();
    ++arrived;
    (void)eventually([&] { return arrived == calls; });  // so that all are open at once
    connection.send(ok_answer("yes"));
    (void)connection.read_to_end();
  });
  RunningClient client;
  std::vector<std::future<HttpAnswer>> answers;
  for (int i = 0; i < calls; ++i) answers.push_back(client.begin(post(peer.url("/"))));
  for (auto& answer : answers) EXPECT_EQ(answer.get().body, "yes");
  EXPECT_TRUE(eventually([&] { return peer.ended() == calls - 64; }));
}

}  // namespace
}  // namespace sahut::http
