// /api/v1/entries, /api/v1/ask, /api/v1/gaps, /api/v1/words: the editors' desk.
#pragma once

#include <vector>

#include "server/http/router.hpp"
#include "server/state/services.hpp"

namespace sahut::server {

[[nodiscard]] std::vector<http::Route> entry_routes(Services& services);
[[nodiscard]] std::vector<http::Route> gap_routes(Services& services);
[[nodiscard]] std::vector<http::Route> word_routes(Services& services);

}  // namespace sahut::server
