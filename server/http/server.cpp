#include "server/http/server.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>
#include <mutex>
#include <set>

#include "server/http/event_stream.hpp"

namespace sahut::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::awaitable;
using asio::ip::tcp;
using namespace std::chrono_literals;

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

constexpr std::size_t header_bytes = 16 * 1024;
constexpr auto idle_time = 75s;           ///< between two requests of one connection
constexpr auto header_time = 10s;         ///< from the first byte of a request to the end of its header
constexpr auto body_pause = 20s;          ///< between two pieces of a body …
constexpr auto body_time = 120s;          ///< … and for all of it: 3 MB over a bad line
constexpr auto write_time = 30s;
constexpr auto linger_time = 2s;          ///< how long a refused body is read on, so that the refusal arrives
constexpr std::size_t linger_bytes = 8u << 20;
constexpr auto heartbeat_time = 20s;      ///< comment lines on quiet event streams: proxies drop silence
constexpr auto accept_pause = 100ms;      ///< when there are no descriptors left

/// A socket that runs on a strand of its own, so that one connection is never on two threads at once.
using Stream = beast::basic_stream<tcp, asio::strand<asio::io_context::executor_type>>;

Method method_of(beast::http::verb verb) {
  switch (verb) {
    case beast::http::verb::get: return Method::get;
    case beast::http::verb::head: return Method::head;
    case beast::http::verb::post: return Method::post;
    case beast::http::verb::put: return Method::put;
    case beast::http::verb::patch: return Method::patch;
    case beast::http::verb::delete_: return Method::delete_;
    case beast::http::verb::options: return Method::options;
    default: return Method::other;
  }
}

class BeastServer;

/// One connection: requests one after another until somebody closes.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(BeastServer& server, Stream::socket_type socket, std::string peer);

  awaitable<void> run();
  /// Ends it if it waits between two requests. On its strand.
  void close_if_idle();
  Stream::executor_type executor() { return stream_.get_executor(); }

 private:
  using Parser = beast::http::request_parser<beast::http::string_body>;
  struct Read {
    Request request;
    const Route* route = nullptr;
    bool keep_alive = false;
    bool is_head = false;
    std::optional<Response> refusal;  ///< answer this instead, and close
  };

  awaitable<std::optional<Read>> read_request();
  awaitable<bool> read_body(Parser& parser, Read& read);
  void take_head(const Parser& parser, Read& read);
  awaitable<Response> handle(Read& read);
  awaitable<bool> write(Response response, const Read& read);
  awaitable<void> stream_events(Response response);
  awaitable<void> watch_for_close(std::shared_ptr<EventStream> events);
  awaitable<void> linger();
  std::string client_address(const Request& request) const;

  BeastServer& server_;
  Stream stream_;
  std::string peer_;
  beast::flat_buffer buffer_;
  bool idle_ = false;
};

class BeastServer final : public Server {
 public:
  BeastServer(asio::io_context& context, ServerOptions server_options, std::shared_ptr<const Router> table,
              ServerHooks server_hooks)
      : options(std::move(server_options)),
        router(std::move(table)),
        hooks(std::move(server_hooks)),
        context_(context),
        acceptor_(asio::make_strand(context)) {}

