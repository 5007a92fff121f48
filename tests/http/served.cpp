#include "tests/http/served.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace sahut::http {
namespace {

namespace asio = boost::asio;
using asio::awaitable;

awaitable<Response> echo(Request request) {
  nlohmann::ordered_json seen = {{"method", name_of(request.method)}, {"path", request.path},   {"body", request.body},
                                 {"peer", request.peer_address},      {"query", request.query}, {"id", request.id}};
  for (const auto& [name, value] : request.path_parameters) seen["parameters"][name] = value;
  co_return json(200, seen);
}

awaitable<Response> fail(Request request) {
  if (request.query.empty()) throw std::runtime_error("the handler broke");
  throw 1;  // NOLINT: not even an std::exception may end the server
  co_return no_content();
}

constexpr std::string_view static_text = "bytes of the program itself";

awaitable<Response> from_static(Request) {
  Response response = text(200, "");
  response.static_body = static_text;
  co_return response;
}

awaitable<Response> large(Request) {
  co_return text(200, std::string(3u << 20, 'x'));
}

awaitable<Response> split_header(Request) {
  Response response = no_content();
  response.set_header("X-Name", "a\r\nSet-Cookie: stolen=1");
  co_return response;
}

awaitable<Response> count_bytes(Request request) {
  co_return text(200, std::to_string(request.body.size()));
}

awaitable<void> wait_for(std::atomic<bool>& go) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  while (!go) {
    timer.expires_after(std::chrono::milliseconds(1));
    co_await timer.async_wait(asio::use_awaitable);
  }
}

awaitable<Response> hold(std::atomic<bool>& go, std::atomic<int>& held) {
  ++held;
  co_await wait_for(go);
  co_return text(200, "held and let go");
}

}  // namespace

std::vector<Route> Served::routes() {
  const auto counted = [this](Handler handler) {
    return [this, handler](Request request) {
      ++handled_;
      return handler(std::move(request));
    };
  };
  return {
      {Method::get, "/echo", counted(echo)},
      {Method::post, "/echo", counted(echo)},
      {Method::put, "/items/{id}", counted(echo)},
      {Method::get, "/items/{id}/parts/{part}", counted(echo)},
      {Method::get, "/fail", fail},
      {Method::get, "/static", from_static},
      {Method::get, "/large", large},
      {Method::get, "/split", split_header},
      {Method::post, "/upload", counted(count_bytes), 3u << 20},
      {Method::get, "/held", [this](Request) { return hold(go_, held_); }},
      {Method::get, "/events",
       [this](Request) -> awaitable<Response> {
         co_return events([this](std::shared_ptr<EventStream> stream) {
           const std::lock_guard lock(mutex_);
           stream_ = std::move(stream);
         });
       }},
  };
}

Served::Served(ServerOptions options) {
  options.port = 0;
  ServerHooks hooks{.on_done =
                        [this](std::string_view route, int status, double) {
                          const std::lock_guard lock(mutex_);
                          done_.push_back({std::string(route), status});
                        },
                    .on_exception = {},
                    .make_id = [] { return std::string("request-1"); },
                    .on_trouble =
                        [this](std::string_view why) {
                          const std::lock_guard lock(mutex_);
                          troubles_.emplace_back(why);
                        }};
  auto server = Server::listen(context_, std::move(options), std::make_shared<Router>(routes()), std::move(hooks));
  if (!server.ok()) throw std::runtime_error(server.problem().text());
  server_ = std::move(server).value();
  server_->start();
  threads_ = std::make_unique<IoThreads>(context_, 2);
}

Served::~Served() {
  go_ = true;
  threads_->stop();
}

std::vector<Done> Served::done() {
  const std::lock_guard lock(mutex_);
  return done_;
}

std::vector<std::string> Served::troubles() {
  const std::lock_guard lock(mutex_);
  return troubles_;
}

std::shared_ptr<EventStream> Served::stream() {
  std::shared_ptr<EventStream> opened;
  (void)eventually([&] {
    const std::lock_guard lock(mutex_);
    opened = stream_;
    return opened != nullptr;
  });
  return opened;
}

void Served::let_go() {
  go_ = true;
}

}  // namespace sahut::http
