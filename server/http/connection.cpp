#include "server/http/connection.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <cstring>
#include <exception>
#include <utility>

#include "server/http/answer_head.hpp"
#include "server/http/event_connection.hpp"
#include "server/http/quietly.hpp"

namespace sahut::http {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using Clock = std::chrono::steady_clock;
using Waiting = WatchedSocket::Waiting;

constexpr std::size_t first_buffer_bytes = 4 * 1024;   ///< a webhook or a page's request fits
constexpr std::size_t large_buffer_bytes = 64 * 1024;  ///< for uploads and batches of webhooks
constexpr std::size_t joined_bytes = 16 * 1024;  ///< a body up to this is copied behind its head: one packet, one call
constexpr std::size_t most_linger_bytes = 8u << 20;

std::chrono::milliseconds time_for(std::size_t bytes, std::size_t per_second) {
  return std::chrono::milliseconds(bytes * 1000 / std::max<std::size_t>(per_second, 1));
}

std::string allow_of(const std::vector<Method>& methods) {
  std::string allow;
  for (const Method method : methods) {
    allow += (allow.empty() ? "" : ", ") + std::string(name_of(method));
    if (method == Method::get) allow += ", HEAD";
  }
  return allow + (allow.empty() ? "" : ", ") + "OPTIONS";
}

Response refusal_of(RequestParser::State state, const Request& request) {
  if (state == RequestParser::State::head_too_large) {
    return problem(431, "header_too_large", "The request's header is too large.", "Send less.", request);
  }
  return problem(400, "malformed", "This is not well-formed HTTP.", "Correct the client.", request);
}

}  // namespace

Connection::Connection(std::shared_ptr<Serving> serving, std::unique_ptr<WatchedSocket> socket, std::string peer)
    : serving_(std::move(serving)),
      socket_(std::move(socket)),
      peer_(std::move(peer)),
      parser_(serving_->options.limits.header_bytes) {}

/// Reads more bytes behind those that wait; false at the end of the connection, or when the watch ended the wait.
awaitable<bool> Connection::fill() {
  if (begin_ == end_) begin_ = end_ = 0;
  if (end_ == capacity_) {
    if (begin_ > 0) {
      std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
    } else {
      const std::size_t wanted = capacity_ == 0 ? first_buffer_bytes : capacity_ * 2;
      auto larger = std::make_unique_for_overwrite<char[]>(wanted);
      if (end_ > 0) std::memcpy(larger.get(), buffer_.get(), end_);
      buffer_ = std::move(larger);
      capacity_ = wanted;
    }
    end_ -= begin_;
    begin_ = 0;
  }
  const auto [error, size] =
      co_await socket_->socket().async_read_some(asio::buffer(buffer_.get() + end_, capacity_ - end_), quietly);
  if (error) co_return false;
  end_ += size;
  co_return true;
}

void Connection::feed() {
  begin_ += parser_.feed(buffered());
}

/// Between two requests a connection keeps one small buffer.
void Connection::give_back_memory() {
  if (begin_ == end_ && capacity_ > first_buffer_bytes) {
    buffer_.reset();
    capacity_ = begin_ = end_ = 0;
  }
  if (out_.capacity() > first_buffer_bytes) out_ = std::string();
}

/// Reads until the header is whole or refused; false: the connection is at its end. On a timed-out header the parser
/// stays in State::head.
awaitable<bool> Connection::take_head() {
  const ServerLimits& limits = serving_->options.limits;
  parser_.restart();
  if (begin_ == end_) {
    give_back_memory();
    socket_->wait_for(Waiting::idle, Clock::now() + limits.idle);
    if (serving_->stopping) co_return false;  // asked after saying that we are idle: stop() sees one or the other
    const bool got = co_await fill();
    if (!got) co_return false;
  } else if (serving_->stopping) {
    co_return false;
  }
  socket_->wait_for(Waiting::reading, Clock::now() + limits.header);
  feed();
  while (parser_.state() == RequestParser::State::head) {
    const bool got = co_await fill();
    if (!got) co_return socket_->timed_out();
    feed();
  }
  co_return true;
}

