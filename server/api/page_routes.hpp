// The pages and their parts, from the binary itself.
#pragma once

#include <memory>
#include <vector>

#include "server/http/router.hpp"
#include "server/http/static_files.hpp"

namespace sahut::server {

[[nodiscard]] std::vector<http::Route> page_routes(std::shared_ptr<const http::StaticFiles> files);
/// The simulated phones, only of the demonstration.
[[nodiscard]] http::Route demo_page_route(std::shared_ptr<const http::StaticFiles> files);

}  // namespace sahut::server
