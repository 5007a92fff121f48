// `sahut migrate`.
#pragma once

#include "server/commands/command.hpp"

namespace sahut::server {

/// Opening the store brings it up to date, after a copy; this does that and says so.
[[nodiscard]] int run_migrate(const CommonFlags& common);

}  // namespace sahut::server