  std::optional<Problem> open() {
    boost::system::error_code error;
    const auto address = asio::ip::make_address(options.address, error);
    const std::string where = options.address + ":" + std::to_string(options.port);
    if (error) {
      return Problem{"bad_address", where, "`" + options.address + "` is not an address.",
                     "Write an IP address such as 127.0.0.1."};
    }
    const tcp::endpoint endpoint(address, options.port);
    (void)acceptor_.open(endpoint.protocol(), error);
    if (!error) (void)acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) (void)acceptor_.bind(endpoint, error);
    if (!error) (void)acceptor_.listen(4096, error);
    if (!error) return std::nullopt;
    if (error == asio::error::address_in_use) {
      return Problem{"port_in_use", where, "another program already listens there.",
                     "Stop it, or choose another port with --listen."};
    }
    return Problem{"cannot_listen", where, "this address cannot be opened (" + error.message() + ").",
                   "Choose another with --listen; ports below 1024 need the administrator."};
  }

  [[nodiscard]] std::uint16_t port() const override { return acceptor_.local_endpoint().port(); }

  void start() override {
    asio::co_spawn(acceptor_.get_executor(), accept(), asio::detached);
  }

  void stop() override {
    stopping = true;
    asio::post(acceptor_.get_executor(), [this] {
      boost::system::error_code ignored;
      (void)acceptor_.close(ignored);
    });
    const std::lock_guard lock(mutex_);
    for (Connection* connection : connections_) {
      if (const auto alive = connection->weak_from_this().lock()) {
        asio::post(alive->executor(), [alive] { alive->close_if_idle(); });
      }
    }
  }

  [[nodiscard]] std::size_t open_connections() const override {
    const std::lock_guard lock(mutex_);
    return connections_.size();
  }

  void add(Connection* connection) {
    const std::lock_guard lock(mutex_);
    connections_.insert(connection);
  }
  void remove(Connection* connection) {
    const std::lock_guard lock(mutex_);
    connections_.erase(connection);
  }

  const ServerOptions options;
  const std::shared_ptr<const Router> router;
  const ServerHooks hooks;
  std::atomic<bool> stopping = false;

 private:
  awaitable<void> accept() {
    while (!stopping) {
      Stream::socket_type socket(asio::make_strand(context_.get_executor()));
      const auto [error] = co_await acceptor_.async_accept(socket, quietly);
      if (error == asio::error::operation_aborted || stopping) co_return;
      if (error || open_connections() >= options.most_connections) {
        // Out of descriptors or over the bound: wait instead of spinning; clients wait in the kernel's queue.
        if (!error) {
          boost::system::error_code ignored;
          (void)socket.close(ignored);
        }
        asio::steady_timer timer(co_await asio::this_coro::executor, accept_pause);
        const auto [waited] = co_await timer.async_wait(quietly);
        if (waited) co_return;
        continue;
      }
      boost::system::error_code ignored;
      (void)socket.set_option(tcp::no_delay(true), ignored);
      const auto endpoint = socket.remote_endpoint(ignored);
      auto connection = std::make_shared<Connection>(*this, std::move(socket), endpoint.address().to_string());
      add(connection.get());
      asio::co_spawn(
          connection->executor(), [connection]() { return connection->run(); },
          [this, connection](std::exception_ptr) { remove(connection.get()); });
    }
  }

  asio::io_context& context_;
  tcp::acceptor acceptor_;
  mutable std::mutex mutex_;
  std::set<Connection*> connections_;
};

Connection::Connection(BeastServer& server, Stream::socket_type socket, std::string peer)
    : server_(server),
      stream_(std::move(socket)),
      peer_(std::move(peer)),
      buffer_(header_bytes + default_body_bytes) {}

void Connection::close_if_idle() {
  if (idle_) stream_.cancel();
}

std::string Connection::client_address(const Request& request) const {
  const auto& trusted = server_.options.trusted_proxies;
  const auto is_trusted = [&](std::string_view address) {
    return std::find(trusted.begin(), trusted.end(), address) != trusted.end();
  };
  if (!is_trusted(peer_)) return peer_;
  // The right-most address that is not one of our proxies: what stands left of it anybody may have written.
  std::string client = peer_;
  for (const auto& [name, value] : request.headers) {
    if (!same_name(name, "X-Forwarded-For")) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::size_t comma = rest.rfind(',');
      std::string_view last = comma == std::string_view::npos ? rest : rest.substr(comma + 1);
      rest = comma == std::string_view::npos ? std::string_view() : rest.substr(0, comma);
      while (last.starts_with(' ')) last.remove_prefix(1);
      while (last.ends_with(' ')) last.remove_suffix(1);
      boost::system::error_code error;
      const auto address = asio::ip::make_address(last, error);
      if (error) return client;
      client = address.to_string();
      if (!is_trusted(client)) return client;
    }
  }
  return client;
}

