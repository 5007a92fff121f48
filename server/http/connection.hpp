// One connection of the server: requests one after another until somebody closes. For server.cpp only.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/connection_registry.hpp"
#include "server/http/request_parser.hpp"
#include "server/http/server.hpp"
#include "server/http/trusted_proxies.hpp"

namespace sahut::http {

/// What all connections of a server share; it outlives the Server while connections finish.
struct Serving {
  ServerOptions options;
  std::shared_ptr<const Router> router;
  ServerHooks hooks;
  TrustedProxies proxies;
  std::shared_ptr<ConnectionRegistry> registry = std::make_shared<ConnectionRegistry>();
  std::atomic<bool> stopping = false;

  [[nodiscard]] std::string make_id() const { return hooks.make_id ? hooks.make_id() : std::string(); }
  void done(std::string_view route, int status, double seconds) const {
    if (hooks.on_done) hooks.on_done(route, status, seconds);
  }
};

/// Runs as one coroutine; needs no strand, because nothing else touches it (see WatchedSocket).
class Connection {
 public:
  Connection(std::shared_ptr<Serving> serving, std::unique_ptr<WatchedSocket> socket, std::string peer);

  boost::asio::awaitable<void> run();

 private:
  /// A request, or what to answer instead of handling it.
  struct Taken {
    Request request;
    const Route* route = nullptr;
    bool keep_alive = false;
    bool http_1_0 = false;
    bool is_head = false;
    bool whole = false;  ///< all of its bytes were read
    std::optional<Response> refusal;
  };

  boost::asio::awaitable<std::optional<Taken>> take_request();
  boost::asio::awaitable<bool> take_head();
  boost::asio::awaitable<void> take_body(Taken& taken);
  void find_route(Taken& taken) const;
  boost::asio::awaitable<Response> handle(Taken& taken);
  boost::asio::awaitable<bool> answer(const Response& response, const Taken& taken);
  boost::asio::awaitable<bool> write_all(std::string_view first, std::string_view second);
  boost::asio::awaitable<void> linger();
  void hand_over_to_stream(Response response, const Taken& taken);

  boost::asio::awaitable<bool> fill();
  [[nodiscard]] std::string_view buffered() const { return {buffer_.get() + begin_, end_ - begin_}; }
  void feed();
  void give_back_memory();

  std::shared_ptr<Serving> serving_;
  std::unique_ptr<WatchedSocket> socket_;
  std::string peer_;
  RequestParser parser_;
  std::unique_ptr<char[]> buffer_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;  ///< of the bytes read and not yet parsed
  std::size_t end_ = 0;
  std::string out_;
};

}  // namespace sahut::http
