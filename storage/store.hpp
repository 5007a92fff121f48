// A data folder, opened: locked against a second server, checked, migrated; readers and the ledger are handed out from
// it.
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "storage/connection.hpp"
#include "storage/folder_lock.hpp"
#include "storage/ledger.hpp"
#include "storage/migrations.hpp"
#include "values/problem.hpp"
#include "values/time.hpp"

namespace sahut::storage {

struct StoreOptions {
  std::string folder;                   ///< made with mode 0700 if it is missing
  std::string url = "sqlite:sahut.db";  ///< relative to the folder
  bool exclusive = true;                ///< a server: nobody else may serve from this folder. Tools work beside it.
  UnixMillis now;
  std::string vfs;  ///< for tests: another file system
  std::span<const Migration> migrations = built_in_migrations();
  Ledger::Fatal fatal;  ///< REQUIRED: what to do when the disk is lost
};

class Store {
 public:
  /// Every Problem says what to do. Nothing is changed when it fails, except that a copy may have been made before a
  /// migration.
  [[nodiscard]] static Result<std::unique_ptr<Store>> open(const StoreOptions& options);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  [[nodiscard]] Ledger& ledger() { return *ledger_; }

  /// Runs `use(Connection&)` on the calling thread in one read transaction: it sees one moment of the store. Any
  /// thread.
  template <typename Use>
  void read(Use&& use) {
    Reader reader(*this);
    use(reader.connection());
  }

  [[nodiscard]] const std::string& database_path() const { return path_; }

 private:
  Store() = default;

  /// A reader's connection, taken from the pool for the length of one read.
  class Reader {
   public:
    explicit Reader(Store& store);
    ~Reader();
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    Connection& connection() { return *connection_; }

   private:
    Store& store_;
    std::unique_ptr<Connection> connection_;
  };

  std::string path_;
  std::string vfs_;
  std::unique_ptr<FolderLock> lock_;  ///< held while the process serves
  std::unique_ptr<Ledger> ledger_;
  std::mutex readers_mutex_;
  std::vector<std::unique_ptr<Connection>> readers_;
};

/// Turns a [store] url into the database's path, or says why it cannot.
[[nodiscard]] Result<std::string> database_path(const std::string& url, const std::string& folder);

}  // namespace sahut::storage
