#include "server/http/server.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/http/raw_connection.hpp"
#include "tests/http/served.hpp"

namespace sahut::http {
namespace {

std::string get(std::string_view path, std::string_view more = "") {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n" + std::string(more) + "\r\n";
}

std::string post(std::string_view path, std::string_view body, std::string_view more = "") {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n" + std::string(more) + "\r\n" + std::string(body);
}

nlohmann::json body_of(const RawAnswer& answer) {
  return nlohmann::json::parse(answer.body);
}

TEST(Server, GivesTheHandlerThePathTheQueryAndTheBodyDecoded) {
  Served served;
  RawConnection client(served.port());
  client.send("PUT /items/a%20b?q=x+y&q=%2B&empty HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  const nlohmann::json seen = body_of(*answer);
  EXPECT_EQ(seen["method"], "PUT");
  EXPECT_EQ(seen["path"], "/items/a b");
  EXPECT_EQ(seen["parameters"]["id"], "a b");
  EXPECT_EQ(seen["body"], "hello");
  EXPECT_EQ(seen["peer"], "127.0.0.1");
  EXPECT_EQ(seen["id"], "request-1");
  EXPECT_EQ(seen["query"], nlohmann::json::parse(R"([["q","x y"],["q","+"],["empty",""]])"));
}

TEST(Server, TakesAWholeAddressAsTheTarget) {
  Served served;
  RawConnection client(served.port());
  client.send("GET http://example.test/echo?a=1 HTTP/1.1\r\nHost: example.test\r\n\r\n");
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(body_of(*answer)["path"], "/echo");
}

TEST(Server, AnswersManyRequestsOnOneConnection) {
  Served served;
  RawConnection client(served.port());
  for (int i = 0; i < 50; ++i) {
    client.send(post("/echo", std::to_string(i)));
    const auto answer = client.read_answer();
    ASSERT_TRUE(answer) << i;
    EXPECT_EQ(body_of(*answer)["body"], std::to_string(i));
  }
  EXPECT_EQ(served.server().open_connections(), 1u);
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  Served served;
  RawConnection client(served.port());
  std::string all;
  for (int i = 0; i < 200; ++i) all += post("/echo", std::to_string(i));
  client.send(all);
  for (int i = 0; i < 200; ++i) {
    const auto answer = client.read_answer();
    ASSERT_TRUE(answer) << i;
    EXPECT_EQ(body_of(*answer)["body"], std::to_string(i));
  }
}

TEST(Server, GivesEachOfManyConnectionsItsOwnAnswer) {
  Served served;
  std::vector<RawConnection> clients;
  for (int i = 0; i < 100; ++i) {
    clients.emplace_back(served.port());
    clients.back().send(post("/echo", std::to_string(i)));
  }
  for (int i = 0; i < 100; ++i) {
    const auto answer = clients[static_cast<std::size_t>(i)].read_answer();
    ASSERT_TRUE(answer) << i;
    EXPECT_EQ(body_of(*answer)["body"], std::to_string(i));
  }
}

TEST(Server, ReadsARequestThatComesByteByByte) {
  Served served;
  RawConnection client(served.port());
  for (const char c : post("/echo", "hello")) client.send({&c, 1});
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(body_of(*answer)["body"], "hello");
}

TEST(Server, ReadsAChunkedBodyAndIgnoresItsTrailers) {
  Served served;
  RawConnection client(served.port());
  client.send(
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\nhello\r\n6;name=value\r\n world\r\n0\r\nHost: evil\r\n\r\n");
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(body_of(*answer)["body"], "hello world");
  client.send(get("/echo"));
  EXPECT_TRUE(client.read_answer()) << "the connection goes on behind the trailers";
}

TEST(Server, AnswersHeadWithTheHeadersOfGetAndNoBody) {
  Served served;
  RawConnection client(served.port());
  client.send("HEAD /static HTTP/1.1\r\nHost: x\r\n\r\n" + get("/static"));
  const auto head = client.read_answer(true);
  const auto whole = client.read_answer();
  ASSERT_TRUE(head && whole);
  EXPECT_EQ(head->head, whole->head);
  EXPECT_EQ(whole->body, "bytes of the program itself");
}

TEST(Server, SaysWhichMethodsAPathTakes) {
  Served served;
  RawConnection client(served.port());
  client.send("DELETE /echo HTTP/1.1\r\nHost: x\r\n\r\nOPTIONS /echo HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto refused = client.read_answer();
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 405);
  EXPECT_EQ(refused->header("allow"), "GET, HEAD, POST, OPTIONS");
  const auto options = client.read_answer();
  ASSERT_TRUE(options);
  EXPECT_EQ(options->status, 204);
  EXPECT_EQ(options->header("allow"), "GET, HEAD, POST, OPTIONS");
}

TEST(Server, AnswersAnUnknownPathWithAProblemThatHasTheRequestsId) {
  Served served;
  RawConnection client(served.port());
  client.send(get("/nothing"));
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 404);
  EXPECT_EQ(answer->header("content-type"), "application/problem+json");
  EXPECT_EQ(body_of(*answer)["id"], "request-1");
  EXPECT_EQ(body_of(*answer)["status"], 404);
}

TEST(Server, AnswersFiveHundredWhenAHandlerThrowsAndGoesOn) {
  Served served;
  RawConnection client(served.port());
  for (const std::string_view path : {"/fail", "/fail?with=a+number"}) {
    client.send(get(path));
    const auto answer = client.read_answer();
    ASSERT_TRUE(answer) << path;
    EXPECT_EQ(answer->status, 500);
    EXPECT_EQ(body_of(*answer)["id"], "request-1");
    EXPECT_EQ(answer->body.find("broke"), std::string::npos) << "what threw is for the log, not for strangers";
  }
  client.send(get("/echo"));
  const auto after = client.read_answer();
  ASSERT_TRUE(after);
  EXPECT_EQ(after->status, 200);
}

TEST(Server, KeepsALineBreakInAHeaderValueFromBecomingAHeader) {
  Served served;
  RawConnection client(served.port());
  client.send(get("/split"));
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->headers.count("set-cookie"), 0u);
}

TEST(Server, SendsTheStandardHeadersOnEveryAnswer) {
  Served served;
  RawConnection client(served.port());
  for (const std::string_view path : {"/echo", "/nothing", "/fail"}) {
    client.send(get(path));
    const auto answer = client.read_answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->header("x-content-type-options"), "nosniff") << path;
    EXPECT_EQ(answer->header("cache-control"), "no-store") << path;
  }
}

TEST(Server, SendsALargeAnswerWholeToAClientThatReadsLate) {
  Served served;
  RawConnection client(served.port());
  client.send(get("/large") + get("/echo"));
  ASSERT_TRUE(client.read_through("\r\n"));  // the server has written what the kernel takes, and waits
  RawConnection other(served.port());
  other.send(get("/echo"));
  EXPECT_TRUE(other.read_answer());
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, std::string(3u << 20, 'x'));
  EXPECT_TRUE(client.read_answer());
}

