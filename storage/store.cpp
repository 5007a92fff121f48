#include "storage/store.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>

#include "storage/sqlite_connection.hpp"

namespace sahut::storage {
namespace {

namespace files = std::filesystem;

/// Reader connections kept open; more are made when more threads read at once, and closed again after.
constexpr std::size_t readers_kept = 4;

Problem damaged(const std::string& path, const std::string& detail) {
  return {"damaged_database", path, "the database is damaged (" + detail + "). Nothing was changed.",
          "Restore the newest backup: sahut restore FILE --data FOLDER."};
}

Problem opening_problem(const std::string& path, const Error& error) {
  switch (error.kind()) {
    case ErrorKind::damaged:
      return damaged(path, error.what());
    case ErrorKind::full:
      return {"disk_full", path, "there is no space left on the disk.", "Free some space and start again."};
    default:
      return {"unopenable_database", path, std::string("the database cannot be opened (") + error.what() + ").",
              "Check the folder's owner and permissions."};
  }
}

/// The folder, made if it is missing, and proved to be writable.
std::optional<Problem> prepare_folder(const std::string& folder) {
  std::error_code error;
  const bool there = files::is_directory(folder, error);
  if (!there) {
    files::create_directories(folder, error);
    if (error) {
      return Problem{"unwritable_folder", folder, "the data folder cannot be made (" + error.message() + ").",
                     "Choose another with --data, or let this user write there."};
    }
    files::permissions(folder, files::perms::owner_all, error);
  }
  const std::string probe = folder + "/.write-test";
  const int file = ::open(probe.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) {
    return Problem{"unwritable_folder", folder,
                   std::string("the data folder cannot be written to (") + std::strerror(errno) + ").",
                   "Choose another with --data, or let this user write there."};
  }
  ::close(file);
  ::unlink(probe.c_str());
  return std::nullopt;
}

/// Looks at the whole structure of small files, and at the ends of large ones: bounded to about a second.
std::optional<Problem> check_soundness(Connection& connection, const std::string& path) {
  constexpr std::int64_t pages_checked_whole = 25'000;  // 100 MB
  const auto pages =
      connection.query_one<std::int64_t>("PRAGMA page_count", {}, [](const Row& row) { return row.integer(0); });
  const char* check =
      pages.value_or(0) <= pages_checked_whole ? "PRAGMA quick_check(1)" : "SELECT 'ok' FROM sqlite_master LIMIT 1";
  const auto verdict = connection.query_one<std::string>(check, {}, [](const Row& row) { return row.string(0); });
  if (verdict && *verdict != "ok") return damaged(path, *verdict);
  return std::nullopt;
}

/// Looks without changing a byte whether there is a database that this program must not touch.
std::optional<Problem> check_origin(const std::string& path, const StoreOptions& options) {
  std::error_code error;
  if (files::file_size(path, error) == 0 || error) return std::nullopt;  // will be made
  const auto reader = open_sqlite(path, {.read_only = true, .vfs = options.vfs});
  auto problem = unsuitable(schema_version(*reader), static_cast<int>(options.migrations.size()));
  if (problem) problem->where = path;
  return problem;
}

/// A copy beside the database, made by SQLite itself, so that it is one consistent moment.
std::optional<Problem> copy_before_change(Connection& connection, const std::string& path, int version) {
  const std::string copy = path + ".before-migration-from-" + std::to_string(version);
  std::error_code error;
  files::remove(copy, error);
  try {
    connection.execute("VACUUM INTO $1", {copy});
    ::chmod(copy.c_str(), 0600);
  } catch (const Error& failure) {
    return Problem{"no_copy", copy, std::string("no copy could be made before the change (") + failure.what() + ").",
                   "Free some space; nothing was changed."};
  }
  return std::nullopt;
}

}  // namespace

Result<std::string> database_path(const std::string& url, const std::string& folder) {
  constexpr std::string_view sqlite = "sqlite:";
  if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
    return Problem{"no_postgresql", "store.url", "this build keeps its data in SQLite only.",
                   "Use url = \"sqlite:sahut.db\"."};
  }
  if (!url.starts_with(sqlite) || url.size() == sqlite.size()) {
    return Problem{"bad_url", "store.url", "`" + url + "` is not a store.", "Write it as sqlite:sahut.db."};
  }
  const std::string name = url.substr(sqlite.size());
  return name.front() == '/' ? name : folder + "/" + name;
}

Result<std::unique_ptr<Store>> Store::open(const StoreOptions& options) {
  const auto path = sahut::storage::database_path(options.url, options.folder);
  if (!path.ok()) return path.problem();
  if (auto problem = prepare_folder(options.folder)) return *problem;

  std::unique_ptr<Store> store(new Store);
  store->path_ = *path;
  store->vfs_ = options.vfs;
  if (options.exclusive) {
    store->lock_ = FolderLock::take(options.folder);
    if (!store->lock_) {
      return Problem{"folder_in_use", options.folder, "another Sahut server is already running on this data folder.",
                     "Stop it, or start this one with another --data."};
    }
  }
  try {
    if (auto problem = check_origin(*path, options)) return *problem;
    const auto open_writer = [file = *path, vfs = options.vfs] {
      return open_sqlite(file, {.read_only = false, .vfs = vfs});
    };
    {
      const auto connection = open_writer();
      if (auto problem = check_soundness(*connection, *path)) return *problem;
      const auto migrated = migrate(*connection, options.migrations, options.now,
                                    [&](int version) { return copy_before_change(*connection, *path, version); });
      if (!migrated.ok()) {
        Problem problem = migrated.problem();
        if (problem.where.empty()) problem.where = *path;
        return problem;
      }
    }
    for (const char* suffix : {"", "-wal", "-shm"}) ::chmod((*path + suffix).c_str(), 0600);
    store->ledger_ = std::make_unique<Ledger>(open_writer, options.fatal);
  } catch (const Error& error) {
    return opening_problem(*path, error);
  }
  return store;
}

Store::~Store() = default;

Store::Reader::Reader(Store& store) : store_(store) {
  {
    const std::lock_guard lock(store_.readers_mutex_);
    if (!store_.readers_.empty()) {
      connection_ = std::move(store_.readers_.back());
      store_.readers_.pop_back();
    }
  }
  if (!connection_) connection_ = open_sqlite(store_.path_, {.read_only = true, .vfs = store_.vfs_});
  connection_->execute("BEGIN");
}

Store::Reader::~Reader() {
  try {
    connection_->execute("COMMIT");
  } catch (const Error&) {
    return;  // a connection that cannot end its read is closed, not kept
  }
  const std::lock_guard lock(store_.readers_mutex_);
  if (store_.readers_.size() < readers_kept) store_.readers_.push_back(std::move(connection_));
}

}  // namespace sahut::storage