void Connection::take_head(const Parser& parser, Read& read) {
  const auto& message = parser.get();
  read.request.method = method_of(message.method());
  read.is_head = read.request.method == Method::head;
  read.keep_alive = message.keep_alive();
  for (const auto& field : message) {
    read.request.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
  }
  read.request.peer_address = client_address(read.request);
  auto target = parse_target({message.target().data(), message.target().size()});
  if (!target) {
    read.refusal = problem(400, "bad_target", "This is not a path.", "Send an absolute path.", read.request);
    return;
  }
  read.request.path = std::move(target->path);
  read.request.query = std::move(target->query);
  Router::Found found = server_.router->find(read.request.method, read.request.path);
  if (found.route != nullptr) {
    read.route = found.route;
    read.request.path_parameters = std::move(found.parameters);
    return;
  }
  if (found.allowed.empty()) {
    read.refusal = problem(404, "no_such_path", "There is nothing at this path.", "Check the address.", read.request);
    return;
  }
  std::string allow;
  for (const Method method : found.allowed) {
    allow += (allow.empty() ? "" : ", ") + std::string(name_of(method));
    if (method == Method::get) allow += ", HEAD";
  }
  if (read.request.method == Method::options) {
    read.refusal = no_content();
  } else {
    read.refusal = problem(405, "method_not_allowed", "This path does not take this method.", "Use: " + allow + ".",
                           read.request);
  }
  read.refusal->set_header("Allow", allow);
}

/// Nothing: the connection is at its end.
awaitable<std::optional<Connection::Read>> Connection::read_request() {
  Parser parser;
  parser.header_limit(header_bytes);
  parser.body_limit(boost::none);
  idle_ = true;
  if (server_.stopping && buffer_.size() == 0) co_return std::nullopt;
  if (buffer_.size() == 0) {
    // Wait for the first byte with the long time-out, then read the header with the short one.
    stream_.expires_after(idle_time);
    const auto [error, size] = co_await stream_.async_read_some(buffer_.prepare(4096), quietly);
    if (error) co_return std::nullopt;
    buffer_.commit(size);
  }
  idle_ = false;
  stream_.expires_after(header_time);
  const auto [error, ignored] = co_await beast::http::async_read_header(stream_, buffer_, parser, quietly);
  Read read;
  read.request.id = server_.hooks.make_id();
  if (error) {
    const bool went_away = error == beast::http::error::end_of_stream || error == beast::http::error::partial_message ||
                           error == asio::error::connection_reset || error == asio::error::operation_aborted;
    if (went_away) co_return std::nullopt;
    if (error == beast::error::timeout) {
      read.refusal = problem(408, "too_slow", "The request's header took too long.", "Try again.", read.request);
    } else if (error == beast::http::error::header_limit) {
      read.refusal = problem(431, "header_too_large", "The request's header is too large.", "Send less.", read.request);
    } else {
      read.refusal = problem(400, "malformed", "This is not well-formed HTTP.", "Correct the client.", read.request);
    }
    co_return read;
  }
  take_head(parser, read);
  if (read.refusal) {
    read.keep_alive = read.keep_alive && parser.is_done();
    co_return read;
  }
  const bool complete = co_await read_body(parser, read);
  if (!complete) co_return std::nullopt;
  co_return read;
}