void Connection::find_route(Taken& taken) const {
  Request& request = taken.request;
  auto target = parse_target(parser_.target);
  if (!target) {
    taken.refusal = problem(400, "bad_target", "This is not a path.", "Send an absolute path.", request);
    return;
  }
  request.path = std::move(target->path);
  request.query = std::move(target->query);
  Router::Found found = serving_->router->find(request.method, request.path);
  if (found.route != nullptr) {
    taken.route = found.route;
    request.path_parameters = std::move(found.parameters);
    return;
  }
  if (found.allowed.empty() && request.path != "*") {
    taken.refusal = problem(404, "no_such_path", "There is nothing at this path.", "Check the address.", request);
    return;
  }
  const std::string allow = allow_of(found.allowed);
  taken.refusal = request.method == Method::options
                      ? no_content()
                      : problem(405, "method_not_allowed", "This path does not take this method.",
                                "Use one of: " + allow + ".", request);
  taken.refusal->set_header("Allow", allow);
}

/// Nothing: the connection is at its end.
awaitable<std::optional<Connection::Taken>> Connection::take_request() {
  const bool alive = co_await take_head();
  if (!alive) co_return std::nullopt;
  Taken taken;
  if (parser_.state() == RequestParser::State::head) {
    taken.request.id = serving_->make_id();
    taken.refusal = problem(408, "too_slow", "The request's header took too long.", "Try again.", taken.request);
    co_return taken;
  }
  if (parser_.state() != RequestParser::State::body && parser_.state() != RequestParser::State::done) {
    taken.request.id = serving_->make_id();
    taken.refusal = refusal_of(parser_.state(), taken.request);
    co_return taken;
  }
  taken.request = std::move(parser_.request);
  taken.request.id = serving_->make_id();
  taken.request.peer_address = serving_->proxies.client_of(peer_, taken.request);
  taken.http_1_0 = parser_.is_http_1_0();
  taken.is_head = taken.request.method == Method::head;
  find_route(taken);
  if (!taken.refusal && parser_.state() == RequestParser::State::body) co_await take_body(taken);
  taken.whole = parser_.state() == RequestParser::State::done;
  if (!taken.whole && !taken.refusal) co_return std::nullopt;
  taken.keep_alive = taken.whole && parser_.keep_alive();
  co_return taken;
}

/// Leaves the parser done, or a refusal, or neither: the client went away.
awaitable<void> Connection::take_body(Taken& taken) {
  const ServerLimits& limits = serving_->options.limits;
  const auto start = Clock::now();
  std::size_t received = end_ - begin_;
  if (parser_.limit_body(taken.route->max_body)) {
    if (parser_.expects_continue() && received == 0) {
      socket_->wait_for(Waiting::writing, start + limits.write);
      const bool written = co_await write_all("HTTP/1.1 100 Continue\r\n\r\n", {});
      if (!written) co_return;
    }
    feed();
  }
  while (parser_.state() == RequestParser::State::body) {
    // A chunk header or trailer that does not fit is no body but an attempt to be kept waiting for one.
    if (end_ - begin_ >= limits.header_bytes) break;
    if (received > joined_bytes && capacity_ < large_buffer_bytes && begin_ == end_) {
      buffer_ = std::make_unique_for_overwrite<char[]>(large_buffer_bytes);
      capacity_ = large_buffer_bytes;
    }
    socket_->wait_for(Waiting::reading, start + limits.body + time_for(received, limits.slowest));
    const std::size_t before = end_ - begin_;
    const bool got = co_await fill();
    if (!got) {
      if (socket_->timed_out()) {
        taken.refusal = problem(408, "too_slow", "The request's body took too long.", "Try again.", taken.request);
      }
      co_return;
    }
    received += end_ - begin_ - before;
    feed();
  }
  if (parser_.state() == RequestParser::State::body_too_large) {
    taken.refusal =
        problem(413, "too_large", "This route takes at most " + std::to_string(taken.route->max_body) + " bytes.",
                "Send less.", taken.request);
  } else if (parser_.state() != RequestParser::State::done) {
    taken.refusal = refusal_of(RequestParser::State::malformed, taken.request);
  } else {
    taken.request.body = std::move(parser_.request.body);
  }
}

