#include <gtest/gtest.h>

#include <stdexcept>

#include "server/http/client.hpp"
#include "tests/http/running_client.hpp"
#include "tests/http/served.hpp"
#include "tests/http/tls_peer.hpp"

namespace sahut::http {
namespace {

using adapters::HttpAnswer;
using adapters::TransportFailure;

class ClientTlsTest : public ::testing::Test {
 protected:
  ClientOptions trusting() { return {.extra_ca_file = authority_.file()}; }
  static HttpAnswer get(RunningClient& client, const std::string& host, std::uint16_t port) {
    return client.call({.method = "GET",
                        .url = "https://" + host + ":" + std::to_string(port) + "/",
                        .headers = {},
                        .body = {},
                        .timeout_ms = 10'000});
  }

  TestAuthority authority_;
};

TEST_F(ClientTlsTest, AGoodCertificateIsTakenAndTheConnectionKept) {
  const FakePeer peer(answering_over_tls(authority_.issue("DNS:localhost,IP:127.0.0.1"), "secret"));
  RunningClient client(trusting());
  for (int i = 0; i < 3; ++i) {
    const HttpAnswer answer = get(client, "localhost", peer.port());
    EXPECT_EQ(answer.failure, TransportFailure::none) << answer.failure_text;
    EXPECT_EQ(answer.body, "secret");
  }
  EXPECT_EQ(peer.accepted(), 1);
  EXPECT_EQ(get(client, "127.0.0.1", peer.port()).body, "secret");
}

TEST_F(ClientTlsTest, ABadCertificateEndsTheCallBeforeAnythingIsSaid) {
  TestAuthority stranger;
  const struct {
    const char* says;
    TestAuthority::Certificate certificate;
  } rows[] = {
      {"another name", authority_.issue("DNS:graph.facebook.com")},
      {"the name of a parent", authority_.issue("DNS:host")},
      {"an address is no name", authority_.issue("IP:127.0.0.1")},
      {"expired", authority_.issue("DNS:localhost", -1)},
      {"of an authority we do not know", stranger.issue("DNS:localhost")},
  };
  for (const auto& row : rows) {
    const FakePeer peer(answering_over_tls(row.certificate, "secret"));
    RunningClient client(trusting());
    const HttpAnswer answer = get(client, "localhost", peer.port());
    EXPECT_EQ(answer.failure, TransportFailure::never_left) << row.says;
    EXPECT_NE(answer.failure_text.find("certificate"), std::string::npos) << row.says << ": " << answer.failure_text;
    EXPECT_EQ(answer.body, "") << row.says;
  }
}

TEST_F(ClientTlsTest, WithoutTheExtraAuthorityItIsUnknown) {
  const FakePeer peer(answering_over_tls(authority_.issue("DNS:localhost"), "secret"));
  RunningClient client;
  EXPECT_EQ(get(client, "localhost", peer.port()).failure, TransportFailure::never_left);
}

TEST_F(ClientTlsTest, AnAuthorityFileThatCannotBeReadIsSaidAtOnce) {
  EXPECT_THROW(RunningClient({.extra_ca_file = "/nowhere.pem"}), std::runtime_error);
}

TEST_F(ClientTlsTest, APeerThatSpeaksPlainHttpNeverSawTheRequest) {
  const FakePeer peer([](RawConnection& connection, int) { connection.send("HTTP/1.1 400 Bad Request\r\n\r\n"); });
  RunningClient client(trusting());
  EXPECT_EQ(get(client, "localhost", peer.port()).failure, TransportFailure::never_left);
}

TEST_F(ClientTlsTest, AHandshakeThatTakesTooLongNeverLeft) {
  const FakePeer peer([](RawConnection& connection, int) { (void)connection.read_to_end(); });
  RunningClient client(trusting());
  const HttpAnswer answer = client.call({.method = "GET",
                                         .url = "https://localhost:" + std::to_string(peer.port()) + "/",
                                         .headers = {},
                                         .body = {},
                                         .timeout_ms = 50});
  EXPECT_EQ(answer.failure, TransportFailure::never_left);
  EXPECT_TRUE(eventually([&] { return peer.ended() == 1; }));
}

TEST_F(ClientTlsTest, ThroughATunnelTheFarCertificateIsChecked) {
  const FakePeer proxy(answering_over_tls(authority_.issue("DNS:graph.example"), "tunnelled", true));
  ClientOptions options = trusting();
  options.https_proxy = proxy.url("");
  RunningClient client(options);
  const HttpAnswer good = get(client, "graph.example", 443);
  EXPECT_EQ(good.failure, TransportFailure::none) << good.failure_text;
  EXPECT_EQ(good.body, "tunnelled");
  EXPECT_EQ(get(client, "graph.example", 443).body, "tunnelled");
  EXPECT_EQ(proxy.accepted(), 1);
  EXPECT_EQ(get(client, "other.example", 443).failure, TransportFailure::never_left);
}

}  // namespace
}  // namespace sahut::http
