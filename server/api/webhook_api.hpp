// /webhooks/NAME: where channels knock.
#pragma once

#include <vector>

#include "server/http/router.hpp"
#include "server/state/services.hpp"

namespace sahut::server {

/// Meta's POSTs go up to 3 MB (facts of the Cloud API: webhooks overview).
constexpr std::size_t webhook_body_bytes = 3u << 20;

[[nodiscard]] std::vector<http::Route> webhook_routes(Services& services);

}  // namespace sahut::server
