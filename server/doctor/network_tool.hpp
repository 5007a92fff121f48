// The network as a subcommand uses it: one call after another, each waited for. For commands only, never in the server.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>
#include <utility>

#include "adapters/http_call.hpp"
#include "server/http/client.hpp"

namespace sahut::server {

class NetworkTool {
 public:
  explicit NetworkTool(http::ClientOptions options) : client_(context_, std::move(options)) {}

  [[nodiscard]] http::HttpClient& client() { return client_; }
  [[nodiscard]] adapters::HttpAnswer perform(adapters::HttpCall call) {
    return wait_for(client_.perform(std::move(call)));
  }

  /// Runs the work to its end on the calling thread and gives its result; exceptions come through.
  template <typename Result>
  [[nodiscard]] Result wait_for(boost::asio::awaitable<Result> work) {
    std::optional<Result> result;
    std::exception_ptr failure;
    boost::asio::co_spawn(context_, std::move(work), [&](std::exception_ptr error, Result value) {
      failure = std::move(error);
      result = std::move(value);
      context_.stop();  // connections kept for the next call have timers of their own
    });
    context_.restart();
    context_.run();
    if (failure) std::rethrow_exception(failure);
    return std::move(*result);
  }

 private:
  boost::asio::io_context context_;
  http::HttpClient client_;
};

}  // namespace sahut::server