/// False: the connection is at its end.
awaitable<bool> Connection::read_body(Parser& parser, Read& read) {
  const auto too_large = [&] {
    read.refusal = problem(413, "too_large",
                           "This route takes at most " + std::to_string(read.route->max_body) + " bytes.",
                           "Send less.", read.request);
  };
  const auto length = parser.content_length();
  if (length && *length > read.route->max_body) {
    too_large();
    co_return true;
  }
  parser.body_limit(read.route->max_body);
  if (!parser.is_done() && same_name(parser.get()[beast::http::field::expect], "100-continue")) {
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    const auto [error, size] = co_await asio::async_write(stream_, asio::buffer(go_on), quietly);
    if (error) co_return false;
  }
  const auto deadline = std::chrono::steady_clock::now() + body_time;
  while (!parser.is_done()) {
    stream_.expires_after(body_pause);
    const auto [error, size] = co_await beast::http::async_read_some(stream_, buffer_, parser, quietly);
    if (error == beast::http::error::body_limit) {
      too_large();
      co_return true;
    }
    const bool too_slow = error == beast::error::timeout || std::chrono::steady_clock::now() > deadline;
    if (too_slow) {
      read.refusal = problem(408, "too_slow", "The request's body took too long.", "Try again.", read.request);
      co_return true;
    }
    if (error == beast::http::error::partial_message || error == asio::error::connection_reset ||
        error == asio::error::operation_aborted) {
      co_return false;
    }
    if (error) {
      read.refusal = problem(400, "malformed", "This is not well-formed HTTP.", "Correct the client.", read.request);
      co_return true;
    }
  }
  read.request.body = std::move(parser.get().body());
  co_return true;
}

awaitable<Response> Connection::handle(Read& read) {
  std::exception_ptr failure;
  try {
    Response response = co_await read.route->handler(read.request);
    co_return response;
  } catch (...) {
    failure = std::current_exception();
  }
  co_return server_.hooks.on_exception(read.request, failure);
}

/// True: the connection may go on.
awaitable<bool> Connection::write(Response response, const Read& read) {
  const auto status = static_cast<unsigned>(response.status);
  const bool keep = read.keep_alive && !server_.stopping;
  const auto set_head = [&](auto& message) {
    message.version(11);
    message.result(status);
    message.reason(boost::string_view(reason_of(response.status).data(), reason_of(response.status).size()));
    bool cached = false;
    for (const auto& [name, value] : response.headers) {
      message.insert(name, value);
      cached = cached || same_name(name, "Cache-Control");
    }
    if (!cached) message.set(beast::http::field::cache_control, "no-store");
    message.set("X-Content-Type-Options", "nosniff");
    message.set("Referrer-Policy", "no-referrer");
    message.keep_alive(keep);
  };
  stream_.expires_after(write_time);
  const bool bodyless = response.status == 204 || response.status == 304;
  if (!response.static_body.empty() && !read.is_head) {
    beast::http::response<beast::http::span_body<const char>> message;
    set_head(message);
    message.body() = {response.static_body.data(), response.static_body.size()};
    message.prepare_payload();
    const auto [error, size] = co_await beast::http::async_write(stream_, message, quietly);
    co_return !error && keep;
  }
  if (read.is_head || bodyless) {
    beast::http::response<beast::http::empty_body> message;
    set_head(message);
    const std::size_t length = response.static_body.empty() ? response.body.size() : response.static_body.size();
    if (!bodyless) message.content_length(length);
    const auto [error, size] = co_await beast::http::async_write(stream_, message, quietly);
    co_return !error && keep;
  }
  beast::http::response<beast::http::string_body> message;
  set_head(message);
  message.body() = std::move(response.body);
  message.prepare_payload();
  const auto [error, size] = co_await beast::http::async_write(stream_, message, quietly);
  co_return !error && keep;
}

/// A refusal is lost if the connection is reset while the client still sends: read on for a moment, then close.
awaitable<void> Connection::linger() {
  boost::system::error_code ignored;
  (void)stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  stream_.expires_after(linger_time);
  std::size_t total = 0;
  std::string scratch(64 * 1024, '\0');
  while (total < linger_bytes) {
    const auto [error, size] = co_await stream_.async_read_some(asio::buffer(scratch), quietly);
    if (error) co_return;
    total += size;
  }
}

