#include "server/http/client.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace sahut::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using adapters::HttpAnswer;
using adapters::HttpCall;
using adapters::TransportFailure;
using asio::awaitable;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t most_answer_bytes = 1u << 20;
constexpr std::size_t most_kept = 64;               ///< connections of one origin that wait for their next call
constexpr auto kept_for = std::chrono::seconds(15);  ///< below the idle time-outs of common servers

struct Origin {
  bool tls = false;
  std::string host;
  std::string port;
  auto operator<=>(const Origin&) const = default;
};

struct Place {
  Origin origin;
  std::string target;
  std::string authority;  ///< of the Host header
};

std::optional<Place> place_of(const std::string& url) {
  const auto parsed = boost::urls::parse_uri(url);
  if (!parsed || (parsed->scheme() != "http" && parsed->scheme() != "https") || parsed->host().empty()) {
    return std::nullopt;
  }
  Place place;
  place.origin.tls = parsed->scheme() == "https";
  place.origin.host = parsed->host_address();
  place.origin.port = parsed->has_port() ? std::string(parsed->port()) : place.origin.tls ? "443" : "80";
  place.authority = std::string(parsed->encoded_host_and_port());
  place.target = std::string(parsed->encoded_target());
  if (place.target.empty() || place.target.front() != '/') place.target.insert(0, "/");
  return place;
}

/// One connection, plain or TLS over the same TCP stream.
struct Line {
  explicit Line(asio::strand<asio::io_context::executor_type> executor) : plain(std::in_place, executor) {}

  beast::tcp_stream& tcp_stream() { return secure ? secure->next_layer() : *plain; }

  std::optional<beast::tcp_stream> plain;
  std::optional<beast::ssl_stream<beast::tcp_stream>> secure;
  beast::flat_buffer buffer;
  Clock::time_point idle_since;
};

HttpAnswer failed(TransportFailure failure, std::string text) {
  HttpAnswer answer;
  answer.failure = failure;
  answer.failure_text = std::move(text);
  return answer;
}

std::string words_of(const boost::system::error_code& error) {
  return error == beast::error::timeout ? "no answer in time" : error.message();
}

/// Did the other side close it while it waited? Looked at without waiting.
bool gone(Line& line) {
  auto& socket = line.tcp_stream().socket();
  boost::system::error_code error;
  socket.non_blocking(true, error);
  char byte = 0;
  (void)socket.receive(asio::buffer(&byte, 1), tcp::socket::message_peek, error);
  return error != asio::error::would_block;
}

}  // namespace

struct HttpClient::Pool {
  Pool(asio::io_context& io, ClientOptions client_options)
      : strand(asio::make_strand(io.get_executor())), options(std::move(client_options)), tls(asio::ssl::context::tls_client) {
    tls.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                    asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
    tls.set_default_verify_paths();
    if (!options.extra_ca_file.empty()) tls.load_verify_file(options.extra_ca_file);
    tls.set_verify_mode(asio::ssl::verify_peer);
  }

  std::unique_ptr<Line> take(const Origin& origin) {
    const std::lock_guard lock(mutex);
    auto& lines = kept[origin];
    const auto now = Clock::now();
    while (!lines.empty()) {
      std::unique_ptr<Line> line = std::move(lines.back());
      lines.pop_back();
      if (now - line->idle_since < kept_for && !gone(*line)) return line;
    }
    return nullptr;
  }
  void keep(const Origin& origin, std::unique_ptr<Line> line) {
    line->idle_since = Clock::now();
    const std::lock_guard lock(mutex);
    auto& lines = kept[origin];
    if (lines.size() < most_kept) lines.push_back(std::move(line));
  }

  /// The proxy for this origin, or nothing.
  [[nodiscard]] std::optional<Place> proxy_for(const Origin& origin) const {
    const std::string& proxy = origin.tls ? options.https_proxy : options.http_proxy;
    if (proxy.empty()) return std::nullopt;
    for (const std::string& direct : options.no_proxy) {
      const bool parent = origin.host.size() > direct.size() && origin.host.ends_with(direct) &&
                          (direct.front() == '.' || origin.host[origin.host.size() - direct.size() - 1] == '.');
      if (direct == "*" || origin.host == direct || parent) return std::nullopt;
    }
    return place_of(proxy);
  }

