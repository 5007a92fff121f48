// /api/v1/channels: how each channel fares, what could not be delivered, and a look from the channel's own side.
#pragma once

#include <vector>

#include "server/http/router.hpp"
#include "server/state/services.hpp"

namespace sahut::server {

[[nodiscard]] std::vector<http::Route> channel_routes(Services& services);

}  // namespace sahut::server