awaitable<Response> Connection::handle(Taken& taken) {
  Request known;  // what a report of the failure needs, without a copy of the body
  known.method = taken.request.method;
  known.path = taken.request.path;
  known.id = taken.request.id;
  known.peer_address = taken.request.peer_address;
  std::exception_ptr failure;
  try {
    Response response = co_await taken.route->handler(std::move(taken.request));
    co_return response;
  } catch (...) {
    failure = std::current_exception();
  }
  if (serving_->hooks.on_exception) co_return serving_->hooks.on_exception(known, failure);
  co_return problem(500, "internal", "Something went wrong here.",
                    "Try again; if it stays, report the id to whoever runs this server.", known);
}

awaitable<bool> Connection::write_all(std::string_view first, std::string_view second) {
  std::array<asio::const_buffer, 2> parts = {asio::buffer(first.data(), first.size()),
                                             asio::buffer(second.data(), second.size())};
  // Nearly every answer fits the socket's buffer: one call, without a trip through the scheduler.
  boost::system::error_code error;
  const std::size_t written = socket_->socket().write_some(parts, error);
  if (error && error != asio::error::would_block) co_return false;
  if (written == first.size() + second.size()) co_return true;
  parts[0] += written;
  parts[1] += written - std::min(written, first.size());
  const auto [late_error, rest] = co_await asio::async_write(socket_->socket(), parts, quietly);
  co_return !late_error;
}

/// True: the connection may go on.
awaitable<bool> Connection::answer(const Response& response, const Taken& taken) {
  const bool keep = taken.keep_alive && !serving_->stopping;
  std::string_view body = response.bytes();
  if (taken.is_head || !may_have_body(response.status)) body = {};
  out_.clear();
  append_head(out_, response, serving_->options.standard_headers, {.keep_alive = keep, .http_1_0 = taken.http_1_0});
  if (body.size() <= joined_bytes) {
    out_.append(body);
    body = {};
  }
  const ServerLimits& limits = serving_->options.limits;
  socket_->wait_for(Waiting::writing, Clock::now() + limits.write + time_for(body.size(), limits.slowest));
  const bool written = co_await write_all(out_, body);
  if (!written) co_return false;
  co_return keep;
}

/// A refusal is lost if the connection is reset while the client still sends: read on for a moment, then close.
awaitable<void> Connection::linger() {
  boost::system::error_code ignored;
  (void)socket_->socket().shutdown(Socket::shutdown_send, ignored);
  socket_->wait_for(Waiting::reading, Clock::now() + serving_->options.limits.linger);
  std::size_t total = 0;
  while (total < most_linger_bytes && !socket_->timed_out()) {
    begin_ = end_ = 0;
    const bool got = co_await fill();
    if (!got) co_return;
    total += end_;
  }
}

void Connection::hand_over_to_stream(Response response, const Taken& taken) {
  std::string head;
  append_head(head, response, serving_->options.standard_headers,
              {.keep_alive = false, .http_1_0 = taken.http_1_0, .stream = true});
  start_event_connection(serving_, std::move(socket_), std::move(head), std::move(response.on_stream));
}

awaitable<void> Connection::run() {
  boost::system::error_code ignored;
  (void)socket_->socket().non_blocking(true, ignored);
  while (true) {
    std::optional<Taken> taken = co_await take_request();
    if (!taken) break;
    const auto start = Clock::now();
    const std::string_view route = taken->route == nullptr ? "-" : taken->route->pattern;
    Response response;
    if (taken->refusal) {
      response = std::move(*taken->refusal);
    } else {
      socket_->wait_without_end(Waiting::nothing);
      response = co_await handle(*taken);
    }
    if (response.on_stream && !taken->is_head) {
      serving_->done(route, response.status, 0);
      hand_over_to_stream(std::move(response), *taken);
      co_return;
    }
    const bool go_on = co_await answer(response, *taken);
    serving_->done(route, response.status, std::chrono::duration<double>(Clock::now() - start).count());
    if (go_on) continue;
    if (!taken->whole) co_await linger();
    break;
  }
  if (socket_) (void)socket_->socket().shutdown(Socket::shutdown_both, ignored);
}

}  // namespace sahut::http
