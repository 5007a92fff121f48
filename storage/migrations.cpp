#include "storage/migrations.hpp"

#include <algorithm>
#include <charconv>
#include <embedded/migrations.hpp>
#include <stdexcept>

namespace sahut::storage {
namespace {

bool table_exists(Connection& connection, std::string_view name) {
  return connection
      .query_one<bool>("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1", {name},
                       [](const Row&) { return true; })
      .has_value();
}

bool any_table(Connection& connection) {
  return connection
      .query_one<bool>("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' LIMIT 1", {},
                       [](const Row&) { return true; })
      .has_value();
}

void take_back(Connection& connection) {
  try {
    connection.execute_script("ROLLBACK");
  } catch (const Error&) {
    // After a disk error SQLite has taken it back by itself, and says that there is nothing to take back.
  }
}

}  // namespace

Result<std::vector<Migration>> ordered_migrations(std::span<const MigrationFile> files) {
  std::vector<Migration> migrations;
  for (const MigrationFile& file : files) {
    int version = 0;
    const auto [end, error] = std::from_chars(file.name.data(), file.name.data() + file.name.size(), version);
    const bool named = error == std::errc() && version >= 0 && end == file.name.data() + 4 && file.name.size() > 9 &&
                       file.name[4] == '_' && file.name.ends_with(".sql");
    if (!named) {
      return Problem{"bad_name", std::string(file.name), "this is not the name of a migration.",
                     "Call it NNNN_what_it_does.sql."};
    }
    migrations.push_back({version, std::string(file.name), file.sql});
  }
  std::sort(migrations.begin(), migrations.end(),
            [](const Migration& a, const Migration& b) { return a.version < b.version; });
  for (std::size_t i = 0; i < migrations.size(); ++i) {
    if (migrations[i].version != static_cast<int>(i) + 1) {
      return Problem{"gap", migrations[i].name, "migration " + std::to_string(i + 1) + " is missing or stands twice.",
                     "Number them 0001, 0002 … without gaps."};
    }
  }
  return migrations;
}

const std::vector<Migration>& built_in_migrations() {
  static const std::vector<Migration> migrations = [] {
    std::vector<MigrationFile> files;
    for (const embedded::File& file : embedded::migrations()) files.push_back({file.path, file.bytes});
    auto ordered = ordered_migrations(files);
    if (!ordered.ok()) throw std::logic_error(ordered.problem().text());  // a broken build
    return std::move(ordered).value();
  }();
  return migrations;
}

int schema_version(Connection& connection) {
  if (!table_exists(connection, "schema_migration")) return any_table(connection) ? -1 : 0;
  return static_cast<int>(connection
                              .query_one<std::int64_t>("SELECT COALESCE(MAX(version), 0) FROM schema_migration", {},
                                                       [](const Row& row) { return row.integer(0); })
                              .value_or(0));
}

std::optional<Problem> unsuitable(int version, int newest) {
  if (version < 0) {
    return Problem{"foreign_database", "", "this file is a database, but not one of Sahut's.",
                   "Point --data to Sahut's own folder, or [store] url to another file."};
  }
  if (version > newest) {
    return Problem{"newer_database", "",
                   "the database has version " + std::to_string(version) + ", this program knows " +
                       std::to_string(newest) + " at most. Nothing was changed.",
                   "Install the newer program that made it, or restore a backup from before."};
  }
  return std::nullopt;
}

Result<int> migrate(Connection& connection, std::span<const Migration> migrations, UnixMillis now,
                    const std::function<std::optional<Problem>(int)>& before_change) {
  const int version = schema_version(connection);
  const int newest = static_cast<int>(migrations.size());
  if (auto problem = unsuitable(version, newest)) return *problem;
  if (version == newest) return version;
  if (version > 0) {
    if (auto problem = before_change(version)) return *problem;
  }
  for (const Migration& migration : migrations.subspan(static_cast<std::size_t>(version))) {
    connection.execute_script("BEGIN IMMEDIATE");
    try {
      if (schema_version(connection) >= migration.version) {  // a server and a tool started at the same time
        connection.execute_script("COMMIT");
        continue;
      }
      connection.execute_script(
          "CREATE TABLE IF NOT EXISTS schema_migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL,"
          " applied_at INTEGER NOT NULL)");
      connection.execute_script(std::string(migration.sql));
      connection.execute("INSERT INTO schema_migration (version, name, applied_at) VALUES ($1, $2, $3)",
                         {migration.version, migration.name, now.value});
      connection.execute_script("COMMIT");
    } catch (const Error& error) {
      take_back(connection);
      return Problem{"migration_failed", migration.name,
                     std::string("this change of the database failed: ") + error.what() + ". It was taken back.",
                     "Report it; the copy made before stands beside the database."};
    }
  }
  return newest;
}

}  // namespace sahut::storage
