// What a client may not do: send too much, too slowly, stay too long, or come in too great numbers.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "tests/http/raw_connection.hpp"
#include "tests/http/served.hpp"

namespace sahut::http {
namespace {

using std::chrono::milliseconds;

std::string post_head(std::string_view path, std::size_t length, std::string_view more = "") {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(length) + "\r\n" +
         std::string(more) + "\r\n";
}

constexpr std::string_view get_echo = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";

TEST(ServerLimits, AnswersTooLargeABodyBeforeReadingIt) {
  Served served;
  RawConnection client(served.port());
  client.send(post_head("/echo", default_body_bytes + 1));
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 413);
  EXPECT_EQ(answer->header("connection"), "close");
  EXPECT_EQ(served.handled(), 0);
  client.end_sending();
  EXPECT_TRUE(client.closes());
}

TEST(ServerLimits, DoesNotAskAClientToGoOnWithABodyThatIsTooLarge) {
  Served served;
  RawConnection client(served.port());
  client.send(post_head("/echo", default_body_bytes + 1, "Expect: 100-continue\r\n"));
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 413);
}

TEST(ServerLimits, AsksAClientThatExpectsItToGoOn) {
  Served served;
  RawConnection client(served.port());
  client.send(post_head("/upload", 5, "Expect: 100-continue\r\n"));
  const auto go_on = client.read_answer();
  ASSERT_TRUE(go_on);
  EXPECT_EQ(go_on->status, 100);
  client.send("hello");
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "5");
}

TEST(ServerLimits, TellsAClientThatIsStillSendingWhyItIsRefused) {
  Served served;
  for (const std::string_view path : {"/echo", "/nothing"}) {
    RawConnection client(served.port());
    client.send(post_head(path, 4u << 20));
    (void)client.send(std::string(4u << 20, 'x'));
    const auto answer = client.read_answer();
    ASSERT_TRUE(answer) << path;
    EXPECT_EQ(answer->status, path == "/echo" ? 413 : 404);
    client.end_sending();
    EXPECT_TRUE(client.closes());
  }
}

TEST(ServerLimits, TakesABodyOfExactlyTheRoutesLimit) {
  Served served;
  RawConnection client(served.port());
  const std::string body(3u << 20, 'b');
  client.send(post_head("/upload", body.size()));
  client.send(body);
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, std::to_string(body.size()));
}

TEST(ServerLimits, StopsAChunkedBodyAtTheRoutesLimit) {
  Served served;
  RawConnection client(served.port());
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "4000\r\n" + std::string(0x4000, 'c') + "\r\n";
  for (int i = 0; i < 5; ++i) (void)client.send(chunk);
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 413);
}

TEST(ServerLimits, RefusesAHeaderThatIsTooLarge) {
  Served served;
  RawConnection client(served.port());
  client.send("GET /echo HTTP/1.1\r\nHost: x\r\nX-Long: ");
  (void)client.send(std::string(17 * 1024, 'h'));
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 431);
  EXPECT_TRUE(client.closes());
}

TEST(ServerLimits, RefusesTooManyHeaderFields) {
  Served served;
  RawConnection client(served.port());
  std::string head = "GET /echo HTTP/1.1\r\nHost: x\r\n";
  for (int i = 0; i < 100; ++i) head += "A: b\r\n";
  client.send(head + "\r\n");
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 431);
}

TEST(ServerLimits, EndsAChunkHeaderThatNeverEnds) {
  Served served;
  RawConnection client(served.port());
  client.send("POST /upload HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5;");
  (void)client.send(std::string(40 * 1024, 'e'));
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 400);
}

TEST(ServerLimits, ClosesAConnectionThatIsIdleTooLong) {
  ServerOptions options;
  options.limits.idle = milliseconds(40);
  Served served(options);
  RawConnection fresh(served.port());
  RawConnection used(served.port());
  used.send(get_echo);
  ASSERT_TRUE(used.read_answer());
  EXPECT_EQ(fresh.read_to_end(), "");
  EXPECT_EQ(used.read_to_end(), "");
  EXPECT_TRUE(eventually([&] { return served.server().open_connections() == 0; }));
}

TEST(ServerLimits, AnswersAHeaderThatTakesTooLong) {
  ServerOptions options;
  options.limits.header = milliseconds(40);
  Served served(options);
  RawConnection client(served.port());
  client.send("GET /echo HTTP/1.1\r\nHos");
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 408);
  EXPECT_TRUE(client.closes());
}

TEST(ServerLimits, AnswersABodyThatStops) {
  ServerOptions options;
  options.limits.body = milliseconds(40);
  Served served(options);
  RawConnection client(served.port());
  client.send(post_head("/upload", 1000) + "half of it");
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 408);
  EXPECT_EQ(served.handled(), 0);
}

