// The running process put together: every part made in order, stopped in reverse.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/configuration/configuration.hpp"
#include "server/http/router.hpp"
#include "values/problem.hpp"

namespace sahut::server {

struct RunOptions {
  std::string data;
  /// Called once the server answers, with its address as people type it: http://127.0.0.1:8080
  std::function<void(const std::string& address)> on_ready;
  bool with_phones = false;  ///< two simulated phones on /demo, on channels of their own
  /// Set: the routes are told, and nothing is served.
  std::function<void(const std::vector<http::Route>&)> on_routes;
};

struct Services;

/// Runs before the server answers, with the store open: the demonstration fills its city here.
using Prepare = std::function<std::optional<Problem>(Services&)>;

/// Serves until SIGTERM or SIGINT. Returns the exit status.
[[nodiscard]] int run_server(const Configuration& configuration, const RunOptions& options,
                             const Prepare& prepare = {});

}  // namespace sahut::server
