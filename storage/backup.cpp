#include "storage/backup.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>

#include "storage/folder_lock.hpp"
#include "storage/sqlite_connection.hpp"
#include "storage/store.hpp"

namespace sahut::storage {
namespace {

namespace files = std::filesystem;

std::string first_text(Connection& connection, std::string_view sql) {
  return connection.query_one<std::string>(sql, {}, [](const Row& row) { return row.string(0); }).value_or("");
}

bool there(const std::string& path) {
  std::error_code error;
  return files::exists(files::symlink_status(path, error));
}

bool same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  return files::equivalent(a, b, error) && !error;
}

/// A name on the disk is lasting only when its folder was synced.
bool sync_folder_of(const std::string& path) {
  const std::string folder = files::path(path).parent_path().string();
  const int handle = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0) return false;
  const bool synced = ::fsync(handle) == 0;
  ::close(handle);
  return synced;
}

Problem unwritable(const std::string& path, const std::string& why) {
  return {"unwritable", path, "this file cannot be written (" + why + ").",
          "Check the folder, its permissions and the free space."};
}

/// A file of its own name beside the target, gone again unless it was renamed.
class DraftFile {
 public:
  explicit DraftFile(const std::string& target) : name_(target + ".part-XXXXXX") {
    handle_ = ::mkstemp(name_.data());  // mode 0600
  }
  ~DraftFile() {
    if (handle_ < 0) return;
    ::close(handle_);
    if (!renamed_) ::unlink(name_.c_str());
  }
  DraftFile(const DraftFile&) = delete;
  DraftFile& operator=(const DraftFile&) = delete;

  [[nodiscard]] bool made() const { return handle_ >= 0; }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] bool sync() const { return ::fsync(handle_) == 0; }
  [[nodiscard]] bool rename_to(const std::string& target) {
    renamed_ = ::rename(name_.c_str(), target.c_str()) == 0;
    return renamed_ && sync_folder_of(target);
  }

 private:
  std::string name_;
  int handle_ = -1;
  bool renamed_ = false;
};

/// The database as it is at this moment, into a new file; the copy is checked, because nobody looks at it until it is
/// needed.
std::optional<Problem> copy_into(Connection& connection, const DraftFile& draft, const std::string& target) {
  if (!draft.made()) return unwritable(target, std::strerror(errno));
  // A reader forbids itself to write; the copy is another file.
  const std::string only_queries = first_text(connection, "PRAGMA query_only");
  try {
    connection.execute_script("PRAGMA query_only = OFF");
    connection.execute("VACUUM INTO $1", {draft.name()});
    connection.execute_script("PRAGMA query_only = " + only_queries);
    const auto copy = open_sqlite(draft.name(), {.read_only = true, .vfs = {}});
    if (const std::string verdict = first_text(*copy, "PRAGMA quick_check(1)"); verdict != "ok") {
      return Problem{"bad_copy", target, "the copy is not sound (" + verdict + ").", "Check the disk."};
    }
  } catch (const Error& error) {
    connection.execute_script("PRAGMA query_only = " + only_queries);
    if (error.kind() == ErrorKind::damaged) {
      return Problem{"damaged_database", "", std::string("the database is damaged (") + error.what() + ").",
                     "Restore the newest backup: sahut restore FILE --data FOLDER."};
    }
    return unwritable(target, error.what());
  }
  if (!draft.sync()) return unwritable(target, std::strerror(errno));
  return std::nullopt;
}

/// Why `path` must not be replaced by a backup.
std::optional<Problem> not_replaceable(Connection& connection, const std::string& path) {
  if (!there(path)) return std::nullopt;
  const std::string own = connection
                              .query_one<std::string>("SELECT file FROM pragma_database_list WHERE name = 'main'", {},
                                                      [](const Row& row) { return row.string(0); })
                              .value_or("");
  // A log beside it means that somebody works on it, or was killed at it.
  if (same_file(path, own) || there(path + "-wal")) {
    return Problem{"database_in_use", path, "this is a database in use, not a backup.", "Choose another name."};
  }
  try {
    if (files::is_regular_file(path) && schema_version(*open_sqlite(path, {.read_only = true, .vfs = {}})) > 0) {
      return std::nullopt;
    }
  } catch (const Error&) {
    // Not a database, so not a backup.
  }
  return Problem{"already_exists", path, "there is something else of this name, and it is not a Sahut backup.",
                 "Choose another name, or remove it."};
}