TEST(ServerLimits, LetsASlowBodyPassThatGoesOn) {
  ServerOptions options;
  options.limits.body = milliseconds(60);
  options.limits.slowest = 64 * 1024;
  Served served(options);
  RawConnection client(served.port());
  client.send(post_head("/upload", 64 * 1024));
  const auto start = std::chrono::steady_clock::now();
  for (int piece = 1; piece <= 16; ++piece) {
    client.send(std::string(4 * 1024, 's'));
    // Twice as fast as the slowest that is allowed, and much longer in all than the time for a body that stops.
    (void)eventually([&] { return std::chrono::steady_clock::now() - start > milliseconds(31) * piece; });
  }
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, std::to_string(64 * 1024));
}

TEST(ServerLimits, EndsAClientThatDoesNotReadItsAnswer) {
  ServerOptions options;
  options.limits.write = milliseconds(40);
  options.limits.slowest = 1u << 30;
  Served served(options);
  RawConnection client(served.port());
  client.receive_little();
  client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\nGET /large HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(eventually([&] { return served.server().open_connections() == 0 && !served.done().empty(); }));
}

TEST(ServerLimits, GivesNoTimeOutToAHandlerThatWorks) {
  ServerOptions options;
  options.limits.idle = options.limits.header = options.limits.body = options.limits.write = milliseconds(20);
  Served served(options);
  RawConnection client(served.port());
  client.send("GET /held HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto start = std::chrono::steady_clock::now();
  ASSERT_TRUE(eventually([&] { return std::chrono::steady_clock::now() - start > milliseconds(100); }));
  served.let_go();
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
}

TEST(ServerLimits, EndsTheLongestIdleConnectionToMakeRoom) {
  Served served({.most_connections = 4});
  std::vector<RawConnection> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back(served.port());
    clients.back().send(get_echo);
    ASSERT_TRUE(clients.back().read_answer());
    // The answer is here a moment before its connection counts as idle: on a busy machine the next one might be first.
    std::this_thread::sleep_for(milliseconds(100));
  }
  RawConnection fifth(served.port());
  fifth.send(get_echo);
  EXPECT_TRUE(fifth.read_answer());
  EXPECT_TRUE(clients.front().closes());
  clients.back().send(get_echo);
  EXPECT_TRUE(clients.back().read_answer());
}

TEST(ServerLimits, WaitsForRoomWhenEveryConnectionIsBusyAndSaysSoOnce) {
  Served served({.most_connections = 2});
  std::vector<RawConnection> busy;
  for (int i = 0; i < 2; ++i) {
    busy.emplace_back(served.port());
    busy.back().send("GET /held HTTP/1.1\r\nHost: x\r\n\r\n");
  }
  ASSERT_TRUE(eventually([&] { return served.held() == 2; }));
  RawConnection waiting(served.port());
  waiting.send(get_echo);
  EXPECT_TRUE(eventually([&] { return served.troubles().size() == 1; }));
  served.let_go();
  const auto answer = waiting.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(served.troubles(), std::vector<std::string>{"too many connections are open"});
}

/// Lowers the number of descriptors this process may open, for as long as it lives.
class FewDescriptors {
 public:
  explicit FewDescriptors(rlim_t most) {
    getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit fewer{most, before_.rlim_max};
    setrlimit(RLIMIT_NOFILE, &fewer);
  }
  ~FewDescriptors() { setrlimit(RLIMIT_NOFILE, &before_); }
  FewDescriptors(const FewDescriptors&) = delete;
  FewDescriptors& operator=(const FewDescriptors&) = delete;

 private:
  rlimit before_{};
};

TEST(ServerLimits, AcceptsAgainWhenDescriptorsAreFreeAgain) {
  Served served;
  RawConnection before(served.port());
  before.send(get_echo);
  ASSERT_TRUE(before.read_answer());
  std::optional<RawConnection> waiting;
  {
    // The client takes the last descriptor that is left: the server finds none for its end of the connection.
    RawConnection probe(served.port());
    probe.send(get_echo);
    ASSERT_TRUE(probe.read_answer()) << "accepted by now: later the server might take the descriptor that it leaves";
    const FewDescriptors few(static_cast<rlim_t>(probe.descriptor()) + 1);
    probe.close();
    waiting.emplace(served.port());
    waiting->send(get_echo);
    EXPECT_TRUE(eventually([&] { return !served.troubles().empty(); }));
    before.send(get_echo);
    EXPECT_TRUE(before.read_answer()) << "those who are in are served";
  }
  const auto answer = waiting->read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
}

}  // namespace
}  // namespace sahut::http
