// /api/v1/conversations, /api/v1/offices, /api/v1/events: the officers' desk.
#pragma once

#include <vector>

#include "server/http/router.hpp"
#include "server/state/services.hpp"

namespace sahut::server {

[[nodiscard]] std::vector<http::Route> desk_routes(Services& services);

}  // namespace sahut::server
