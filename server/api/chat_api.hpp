// /api/v1/chat: the resident's page. A session is an unguessable token the page keeps; the store knows only its hash.
#pragma once

#include <vector>

#include "server/http/router.hpp"
#include "server/state/services.hpp"

namespace sahut::server {

[[nodiscard]] std::vector<http::Route> chat_routes(Services& services);

}  // namespace sahut::server
