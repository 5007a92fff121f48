// `sahut backup FILE` and `sahut restore FILE`.
#pragma once

#include <string>

#include "server/commands/command.hpp"

namespace sahut::server {

/// Copies one moment of the database to `file`; the server may go on working.
[[nodiscard]] int run_backup(const CommonFlags& common, const std::string& file);

/// Makes the backup the database of the data folder; the server must be stopped. The one from before is kept beside it.
[[nodiscard]] int run_restore(const CommonFlags& common, const std::string& file);

}  // namespace sahut::server
