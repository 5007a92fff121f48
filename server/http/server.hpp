// The HTTP/1.1 server: keep-alive, bounded in size and time at every step, graceful at the end.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/http/router.hpp"
#include "values/problem.hpp"

namespace sahut::http {

/// How much and how long. The defaults are for the public internet behind or without a proxy; tests shorten them.
struct ServerLimits {
  std::size_t header_bytes = 16 * 1024;
  std::chrono::milliseconds idle{75'000};       ///< between two requests of one connection
  std::chrono::milliseconds header{10'000};     ///< from a request's first byte to the end of its header
  std::chrono::milliseconds body{30'000};       ///< for the body, and as much longer as its bytes need at `slowest`
  std::chrono::milliseconds write{30'000};      ///< for an answer, and longer likewise
  std::size_t slowest = 8 * 1024;               ///< bytes a second a bad line may bring: 3 MB then take 6½ minutes
  std::chrono::milliseconds linger{2'000};      ///< how long a refused body is read on, so that the refusal arrives
  std::chrono::milliseconds heartbeat{20'000};  ///< comment lines on quiet event streams: proxies drop silence
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0: any free one
  /// Addresses and networks whose X-Forwarded-For is believed.
  std::vector<std::string> trusted_proxies = {};
  /// Never more than three quarters of the descriptors the process may have: the store and calls need some too.
  std::size_t most_connections = 20'000;
  ServerLimits limits = {};
  /// In every answer that does not set them itself.
  std::vector<std::pair<std::string, std::string>> standard_headers = {
      {"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}, {"Referrer-Policy", "no-referrer"}};
};

/// What the server tells its owner. Each may be empty. All of them: any I/O thread.
struct ServerHooks {
  /// After an answer left. `route` is the pattern, or "-" where none was found.
  std::function<void(std::string_view route, int status, double seconds)> on_done = {};
  /// A handler threw: what to answer. The request has no headers and no body any more.
  std::function<Response(const Request&, std::exception_ptr)> on_exception = {};
  /// Identifies a request in problems and logs.
  std::function<std::string()> make_id = {};
  /// Connections cannot be accepted (no descriptors left, or too many open); at most once in ten seconds.
  std::function<void(std::string_view why)> on_trouble = {};
};

class Server {
 public:
  /// Opens the port at once; a port in use, a bad address or a bad proxy is a Problem with its cure.
  [[nodiscard]] static Result<std::unique_ptr<Server>> listen(boost::asio::io_context& context, ServerOptions options,
                                                              std::shared_ptr<const Router> router, ServerHooks hooks);
  virtual ~Server() = default;

  [[nodiscard]] virtual std::uint16_t port() const = 0;  ///< the real one, also where 0 was asked for
  virtual void start() = 0;
  /// Stops accepting, ends idle connections and event streams; those in the middle of a request finish it: wait for
  /// open_connections() to become 0, as long as you like. Any thread.
  virtual void stop() = 0;
  [[nodiscard]] virtual std::size_t open_connections() const = 0;
};

}  // namespace sahut::http
