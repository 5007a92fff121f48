// `sahut doctor`: everything that can be looked at without changing anything, each with its cure.
#pragma once

#include "server/commands/command.hpp"

namespace sahut::server {

/// exit_failed if anything failed. Beside a running server and while it is stopped.
[[nodiscard]] int run_doctor(const CommonFlags& common, bool json);

}  // namespace sahut::server
