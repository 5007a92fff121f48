// What needs no sign-in: /api/v1/insight, /healthz, /readyz, /metrics.
#pragma once

#include <vector>

#include "server/http/router.hpp"
#include "server/state/services.hpp"

namespace sahut::server {

[[nodiscard]] std::vector<http::Route> public_routes(Services& services);
/// /metrics alone, for a listener of its own.
[[nodiscard]] http::Route metrics_route(Services& services);

}  // namespace sahut::server
