#include <gtest/gtest.h>

#include <future>

#include "server/http/client.hpp"
#include "tests/http/fake_peer.hpp"
#include "tests/http/running_client.hpp"

namespace sahut::http {
namespace {

using adapters::HttpAnswer;
using adapters::TransportFailure;

adapters::HttpCall get(std::string url) {
  return {.method = "GET", .url = std::move(url), .headers = {}, .body = {}, .timeout_ms = 10'000};
}

TEST(ClientProxyTest, ReadsTheEnvironmentAsOtherProgramsDo) {
  const ClientOptions options = client_options_from({{"PATH", "/bin"},
                                                     {"HTTP_PROXY", "http://proxy:3128"},
                                                     {"https_proxy", "proxy:3129"},
                                                     {"No_Proxy", " LocalHost, .example.id ,,127.0.0.1"}});
  EXPECT_EQ(options.http_proxy, "http://proxy:3128");
  EXPECT_EQ(options.https_proxy, "http://proxy:3129");
  EXPECT_EQ(options.no_proxy, (std::vector<std::string>{"localhost", ".example.id", "127.0.0.1"}));
  EXPECT_EQ(client_options_from({{"HTTPS_PROXY", ""}}).https_proxy, "");
}

TEST(ClientProxyTest, APlainCallAsksTheProxyForTheWholeAddress) {
  std::promise<std::string> seen;
  const FakePeer proxy([&](RawConnection& connection, int) {
    seen.set_value(connection.read_request().value_or(""));
    connection.send(ok_answer("by proxy"));
  });
  RunningClient client({.http_proxy = proxy.url("")});
  EXPECT_EQ(client.call(get("http://waha.example.id:3000/api?x=1")).body, "by proxy");
  const std::string request = seen.get_future().get();
  EXPECT_TRUE(request.starts_with("GET http://waha.example.id:3000/api?x=1 HTTP/1.1\r\n")) << request;
  EXPECT_NE(request.find("\r\nHost: waha.example.id:3000\r\n"), std::string::npos) << request;
}

TEST(ClientProxyTest, ATunnelThatIsRefusedNeverLeft) {
  std::promise<std::string> seen;
  const FakePeer proxy([&](RawConnection& connection, int) {
    seen.set_value(connection.read_request().value_or(""));
    connection.send("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
  });
  RunningClient client({.https_proxy = proxy.url("")});
  const HttpAnswer answer = client.call(get("https://graph.facebook.com/v25.0"));
  EXPECT_EQ(answer.failure, TransportFailure::never_left);
  EXPECT_NE(answer.failure_text.find("407"), std::string::npos) << answer.failure_text;
  EXPECT_TRUE(seen.get_future().get().starts_with("CONNECT graph.facebook.com:443 HTTP/1.1\r\n"));
}

TEST(ClientProxyTest, ADeadProxyNeverLeft) {
  RunningClient client({.http_proxy = "http://127.0.0.1:" + std::to_string(closed_port())});
  EXPECT_EQ(client.call(get("http://waha.example.id/")).failure, TransportFailure::never_left);
}

TEST(ClientProxyTest, HostsOfNoProxyAreCalledDirectly) {
  const FakePeer proxy(answering_all_with(ok_answer("proxy")));
  const FakePeer direct(answering_all_with(ok_answer("direct")));
  const struct {
    std::vector<std::string> no_proxy;
    std::string host;
    std::string answered_by;
  } rows[] = {
      {{}, "127.0.0.1", "proxy"},
      {{"127.0.0.1"}, "127.0.0.1", "direct"},
      {{"*"}, "127.0.0.1", "direct"},
      {{"example.id", "127.0.0.1"}, "127.0.0.1", "direct"},
      {{"localhost"}, "localhost", "direct"},
      {{"localhost"}, "LocalHost", "direct"},
      {{"27.0.0.1"}, "127.0.0.1", "proxy"},
      {{"host"}, "localhost", "proxy"},
      {{""}, "localhost", "proxy"},
      {{"example.id"}, "waha.example.id", "nowhere"},
      {{".example.id"}, "waha.example.id", "nowhere"},
  };
  for (const auto& row : rows) {
    RunningClient client({.http_proxy = proxy.url(""), .no_proxy = row.no_proxy});
    const HttpAnswer answer = client.call(get("http://" + row.host + ":" + std::to_string(direct.port()) + "/"));
    const std::string by = answer.failure == TransportFailure::none ? answer.body : "nowhere";
    EXPECT_EQ(by, row.answered_by) << (row.no_proxy.empty() ? "(none)" : row.no_proxy.front()) << " " << row.host;
  }
}

}  // namespace
}  // namespace sahut::http
