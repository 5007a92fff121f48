#include "server/http/client_line.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <stdexcept>
#include <utility>

#include "server/http/acknowledged_bytes.hpp"
#include "server/http/name_lookup.hpp"
#include "server/http/quietly.hpp"

namespace sahut::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using adapters::HttpAnswer;
using adapters::HttpCall;
using adapters::TransportFailure;
using asio::awaitable;
using asio::ip::tcp;

class ClientTls {
 public:
  explicit ClientTls(const std::string& extra_ca_file) : context(asio::ssl::context::tls_client) {
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
    context.set_default_verify_paths();
    context.set_verify_mode(asio::ssl::verify_peer);
    if (extra_ca_file.empty()) return;
    boost::system::error_code error;
    context.load_verify_file(extra_ca_file, error);
    if (error) throw std::runtime_error("the certificates in " + extra_ca_file + " cannot be read: " + error.message());
  }
  asio::ssl::context context;
};

std::shared_ptr<ClientTls> make_client_tls(const std::string& extra_ca_file) {
  return std::make_shared<ClientTls>(extra_ca_file);
}

namespace {

using TlsStream = beast::ssl_stream<beast::tcp_stream>;

constexpr std::size_t most_good_addresses = 256;
/// An address that does not answer at all gives way to the next after this, however long the call may take.
constexpr auto longest_attempt = std::chrono::milliseconds(1'500);

HttpAnswer failed(TransportFailure failure, std::string text) {
  HttpAnswer answer;
  answer.failure = failure;
  answer.failure_text = std::move(text);
  return answer;
}

std::string words_of(const boost::system::error_code& error) {
  if (error == beast::error::timeout || error == asio::error::timed_out) return "no answer in time";
  if (error == beast::http::error::end_of_stream) return "the peer closed without an answer";
  if (error == beast::http::error::body_limit) return "the answer is larger than wanted";
  return error.message();
}

beast::http::request<beast::http::string_body> request_of(HttpCall call, const CallTarget& target) {
  beast::http::request<beast::http::string_body> request;
  request.method_string(call.method);
  request.target(target.target);
  request.version(11);
  request.set(beast::http::field::host, target.authority);
  request.set(beast::http::field::user_agent, "sahut");
  request.set(beast::http::field::accept, "application/json");
  if (!target.authorization.empty()) request.set(beast::http::field::authorization, target.authorization);
  for (const auto& [name, value] : call.headers) request.set(name, value);
  request.body() = std::move(call.body);
  if (!request.body().empty() || call.method == "POST" || call.method == "PUT") request.prepare_payload();
  return request;
}

template <typename Stream>
class Line final : public ClientLine {
 public:
  /// `via`: the http proxy that is asked for the whole address.
  Line(Stream stream, std::optional<CallTarget> via) : stream_(std::move(stream)), via_(std::move(via)) {}

  bool gone() override {
    auto& socket = beast::get_lowest_layer(stream_).socket();
    boost::system::error_code error;
    socket.non_blocking(true, error);
    char byte = 0;
    (void)socket.receive(asio::buffer(&byte, 1), tcp::socket::message_peek, error);
    return buffer_.size() > 0 || error != asio::error::would_block;
  }

  awaitable<Exchange> exchange(HttpCall call, CallTarget target, ClientClock::time_point deadline) override {
    auto& lowest = beast::get_lowest_layer(stream_);
    lowest.expires_at(deadline);
    const std::size_t most_answer_bytes = call.most_answer_bytes;
    auto request = request_of(std::move(call), target);
    if (via_) {
      request.target("http://" + target.authority + target.target);
      if (!via_->authorization.empty()) request.set(beast::http::field::proxy_authorization, via_->authorization);
    }
    const std::uint64_t before = acknowledged_bytes(lowest.socket().native_handle());
    Exchange result;
    const auto [write_error, written] = co_await beast::http::async_write(stream_, request, quietly);
    if (write_error) {
      // Not all of it left, so the peer cannot have acted on it; but a time-out must not lead to another attempt.
      result.surely_not_taken = write_error != beast::error::timeout;
      result.answer = failed(TransportFailure::broken, "the line broke while sending: " + words_of(write_error));
      co_return result;
    }
    while (true) {
      beast::http::response_parser<beast::http::string_body> parser;
      parser.body_limit(most_answer_bytes);
      const auto [read_error, read] = co_await beast::http::async_read(stream_, buffer_, parser, quietly);
      if (read_error) {
        // The end arrived in order and confirms nothing of what we sent: the peer had closed before it could read.
        // After a reset one cannot know, so it counts as taken.
        const bool ended =
            read_error == beast::http::error::end_of_stream || read_error == asio::ssl::error::stream_truncated;
        result.surely_not_taken =
            ended && !parser.got_some() && acknowledged_bytes(lowest.socket().native_handle()) == before;
        result.answer = failed(TransportFailure::broken, words_of(read_error));
        result.answer.too_large = read_error == beast::http::error::body_limit;
        co_return result;
      }
      if (parser.get().result_int() / 100 == 1 && parser.get().result_int() != 101)
        continue;  // interim: the answer follows
      take_answer(parser.release(), result);
      lowest.expires_never();
      co_return result;
    }
  }

 private:
  static void take_answer(beast::http::response<beast::http::string_body> message, Exchange& result) {
    result.answer.status = static_cast<int>(message.result_int());
    for (const auto& field : message) {
      result.answer.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
    }
    result.keep = message.keep_alive() && !message.need_eof();
    result.answer.body = std::move(message.body());
  }

  Stream stream_;
  std::optional<CallTarget> via_;
  beast::flat_buffer buffer_;
};

awaitable<boost::system::error_code> connect_tcp(beast::tcp_stream& stream, Origin origin,
                                                 std::shared_ptr<GoodAddresses> good,
                                                 ClientClock::time_point deadline) {
  Addresses addresses = co_await look_up(origin.host, origin.port, deadline);
  if (addresses.error) co_return addresses.error;
  const auto known = good->find(origin);
  if (known != good->end()) {
    std::stable_partition(addresses.endpoints.begin(), addresses.endpoints.end(),
                          [&](const tcp::endpoint& endpoint) { return endpoint.address() == known->second; });
  }
  boost::system::error_code last = asio::error::host_not_found;
  std::size_t left = addresses.endpoints.size();
  for (const tcp::endpoint& endpoint : addresses.endpoints) {
    const auto now = ClientClock::now();
    if (now >= deadline) co_return beast::error::timeout;
    const auto attempt_end = --left == 0 ? deadline : std::min(deadline, now + longest_attempt);
    stream.expires_at(attempt_end);
    const auto [error] = co_await stream.async_connect(endpoint, quietly);
    if (!error) {
      boost::system::error_code ignored;
      (void)stream.socket().set_option(tcp::no_delay(true), ignored);
      if (good->size() >= most_good_addresses) good->clear();
      (*good)[origin] = endpoint.address();
      co_return error;
    }
    last = error;
    stream.close();  // the next address may be of the other family
  }
  good->erase(origin);
  co_return last;
}

/// Asks an https proxy for a tunnel; says why there is none, or nothing.
awaitable<std::string> open_tunnel(beast::tcp_stream& stream, CallTarget target, CallTarget proxy) {
  const bool is_v6 = target.origin.host.find(':') != std::string::npos;
  const std::string authority =
      (is_v6 ? "[" + target.origin.host + "]" : target.origin.host) + ":" + target.origin.port;
  beast::http::request<beast::http::empty_body> request(beast::http::verb::connect, authority, 11);
  request.set(beast::http::field::host, authority);
  if (!proxy.authorization.empty()) request.set(beast::http::field::proxy_authorization, proxy.authorization);
  const auto [write_error, written] = co_await beast::http::async_write(stream, request, quietly);
  if (write_error) co_return "the proxy broke off: " + words_of(write_error);
  beast::http::response_parser<beast::http::empty_body> parser;
  parser.skip(true);  // what follows a tunnel's header is the tunnel
  beast::flat_buffer buffer;
  const auto [read_error, read] = co_await beast::http::async_read_header(stream, buffer, parser, quietly);
  if (read_error) co_return "the proxy broke off: " + words_of(read_error);
  if (parser.get().result_int() / 100 != 2) {
    co_return "the proxy answered " + std::to_string(parser.get().result_int());
  }
  co_return std::string();
}

/// The name that is asked for and checked in the certificate.
void expect_host(SSL* ssl, const std::string& host) {
  boost::system::error_code not_an_address;
  (void)asio::ip::make_address(host, not_an_address);
  if (!not_an_address) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str());
    return;
  }
  // What the macro SSL_set_tlsext_host_name does, without its C casts.
  SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, const_cast<char*>(host.c_str()));
  SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  SSL_set1_host(ssl, host.c_str());
}