  /// All lines live on one strand: their time-outs and their calls never run on two threads at once.
  asio::strand<asio::io_context::executor_type> strand;
  const ClientOptions options;
  asio::ssl::context tls;
  std::mutex mutex;
  std::map<Origin, std::vector<std::unique_ptr<Line>>> kept;
};

namespace {

/// What came of connecting: a line, or why not.
struct Connected {
  std::unique_ptr<Line> line;
  HttpAnswer failure;
};

awaitable<boost::system::error_code> connect_tcp(beast::tcp_stream& stream, const std::string& host,
                                                 const std::string& port, Clock::time_point deadline) {
  tcp::resolver resolver(co_await asio::this_coro::executor);
  const auto [resolve_error, addresses] = co_await resolver.async_resolve(host, port, quietly);
  if (resolve_error) co_return resolve_error;
  boost::system::error_code last = asio::error::host_not_found;
  // Each address gets its share of the time, so that a dead IPv6 does not cost the call.
  std::size_t left = addresses.size();
  for (const auto& entry : addresses) {
    const auto now = Clock::now();
    if (now >= deadline) co_return beast::error::timeout;
    stream.expires_after((deadline - now) / static_cast<int>(left--));
    const auto [error] = co_await stream.async_connect(entry.endpoint(), quietly);
    if (!error) {
      boost::system::error_code ignored;
      (void)stream.socket().set_option(tcp::no_delay(true), ignored);
      co_return error;
    }
    last = error;
  }
  co_return last;
}

/// Asks an https proxy for a tunnel.
awaitable<std::string> open_tunnel(beast::tcp_stream& stream, const Origin& origin) {
  const std::string authority = origin.host + ":" + origin.port;
  beast::http::request<beast::http::empty_body> request(beast::http::verb::connect, authority, 11);
  request.set(beast::http::field::host, authority);
  const auto [write_error, written] = co_await beast::http::async_write(stream, request, quietly);
  if (write_error) co_return "the proxy broke off: " + words_of(write_error);
  beast::http::response_parser<beast::http::empty_body> parser;
  parser.skip(true);  // a tunnel's answer has no body
  beast::flat_buffer buffer;
  const auto [read_error, read] = co_await beast::http::async_read_header(stream, buffer, parser, quietly);
  if (read_error) co_return "the proxy broke off: " + words_of(read_error);
  if (parser.get().result_int() / 100 != 2) {
    co_return "the proxy answered " + std::to_string(parser.get().result_int());
  }
  co_return std::string();
}

}  // namespace

HttpClient::HttpClient(asio::io_context& context, ClientOptions options)
    : pool_(std::make_shared<Pool>(context, std::move(options))) {}
HttpClient::~HttpClient() = default;

namespace {

template <typename Pool>
awaitable<Connected> connect(Pool& pool, const Origin& origin, Clock::time_point deadline) {
  Connected result;
  auto line = std::make_unique<Line>(pool.strand);
  const std::optional<Place> proxy = pool.proxy_for(origin);
  const Origin& first_hop = proxy ? proxy->origin : origin;
  const auto error = co_await connect_tcp(*line->plain, first_hop.host, first_hop.port, deadline);
  if (error) {
    result.failure = failed(TransportFailure::never_left, "cannot connect: " + words_of(error));
    co_return result;
  }
  if (origin.tls) {
    line->plain->expires_at(deadline);
    if (proxy) {
      const std::string refusal = co_await open_tunnel(*line->plain, origin);
      if (!refusal.empty()) {
        result.failure = failed(TransportFailure::never_left, refusal);
        co_return result;
      }
    }
    line->secure.emplace(std::move(*line->plain), pool.tls);
    line->plain.reset();
    SSL* ssl = line->secure->native_handle();
    boost::system::error_code not_an_address;
    (void)asio::ip::make_address(origin.host, not_an_address);
    if (not_an_address) {
      // What the macro SSL_set_tlsext_host_name does, without its C casts.
      SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, const_cast<char*>(origin.host.c_str()));
    }
    line->secure->set_verify_callback(asio::ssl::host_name_verification(origin.host));
    const auto [tls_error] = co_await line->secure->async_handshake(asio::ssl::stream_base::client, quietly);
    if (tls_error) {
      result.failure = failed(TransportFailure::never_left, "TLS failed: " + words_of(tls_error));
      co_return result;
    }
  }
  result.line = std::move(line);
  co_return result;
}

