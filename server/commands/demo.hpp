// `sahut serve` and `sahut demo`.
#pragma once

#include "server/commands/command.hpp"

namespace sahut::server {

[[nodiscard]] int run_serve(const CommonFlags& common);
/// serve + the sample city + accounts with random passwords, printed and written to DATA/demo-accounts.json.
[[nodiscard]] int run_demo(const CommonFlags& common);
/// The table of routes as JSON: what the API description is checked against.
[[nodiscard]] int run_routes();

}  // namespace sahut::server