std::string words_of_handshake(SSL* ssl, const boost::system::error_code& error) {
  const long verdict = SSL_get_verify_result(ssl);
  if (verdict == X509_V_OK) return "TLS failed: " + words_of(error);
  return std::string("TLS failed: the peer's certificate is not accepted: ") + X509_verify_cert_error_string(verdict);
}

}  // namespace

awaitable<Connected> connect_line(ClientStrand strand, std::shared_ptr<ClientTls> tls,
                                  std::shared_ptr<GoodAddresses> good, ConnectPlan plan) {
  Connected result;
  beast::tcp_stream stream(strand);
  const Origin& origin = plan.target.origin;
  const Origin& first_hop = plan.proxy ? plan.proxy->origin : origin;
  const auto error = co_await connect_tcp(stream, first_hop, good, plan.deadline);
  if (error) {
    result.failure = failed(TransportFailure::never_left, "cannot connect: " + words_of(error));
    co_return result;
  }
  if (!origin.tls) {
    result.line = std::make_unique<Line<beast::tcp_stream>>(std::move(stream), plan.proxy);
    co_return result;
  }
  stream.expires_at(plan.deadline);
  if (plan.proxy) {
    const std::string refusal = co_await open_tunnel(stream, plan.target, *plan.proxy);
    if (!refusal.empty()) {
      result.failure = failed(TransportFailure::never_left, refusal);
      co_return result;
    }
  }
  TlsStream secure(std::move(stream), tls->context);
  expect_host(secure.native_handle(), origin.host);
  const auto [tls_error] = co_await secure.async_handshake(asio::ssl::stream_base::client, quietly);
  if (tls_error) {
    result.failure = failed(TransportFailure::never_left, words_of_handshake(secure.native_handle(), tls_error));
    co_return result;
  }
  result.line = std::make_unique<Line<TlsStream>>(std::move(secure), std::nullopt);
  co_return result;
}

}  // namespace sahut::http
