// SQLite behind Connection: WAL, synchronous=FULL, foreign keys on.
#pragma once

#include <memory>
#include <string>

#include "storage/connection.hpp"

namespace sahut::storage {

struct SqliteOptions {
  bool read_only = false;
  std::string vfs;  ///< another file system, for tests; empty = the machine's
};

/// Opens (and for writers creates) the database file. Throws Error.
[[nodiscard]] std::unique_ptr<Connection> open_sqlite(const std::string& path, const SqliteOptions& options = {});

}  // namespace sahut::storage