/// Reads the whole backup; its version, or why it cannot be used.
Result<int> checked_version(Connection& backup, const std::string& path, int newest) {
  const int version = schema_version(backup);
  if (version <= 0) {
    return Problem{"not_a_backup", path, "this file is not a backup of Sahut.", "Give a file that sahut backup wrote."};
  }
  if (auto problem = unsuitable(version, newest)) {
    problem->where = path;
    return *problem;
  }
  if (const std::string verdict = first_text(backup, "PRAGMA integrity_check(1)"); verdict != "ok") {
    return Problem{"damaged_backup", path, "this backup is damaged (" + verdict + "). Nothing was changed.",
                   "Use an older one."};
  }
  return version;
}

/// "20261124T010000Z"
std::string compact_moment(UnixMillis moment) {
  const std::time_t seconds = moment.value / 1000;
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", &parts)};
}

/// A second name of the file; a copy where the file system has no such thing.
std::optional<Problem> keep_as(const std::string& path, const std::string& kept) {
  std::error_code error;
  files::create_hard_link(path, kept, error);
  if (error && !there(kept)) {
    error.clear();
    files::copy_file(path, kept, error);
  }
  if (error) {
    return Problem{"cannot_keep", kept, "the database from before cannot be kept (" + error.message() + ").",
                   "Free some space, or move that file; nothing was changed."};
  }
  return std::nullopt;
}

/// Gives the old database and its log second names. The first ones stay until the new database takes their place, so
/// that the folder never is without one.
Result<std::string> keep_old(const std::string& path, UnixMillis now) {
  const std::string kept = path + ".before-restore-" + compact_moment(now);
  bool anything = false;
  // The logs first, and also without a database: somebody may have removed it by hand.
  for (const char* suffix : {"-wal", "-journal", ""}) {
    if (!there(path + suffix)) continue;
    if (auto problem = keep_as(path + suffix, kept + suffix)) return *problem;
    anything = true;
  }
  return anything ? kept : std::string();
}

}  // namespace

std::optional<Problem> backup_database(Connection& connection, const std::string& path) {
  try {
    if (schema_version(connection) <= 0) {
      return Problem{"foreign_database", "", "this is not a database of Sahut.", "Point --data to Sahut's own folder."};
    }
    if (auto problem = not_replaceable(connection, path)) return problem;
    DraftFile draft(path);
    if (auto problem = copy_into(connection, draft, path)) return problem;
    if (!draft.rename_to(path)) return unwritable(path, std::strerror(errno));
  } catch (const Error& error) {
    return Problem{"unreadable_database", "", std::string("the database cannot be read (") + error.what() + ").",
                   "Check the folder's owner and permissions."};
  }
  return std::nullopt;
}

Result<Restored> restore_database(const std::string& backup, const std::string& folder, const RestoreOptions& options) {
  const auto path = database_path(options.url, folder);
  if (!path.ok()) return path.problem();
  std::error_code error;
  if (!files::is_regular_file(backup, error)) {
    return Problem{"not_found", backup, "there is no such file.", "Give a file that sahut backup wrote."};
  }
  if (same_file(backup, *path)) {
    return Problem{"not_a_backup", backup, "this is the database itself.", "Give a file that sahut backup wrote."};
  }
  if (!files::is_directory(folder, error)) {
    files::create_directories(folder, error);
    if (error) return unwritable(folder, error.message());
    files::permissions(folder, files::perms::owner_all, error);
  }
  const auto lock = FolderLock::take(folder);
  if (!lock) {
    return Problem{"folder_in_use", folder,
                   "a Sahut server is running on this data folder, or it cannot be written to.",
                   "Stop the server first."};
  }
  Restored restored;
  DraftFile draft(*path);
  try {
    const auto source = open_sqlite(backup, {.read_only = true, .vfs = {}});
    const auto version = checked_version(*source, backup, options.newest);
    if (!version.ok()) return version.problem();
    restored.version = *version;
    if (auto problem = copy_into(*source, draft, *path)) return *problem;
  } catch (const Error& failure) {
    return Problem{failure.kind() == ErrorKind::damaged ? "damaged_backup" : "unreadable", backup,
                   std::string("this backup cannot be read (") + failure.what() + "). Nothing was changed.",
                   "Use an older one, or check its permissions."};
  }
  auto kept = keep_old(*path, options.now);
  if (!kept.ok()) return kept.problem();
  restored.kept = *kept;
  // The old logs must be gone before the new database stands there: SQLite would play them into the wrong file.
  for (const char* suffix : {"-wal", "-journal", "-shm"}) files::remove(*path + suffix, error);
  if (!sync_folder_of(*path) || !draft.rename_to(*path)) return unwritable(*path, std::strerror(errno));
  return restored;
}

}  // namespace sahut::storage
