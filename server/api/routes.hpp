// The table of everything the server answers to.
#pragma once

#include <memory>
#include <vector>

#include "server/http/router.hpp"
#include "server/http/static_files.hpp"
#include "server/state/services.hpp"

namespace sahut::server {

[[nodiscard]] std::vector<http::Route> all_routes(Services& services, std::shared_ptr<const http::StaticFiles> files,
                                                  bool with_metrics);
/// For a listener of its own.
[[nodiscard]] std::vector<http::Route> metrics_routes(Services& services);

}  // namespace sahut::server