TEST(Server, ClosesWhenTheClientAsksForIt) {
  Served served;
  RawConnection client(served.port());
  client.send(get("/echo", "Connection: close\r\n"));
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->header("connection"), "close");
  EXPECT_TRUE(client.closes());
}

TEST(Server, KeepsAnHttp10ConnectionOnlyWhenAsked) {
  Served served;
  RawConnection closing(served.port());
  closing.send("GET /echo HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(closing.read_answer());
  EXPECT_TRUE(closing.closes());
  RawConnection keeping(served.port());
  for (int i = 0; i < 2; ++i) {
    keeping.send("GET /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    const auto answer = keeping.read_answer();
    ASSERT_TRUE(answer) << i;
    EXPECT_EQ(answer->header("connection"), "keep-alive");
  }
}

TEST(Server, TellsItsOwnerOfEachAnswerByRoute) {
  Served served;
  RawConnection client(served.port());
  client.send("PUT /items/secret-name HTTP/1.1\r\nHost: x\r\n\r\n" + get("/nothing"));
  EXPECT_TRUE(client.read_answer());
  EXPECT_TRUE(client.read_answer());
  EXPECT_TRUE(eventually([&] { return served.done().size() == 2; }));
  EXPECT_EQ(served.done()[0].route, "/items/{id}");
  EXPECT_EQ(served.done()[0].status, 200);
  EXPECT_EQ(served.done()[1].route, "-");
  EXPECT_EQ(served.done()[1].status, 404);
}

TEST(Server, BelievesForwardedAddressesOnlyFromItsProxies) {
  Served alone;
  Served behind({.trusted_proxies = {"127.0.0.0/8"}});
  for (const auto& [served, expected] : {std::pair(&alone, "127.0.0.1"), std::pair(&behind, "203.0.113.9")}) {
    RawConnection client(served->port());
    client.send(get("/echo", "X-Forwarded-For: 6.6.6.6, 203.0.113.9, 127.0.0.2\r\n"));
    const auto answer = client.read_answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(body_of(*answer)["peer"], expected);
  }
}

TEST(Server, SaysThatThePortIsInUseAndWhatToDo) {
  Served served;
  boost::asio::io_context context;
  const auto second =
      Server::listen(context, {.port = served.port()}, std::make_shared<Router>(std::vector<Route>()), {});
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.problem().code, "port_in_use");
  EXPECT_EQ(second.problem().what, "port " + std::to_string(served.port()) + " is already in use by another program.");
  EXPECT_FALSE(second.problem().cure.empty());
}

TEST(Server, RefusesAnAddressOrAProxyThatIsNone) {
  boost::asio::io_context context;
  const auto router = std::make_shared<Router>(std::vector<Route>());
  EXPECT_EQ(Server::listen(context, {.address = "localhost"}, router, {}).problem().code, "bad_address");
  EXPECT_EQ(Server::listen(context, {.trusted_proxies = {"proxy.example"}}, router, {}).problem().code, "bad_proxy");
}

TEST(Server, FinishesTheRequestItHoldsWhenStoppedAndTakesNoOther) {
  Served served;
  RawConnection idle(served.port());
  idle.send(get("/echo"));
  ASSERT_TRUE(idle.read_answer());
  RawConnection busy(served.port());
  busy.send(get("/held"));
  ASSERT_TRUE(eventually([&] { return served.held() == 1; }));
  served.server().stop();
  EXPECT_TRUE(idle.closes());
  EXPECT_TRUE(eventually([&] { return served.server().open_connections() == 1; }));
  EXPECT_TRUE(eventually([&] { return !RawConnection(served.port()).connected(); }));
  served.let_go();
  const auto answer = busy.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "held and let go");
  EXPECT_EQ(answer->header("connection"), "close");
  EXPECT_TRUE(busy.closes());
  EXPECT_TRUE(eventually([&] { return served.server().open_connections() == 0; }));
}

}  // namespace
}  // namespace sahut::http
