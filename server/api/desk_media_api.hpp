// Files of conversations for officers' pages, and the sign that somebody is writing.
#pragma once

#include <vector>

#include "server/http/router.hpp"
#include "server/state/services.hpp"

namespace sahut::server {

[[nodiscard]] std::vector<http::Route> desk_media_routes(Services& services);

}  // namespace sahut::server
