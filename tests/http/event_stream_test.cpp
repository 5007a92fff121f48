#include "server/http/event_stream.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <thread>

#include "tests/http/raw_connection.hpp"
#include "tests/http/served.hpp"

namespace sahut::http {
namespace {

using namespace std::chrono_literals;

TEST(EventStreamTest, WritesEventsAsTheFormatWants) {
  int woken = 0;
  EventStream stream([&] { ++woken; });
  EXPECT_TRUE(stream.send("7", "message", R"({"id":"7"})"));
  EXPECT_TRUE(stream.send("", "", "one\ntwo\r\nthree"));
  EXPECT_EQ(stream.take(), "id: 7\nevent: message\ndata: {\"id\":\"7\"}\n\ndata: one\ndata: two\ndata: three\n\n");
  EXPECT_EQ(woken, 1) << "the connection is woken once for all that waits";
  EXPECT_TRUE(stream.send("8", "", "x"));
  EXPECT_EQ(woken, 2);
}

TEST(EventStreamTest, ANameOrIdCannotStartALineOfItsOwn) {
  EventStream stream([] {});
  EXPECT_TRUE(stream.send("1\ndata: x", "a\r\nid: 9", "y"));
  const std::string text = stream.take();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4) << text;
}

TEST(EventStreamTest, AfterClosingNothingIsTaken) {
  EventStream stream([] {});
  EXPECT_TRUE(stream.send("1", "", "before"));
  stream.close();
  stream.close();
  EXPECT_FALSE(stream.send("2", "", "after"));
  EXPECT_EQ(stream.take(), "id: 1\ndata: before\n\n");
  EXPECT_FALSE(stream.dropped());
}

TEST(EventStreamTest, WhoDoesNotReadIsDroppedAtTheBound) {
  EventStream stream([] {});
  const std::string data(EventStream::most_waiting_bytes / 4, 'x');
  int sent = 0;
  while (sent < 100 && stream.send("", "", data)) ++sent;
  EXPECT_EQ(sent, 3);
  EXPECT_TRUE(stream.closed());
  EXPECT_TRUE(stream.dropped());
  EXPECT_EQ(stream.take(), "");
}

/// A stream opened by a client: both ends of it.
struct Open {
  RawConnection client;
  std::shared_ptr<EventStream> stream;
};

class EventsOverTheWireTest : public ::testing::Test {
 protected:
  void start(ServerLimits limits = {}) {
    ServerOptions options;
    options.limits = limits;
    served_.emplace(options);
  }
  Open open() {
    Open opened{RawConnection(served_->port()), nullptr};
    opened.client.receive_little();
    opened.client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto head = opened.client.read_answer();
    EXPECT_TRUE(head);
    EXPECT_EQ(head->status, 200);
    EXPECT_EQ(head->header("content-type"), "text/event-stream");
    EXPECT_EQ(head->header("cache-control"), "no-cache");
    EXPECT_EQ(head->header("content-length"), "");
    EXPECT_EQ(opened.client.read_through("\n\n"), "retry: 2000\n\n");
    EXPECT_TRUE(eventually([&] {
      opened.stream = served_->stream();
      return opened.stream != last_;
    }));
    last_ = opened.stream;
    return opened;
  }
  bool ends_with_open(std::size_t count) {
    return eventually([&] { return served_->server().open_connections() == count; });
  }

  std::optional<Served> served_;
  std::shared_ptr<EventStream> last_;
};

TEST_F(EventsOverTheWireTest, EventsArriveInOrder) {
  start();
  auto [client, stream] = open();
  for (int i = 0; i < 1000; ++i) ASSERT_TRUE(stream->send(std::to_string(i), "message", "{}"));
  for (int i = 0; i < 1000; ++i) {
    ASSERT_EQ(client.read_through("\n\n"), "id: " + std::to_string(i) + "\nevent: message\ndata: {}\n\n");
  }
  ASSERT_TRUE(stream->send("last", "", "x"));
  stream->close();
  EXPECT_EQ(client.read_to_end(), "id: last\ndata: x\n\n");
}

TEST_F(EventsOverTheWireTest, ManyThreadsMaySend) {
  start();
  Open open_one = open();
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([stream = open_one.stream, thread] {
      for (int i = 0; i < 250; ++i) EXPECT_TRUE(stream->send(std::to_string(thread), "", std::to_string(i)));
    });
  }
  std::map<std::string, int> next;
  for (int i = 0; i < 1000; ++i) {
    const std::string event = open_one.client.read_through("\n\n").value_or("nothing");
    const std::string sender = event.substr(4, 1);
    ASSERT_EQ(event, "id: " + sender + "\ndata: " + std::to_string(next[sender]++) + "\n\n");
  }
}