/// Notices that the client went away while nothing is being written.
awaitable<void> Connection::watch_for_close(std::shared_ptr<EventStream> events) {
  char byte = 0;
  while (!events->closed()) {
    const auto [error, size] = co_await stream_.socket().async_read_some(asio::buffer(&byte, 1), quietly);
    if (error) break;
  }
  events->close();
}

awaitable<void> Connection::stream_events(Response response) {
  std::string head = "HTTP/1.1 200 OK\r\n";
  for (const auto& [name, value] : response.headers) head += name + ": " + value + "\r\n";
  head += "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\nretry: 2000\n\n";
  stream_.expires_after(write_time);
  const auto [head_error, head_size] = co_await asio::async_write(stream_, asio::buffer(head), quietly);
  if (head_error) co_return;
  // Ten thousand quiet pages must cost little: what a request needed is given back.
  buffer_ = beast::flat_buffer();
  response.headers.clear();

  const auto self = shared_from_this();
  const auto timer = std::make_shared<asio::steady_timer>(stream_.get_executor());
  const auto events = std::make_shared<EventStream>(
      [timer, executor = stream_.get_executor()] { asio::post(executor, [timer] { timer->cancel(); }); });
  stream_.expires_never();
  asio::co_spawn(stream_.get_executor(), [self, events]() { return self->watch_for_close(events); }, asio::detached);
  auto on_stream = std::move(response.on_stream);
  on_stream(events);
  while (!server_.stopping) {
    std::string text = events->take();
    if (text.empty()) {
      if (events->closed()) break;
      timer->expires_after(heartbeat_time);
      const auto [woken] = co_await timer->async_wait(quietly);
      text = events->take();
      if (text.empty() && woken) continue;
      if (text.empty()) text = ": \n\n";
    }
    stream_.expires_after(write_time);
    const auto [error, size] = co_await asio::async_write(stream_, asio::buffer(text), quietly);
    if (error) break;
    stream_.expires_never();
  }
  events->close();
  boost::system::error_code ignored;
  (void)stream_.socket().shutdown(tcp::socket::shutdown_both, ignored);
  (void)stream_.socket().cancel(ignored);
}

awaitable<void> Connection::run() {
  const auto self = shared_from_this();
  while (true) {
    std::optional<Read> read = co_await read_request();
    if (!read) break;
    const auto start = std::chrono::steady_clock::now();
    Response response;
    if (read->refusal) {
      response = std::move(*read->refusal);
    } else {
      response = co_await handle(*read);
    }
    const int status = response.status;
    const std::string_view route = read->route == nullptr ? "-" : read->route->pattern;
    if (response.on_stream) {
      server_.hooks.on_done(route, status, 0);
      co_await stream_events(std::move(response));
      break;
    }
    const bool refused = read->refusal.has_value() && !read->keep_alive;
    if (read->refusal && (status == 400 || status == 408 || status == 413 || status == 431)) read->keep_alive = false;
    const bool go_on = co_await write(std::move(response), *read);
    const auto took = std::chrono::steady_clock::now() - start;
    server_.hooks.on_done(route, status, std::chrono::duration<double>(took).count());
    if (!go_on) {
      if (refused || status == 413 || status == 400) co_await linger();
      break;
    }
  }
  boost::system::error_code ignored;
  (void)stream_.socket().shutdown(tcp::socket::shutdown_both, ignored);
}

}  // namespace

Result<std::unique_ptr<Server>> Server::listen(asio::io_context& context, ServerOptions options,
                                               std::shared_ptr<const Router> router, ServerHooks hooks) {
  auto server = std::make_unique<BeastServer>(context, std::move(options), std::move(router), std::move(hooks));
  if (auto problem = server->open()) return *problem;
  return std::unique_ptr<Server>(std::move(server));
}

}  // namespace sahut::http
