// A database copied to a file while the server works, and put back while it does not.
#pragma once

#include <optional>
#include <string>

#include "storage/connection.hpp"
#include "storage/migrations.hpp"
#include "values/problem.hpp"
#include "values/time.hpp"

namespace sahut::storage {

/// Writes one moment of the database to `path`, with mode 0600: under another name first, checked and synced, then
/// renamed, so that `path` is a whole backup at every instant. Replaces an older Sahut backup and nothing else. The
/// connection may be a reader's; it must not be in a transaction. Takes as long as reading the whole database twice.
[[nodiscard]] std::optional<Problem> backup_database(Connection& connection, const std::string& path);

struct RestoreOptions {
  std::string url = "sqlite:sahut.db";  ///< as in StoreOptions
  UnixMillis now;                       ///< names the database that is put aside
  int newest = static_cast<int>(built_in_migrations().size());
};

struct Restored {
  int version = 0;   ///< of the schema; the next start brings it up to date
  std::string kept;  ///< where the database from before is now; empty if there was none
};

/// Makes the backup the database of `folder`. Refused while a server holds the folder; no tool may work on it either.
/// The backup is read through first, so that a damaged or newer one changes nothing. What was there before is kept
/// beside, with its log. Every Problem says what to do.
[[nodiscard]] Result<Restored> restore_database(const std::string& backup, const std::string& folder,
                                                const RestoreOptions& options);

}  // namespace sahut::storage
