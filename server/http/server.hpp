// The HTTP/1.1 server: keep-alive, bounded in size and time at every step, graceful at the end.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/router.hpp"
#include "values/problem.hpp"

namespace sahut::http {

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  std::vector<std::string> trusted_proxies;  ///< addresses whose X-Forwarded-For is believed
  std::size_t most_connections = 20'000;
};

/// What the server tells its owner. All of them: any I/O thread.
struct ServerHooks {
  /// After an answer left. `route` is the pattern, or "-" where none was found.
  std::function<void(std::string_view route, int status, double seconds)> on_done;
  /// A handler threw: what to answer.
  std::function<Response(const Request&, std::exception_ptr)> on_exception;
  /// Identifies a request in problems and logs.
  std::function<std::string()> make_id;
};

class Server {
 public:
  /// Opens the port at once; a port in use or a bad address is a Problem with its cure.
  [[nodiscard]] static Result<std::unique_ptr<Server>> listen(boost::asio::io_context& context, ServerOptions options,
                                                              std::shared_ptr<const Router> router, ServerHooks hooks);
  virtual ~Server() = default;

  [[nodiscard]] virtual std::uint16_t port() const = 0;  ///< the real one, also where 0 was asked for
  virtual void start() = 0;
  /// Stops accepting and ends idle connections; those in the middle of a request finish it. Any thread.
  virtual void stop() = 0;
  [[nodiscard]] virtual std::size_t open_connections() const = 0;
};

}  // namespace sahut::http