TEST_F(EventsOverTheWireTest, AQuietStreamBeats) {
  start({.heartbeat = 10ms});
  auto [client, stream] = open();
  EXPECT_EQ(client.read_through("\n\n"), ":\n\n");
  EXPECT_EQ(client.read_through("\n\n"), ":\n\n");
  EXPECT_TRUE(stream->send("1", "", "x"));
  EXPECT_TRUE(client.read_through("x\n\n").value_or("").ends_with("id: 1\ndata: x\n\n"));
}

TEST_F(EventsOverTheWireTest, ItClosesWhenTheClientGoes) {
  start();
  Open leaving = open();
  Open broken = open();
  leaving.client.close();
  broken.client.reset();
  EXPECT_TRUE(eventually([&] { return leaving.stream->closed() && broken.stream->closed(); }));
  EXPECT_FALSE(leaving.stream->send("1", "", "x"));
  EXPECT_TRUE(ends_with_open(0));
}

TEST_F(EventsOverTheWireTest, ASlowReaderIsDroppedAndItsConnectionFreed) {
  start();
  Open slow = open();
  Open quick = open();
  const std::string data(64 * 1024, 'x');
  int sent = 0;
  while (sent < 2000 && slow.stream->send("", "", data)) ++sent;
  EXPECT_LT(sent, 2000);
  EXPECT_TRUE(slow.stream->dropped());
  EXPECT_TRUE(ends_with_open(1));
  EXPECT_TRUE(quick.stream->send("1", "", "others go on"));
  EXPECT_EQ(quick.client.read_through("\n\n"), "id: 1\ndata: others go on\n\n");
}

TEST_F(EventsOverTheWireTest, AReaderThatStallsAWriteIsEndedInTime) {
  start({.write = 40ms});
  Open slow = open();
  const std::string data(200 * 1024, 'x');  // below the bound: only the write that does not end can tell
  // What does not fit is kept below the bound by taking back what the connection has not taken.
  EXPECT_TRUE(eventually([&] {
    (void)slow.stream->take();
    return !slow.stream->send("", "", data);
  }));
  EXPECT_FALSE(slow.stream->dropped());
  EXPECT_TRUE(ends_with_open(0));
}

TEST_F(EventsOverTheWireTest, StoppingTheServerEndsQuietStreams) {
  start();
  Open one = open();
  Open two = open();
  served_->server().stop();
  EXPECT_EQ(one.client.read_to_end(), "");
  EXPECT_EQ(two.client.read_to_end(), "");
  EXPECT_TRUE(ends_with_open(0));
}

TEST_F(EventsOverTheWireTest, AClientThatTalksOnIsEnded) {
  start();
  Open talking = open();
  (void)talking.client.send(std::string(64 * 1024, 'x'));
  EXPECT_TRUE(talking.client.closes());
  EXPECT_TRUE(ends_with_open(0));
}

TEST_F(EventsOverTheWireTest, HeadDoesNotOpenAStream) {
  start();
  RawConnection client(served_->port());
  client.send("HEAD /events HTTP/1.1\r\nHost: a\r\n\r\nGET /static HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto head = client.read_answer(true);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->header("content-type"), "text/event-stream");
  const auto next = client.read_answer();
  ASSERT_TRUE(next);
  EXPECT_EQ(next->body, "bytes of the program itself");
}

}  // namespace
}  // namespace sahut::http
