// `sahut config show|check|example` and `sahut version`.
#pragma once

#include "server/commands/command.hpp"

namespace sahut::server {

[[nodiscard]] int run_config_show(const CommonFlags& flags);
[[nodiscard]] int run_config_check(const CommonFlags& flags);
[[nodiscard]] int run_config_example();
[[nodiscard]] int run_version(bool json);

}  // namespace sahut::server
