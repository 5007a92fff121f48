// /api/v1/login, /logout, /me.
#pragma once

#include <vector>

#include "server/http/router.hpp"
#include "server/state/services.hpp"

namespace sahut::server {

[[nodiscard]] std::vector<http::Route> session_routes(Services& services);

}  // namespace sahut::server