beast::http::request<beast::http::string_body> request_of(const HttpCall& call, const Place& place, bool absolute) {
  beast::http::request<beast::http::string_body> request;
  request.method_string(call.method);
  request.target(absolute ? "http://" + place.authority + place.target : place.target);
  request.version(11);
  request.set(beast::http::field::host, place.authority);
  request.set(beast::http::field::user_agent, "sahut");
  request.set(beast::http::field::accept, "application/json");
  for (const auto& [name, value] : call.headers) request.set(name, value);
  request.body() = call.body;
  if (!call.body.empty() || call.method == "POST" || call.method == "PUT") request.prepare_payload();
  request.keep_alive(true);
  return request;
}

/// How one exchange on one line ended.
struct Exchange {
  HttpAnswer answer;
  bool keep = false;
  bool nothing_sent = false;  ///< the line was dead before the request was out: safe to send on another
};

template <typename Stream>
awaitable<Exchange> exchange(Stream& stream, beast::flat_buffer& buffer,
                             const beast::http::request<beast::http::string_body>& request) {
  Exchange result;
  const auto [write_error, written] = co_await beast::http::async_write(stream, request, quietly);
  if (write_error) {
    result.nothing_sent = write_error != beast::error::timeout;
    result.answer = failed(TransportFailure::broken, "the line broke while sending: " + words_of(write_error));
    co_return result;
  }
  beast::http::response_parser<beast::http::string_body> parser;
  parser.body_limit(most_answer_bytes);
  const auto [read_error, read] = co_await beast::http::async_read(stream, buffer, parser, quietly);
  if (read_error) {
    const std::string words = read_error == beast::http::error::end_of_stream ? "the peer closed without an answer"
                                                                              : words_of(read_error);
    result.answer = failed(TransportFailure::broken, words);
    co_return result;
  }
  auto message = parser.release();
  result.answer.status = static_cast<int>(message.result_int());
  for (const auto& field : message) {
    result.answer.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
  }
  result.answer.body = std::move(message.body());
  result.keep = message.keep_alive();
  co_return result;
}

}  // namespace

awaitable<HttpAnswer> HttpClient::perform(HttpCall call) {
  return asio::co_spawn(pool_->strand, perform_on_strand(pool_, std::move(call)), asio::use_awaitable);
}

awaitable<HttpAnswer> HttpClient::perform_on_strand(std::shared_ptr<Pool> pool, HttpCall call) {
  const auto place = place_of(call.url);
  if (!place) co_return failed(TransportFailure::never_left, "this is not an http address");
  const auto deadline = Clock::now() + std::chrono::milliseconds(call.timeout_ms);
  const bool absolute = !place->origin.tls && pool->proxy_for(place->origin).has_value();
  const auto request = request_of(call, *place, absolute);

  std::unique_ptr<Line> line = pool->take(place->origin);
  const bool reused = line != nullptr;
  for (int attempt = 0;; ++attempt) {
    if (!line) {
      Connected connected = co_await connect(*pool, place->origin, deadline);
      if (!connected.line) co_return std::move(connected.failure);
      line = std::move(connected.line);
    }
    line->tcp_stream().expires_at(deadline);
    Exchange done;
    if (line->secure) {
      done = co_await exchange(*line->secure, line->buffer, request);
    } else {
      done = co_await exchange(*line->plain, line->buffer, request);
    }
    if (done.nothing_sent && reused && attempt == 0) {
      line.reset();  // it had been closed while it waited: one fresh connection
      continue;
    }
    if (done.keep) {
      line->tcp_stream().expires_never();
      pool->keep(place->origin, std::move(line));
    }
    co_return std::move(done.answer);
  }
}

ClientOptions client_options_from(const std::vector<std::pair<std::string, std::string>>& environment) {
  ClientOptions options;
  for (const auto& [name, value] : environment) {
    std::string lower = name;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
    if (lower == "http_proxy") options.http_proxy = value;
    if (lower == "https_proxy") options.https_proxy = value;
    if (lower != "no_proxy") continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::size_t comma = rest.find(',');
      std::string_view host = rest.substr(0, comma);
      rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
      while (host.starts_with(' ')) host.remove_prefix(1);
      while (host.ends_with(' ')) host.remove_suffix(1);
      if (!host.empty()) options.no_proxy.emplace_back(host);
    }
  }
  return options;
}

}  // namespace sahut::http
