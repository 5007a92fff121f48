// Numbered changes of the schema, each in one transaction; a copy of the database is kept before it is changed.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/connection.hpp"
#include "values/problem.hpp"
#include "values/time.hpp"

namespace sahut::storage {

struct Migration {
  int version = 0;
  std::string name;
  std::string_view sql;
};

/// A file of migrations/: "0001_foundation.sql" and its text.
struct MigrationFile {
  std::string_view name;
  std::string_view sql;
};

/// In order; gaps, duplicates and odd names are a Problem.
[[nodiscard]] Result<std::vector<Migration>> ordered_migrations(std::span<const MigrationFile> files);

/// The migrations that come with the program.
[[nodiscard]] const std::vector<Migration>& built_in_migrations();

/// 0 for an empty database; -1 if it is not a Sahut database.
[[nodiscard]] int schema_version(Connection& connection);

/// Why a database of this version is not for a program that knows migrations up to `newest`; nothing if it is.
[[nodiscard]] std::optional<Problem> unsuitable(int version, int newest);

/// Brings the schema up to date. `before_change` is called once with the old version before anything is changed, unless
/// the database is empty; it makes the copy. A newer database is refused. Returns the version reached.
[[nodiscard]] Result<int> migrate(Connection& connection, std::span<const Migration> migrations, UnixMillis now,
                                  const std::function<std::optional<Problem>(int)>& before_change);

}  // namespace sahut::storage
