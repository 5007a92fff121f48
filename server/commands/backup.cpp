#include "server/commands/backup.hpp"

#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "server/doctor/store_checks.hpp"
#include "server/state/system_clock.hpp"
#include "storage/backup.hpp"
#include "storage/repositories/records.hpp"
#include "storage/sqlite_connection.hpp"
#include "storage/store.hpp"

namespace sahut::server {

namespace {

/// For `sahut doctor`: when the last backup was made and where. A backup that cannot be noted is a backup all the same.
void remember(const std::string& database, const std::string& file) {
  std::error_code error;
  const std::string absolute = std::filesystem::absolute(file, error).string();
  const nlohmann::json note = {{"at", SystemClock().now().value}, {"file", error ? file : absolute}};
  try {
    const auto connection = storage::open_sqlite(database);
    storage::save_setting(*connection, last_backup_setting,
                          note.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  } catch (const storage::Error& failure) {
    std::cerr << "sahut: the backup is good, but its time could not be noted (" << failure.what()
              << "); sahut doctor will not know of it.\n";
  }
}

}  // namespace

int run_backup(const CommonFlags& common, const std::string& file) {
  const auto configuration = configuration_of(common);
  if (!configuration) return exit_failed;
  const auto path = storage::database_path(configuration->text("store.url"), common.data);
  if (!path.ok()) return fail(path.problem());
  std::error_code error;
  if (!std::filesystem::is_regular_file(*path, error)) {
    return fail({"not_found", *path, "there is no database.", "Point --data to Sahut's own folder."});
  }
  try {
    // A reader of its own: a backup does not wait for the server, nor bring the database up to date.
    const auto connection = storage::open_sqlite(*path, {.read_only = true, .vfs = {}});
    if (const auto problem = storage::backup_database(*connection, file)) return fail(*problem);
  } catch (const storage::Error& failure) {
    return fail({"unreadable_database", *path, std::string("the database cannot be read (") + failure.what() + ").",
                 "Check its owner and permissions."});
  }
  remember(*path, file);
  std::cout << "Backed up to " << file << " (" << std::filesystem::file_size(file, error) << " bytes).\n";
  return exit_done;
}

int run_restore(const CommonFlags& common, const std::string& file) {
  const auto configuration = configuration_of(common);
  if (!configuration) return exit_failed;
  storage::RestoreOptions options;
  options.url = configuration->text("store.url");
  options.now = SystemClock().now();
  const auto restored = storage::restore_database(file, common.data, options);
  if (!restored.ok()) return fail(restored.problem());
  std::cout << "Restored " << file << ".\n";
  if (!restored->kept.empty()) std::cout << "The database from before is kept as " << restored->kept << ".\n";
  return exit_done;
}

}  // namespace sahut::server
