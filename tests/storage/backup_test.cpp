#include "storage/backup.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "storage/sqlite_connection.hpp"
#include "storage/store.hpp"
#include "tests/storage/ledger_calls.hpp"
#include "tests/storage/temporary_folder.hpp"

namespace sahut::storage {
namespace {

const std::vector<Migration> letters = {
    {1, "0001_letters.sql", "CREATE TABLE letter (id INTEGER PRIMARY KEY, text TEXT);"},
};

class BackupTest : public ::testing::Test {
 protected:
  std::unique_ptr<Store> open_store(bool exclusive = true) {
    StoreOptions options;
    options.folder = data_;
    options.now = {1000};
    options.migrations = letters;
    options.exclusive = exclusive;
    options.fatal = [](const Error& error) { ADD_FAILURE() << error.what(); };
    auto store = Store::open(options);
    if (!store.ok()) throw std::runtime_error(store.problem().text());
    return std::move(store).value();
  }

  static void write(Store& store, std::int64_t id) {
    EXPECT_EQ(run_step(store.ledger(),
                       [id](Connection& connection) {
                         connection.execute("INSERT INTO letter (id, text) VALUES ($1, 'hello')", {id});
                       }),
              std::nullopt);
  }

  static std::vector<std::int64_t> ids_in(const std::string& path) {
    std::vector<std::int64_t> ids;
    open_sqlite(path, {.read_only = true, .vfs = {}})
        ->query("SELECT id FROM letter ORDER BY id", {}, [&](const Row& row) { ids.push_back(row.integer(0)); });
    return ids;
  }

  std::optional<Problem> back_up(const std::string& path) {
    return backup_database(*open_sqlite(database_, {.read_only = true, .vfs = {}}), path);
  }
  Result<Restored> restore(const std::string& path, int newest = 1) {
    return restore_database(path, data_, {.now = {1'795'482'000'000}, .newest = newest});
  }

  static std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  /// Drafts of copies: none may be left lying.
  static std::size_t drafts_in(const std::string& folder) {
    std::size_t drafts = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      drafts += file.path().string().find(".part-") != std::string::npos ? 1U : 0U;
    }
    return drafts;
  }

  TemporaryFolder above_;
  std::string data_ = above_.file("data");
  std::string database_ = data_ + "/sahut.db";
  std::string shelf_ = above_.file("shelf");
  std::string backup_ = shelf_ + "/monday.db";
  BackupTest() { std::filesystem::create_directory(shelf_); }
};

using Ids = std::vector<std::int64_t>;

TEST_F(BackupTest, copies_everything_committed_while_the_server_works) {
  const auto store = open_store();
  write(*store, 1);
  write(*store, 2);
  ASSERT_EQ(back_up(backup_), std::nullopt);
  write(*store, 3);
  EXPECT_EQ(ids_in(backup_), (Ids{1, 2}));
  struct stat status {};
  ASSERT_EQ(::stat(backup_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(drafts_in(shelf_), 0U);
}

TEST_F(BackupTest, leaves_a_reader_a_reader) {
  const auto store = open_store();
  const auto reader = open_sqlite(database_, {.read_only = true, .vfs = {}});
  ASSERT_EQ(backup_database(*reader, backup_), std::nullopt);
  EXPECT_EQ(reader->query_one<std::int64_t>("PRAGMA query_only", {}, [](const Row& row) { return row.integer(0); }), 1);
}

TEST_F(BackupTest, replaces_an_older_backup_and_nothing_else) {
  const auto store = open_store();
  write(*store, 1);
  ASSERT_EQ(back_up(backup_), std::nullopt);
  write(*store, 2);
  ASSERT_EQ(back_up(backup_), std::nullopt);
  EXPECT_EQ(ids_in(backup_), (Ids{1, 2}));

  const std::string letter = shelf_ + "/letter.txt";
  std::ofstream(letter) << "dear city";
  std::filesystem::create_directory(shelf_ + "/folder");
  const std::string foreign = shelf_ + "/recipes.db";
  open_sqlite(foreign)->execute("CREATE TABLE recipe (name TEXT)");
  for (const std::string& path : {letter, shelf_ + "/folder", foreign}) {
    const auto problem = back_up(path);
    ASSERT_TRUE(problem) << path;
    EXPECT_EQ(problem->code, "already_exists") << path;
    EXPECT_FALSE(problem->cure.empty());
  }
  EXPECT_EQ(bytes_of(letter), "dear city");
  EXPECT_EQ(back_up(database_)->code, "database_in_use");
  EXPECT_EQ(ids_in(database_), (Ids{1, 2}));
  EXPECT_EQ(drafts_in(shelf_), 0U);
}

TEST_F(BackupTest, says_when_it_cannot_write_and_leaves_nothing) {
  const auto store = open_store();
  EXPECT_EQ(back_up(above_.file("nowhere/monday.db"))->code, "unwritable");
  const auto foreign = open_sqlite(above_.file("recipes.db"));
  foreign->execute("CREATE TABLE recipe (name TEXT)");
  EXPECT_EQ(backup_database(*foreign, backup_)->code, "foreign_database");
  EXPECT_TRUE(std::filesystem::is_empty(shelf_));
}

TEST_F(BackupTest, comes_back_and_the_database_from_before_is_kept) {
  {
    const auto store = open_store();
    write(*store, 1);
    ASSERT_EQ(back_up(backup_), std::nullopt);
    write(*store, 2);
  }
  const auto restored = restore(backup_);
  ASSERT_TRUE(restored.ok()) << restored.problem().text();
  EXPECT_EQ(restored->version, 1);
  EXPECT_EQ(restored->kept, database_ + ".before-restore-20261124T010000Z");
  EXPECT_EQ(ids_in(database_), Ids{1});
  EXPECT_EQ(ids_in(restored->kept), (Ids{1, 2}));
  struct stat status {};
  ASSERT_EQ(::stat(database_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  const auto store = open_store();
  write(*store, 3);
}

TEST_F(BackupTest, keeps_the_log_of_a_server_that_was_killed) {
  {
    const auto store = open_store();
    write(*store, 1);
    ASSERT_EQ(back_up(backup_), std::nullopt);
    write(*store, 2);
    // As a kill leaves it: the second letter is in the log only.
    std::filesystem::copy(data_, above_.file("killed"));
  }
  std::filesystem::remove_all(data_);
  std::filesystem::rename(above_.file("killed"), data_);
  ASSERT_TRUE(std::filesystem::exists(database_ + "-wal"));
  const auto restored = restore(backup_);
  ASSERT_TRUE(restored.ok()) << restored.problem().text();
  EXPECT_FALSE(std::filesystem::exists(database_ + "-wal")) << "it would be played into the restored database";
  EXPECT_EQ(ids_in(database_), Ids{1});
  EXPECT_EQ(ids_in(restored->kept), (Ids{1, 2}));
}

TEST_F(BackupTest, is_not_mixed_with_logs_that_lie_there) {
  {
    const auto store = open_store();
    write(*store, 1);
    ASSERT_EQ(back_up(backup_), std::nullopt);
  }
  // Somebody removed the database by hand and forgot its logs; SQLite would play either into the restored one.
  std::filesystem::remove(database_);
  for (const char* suffix : {"-wal", "-journal"}) std::ofstream(database_ + suffix) << "old" << suffix;
  const auto restored = restore(backup_);
  ASSERT_TRUE(restored.ok()) << restored.problem().text();
  EXPECT_EQ(ids_in(database_), Ids{1});
  for (const char* suffix : {"-wal", "-journal"}) {
    EXPECT_FALSE(std::filesystem::exists(database_ + suffix)) << suffix;
    EXPECT_EQ(bytes_of(restored->kept + suffix), std::string("old") + suffix);
  }
}

TEST_F(BackupTest, comes_back_over_a_damaged_database) {
  {
    const auto store = open_store();
    write(*store, 1);
    ASSERT_EQ(back_up(backup_), std::nullopt);
  }
  const std::string damaged(20'000, '\x5a');
  std::ofstream(database_, std::ios::binary | std::ios::trunc) << damaged;
  const auto restored = restore(backup_);
  ASSERT_TRUE(restored.ok()) << restored.problem().text();
  EXPECT_EQ(ids_in(database_), Ids{1});
  EXPECT_EQ(bytes_of(restored->kept), damaged);
}

TEST_F(BackupTest, comes_back_into_a_new_folder) {
  {
    const auto store = open_store();
    write(*store, 1);
    ASSERT_EQ(back_up(backup_), std::nullopt);
  }
  std::filesystem::remove_all(data_);
  const auto restored = restore(backup_);
  ASSERT_TRUE(restored.ok()) << restored.problem().text();
  EXPECT_EQ(restored->kept, "");
  EXPECT_EQ(ids_in(database_), Ids{1});
}

TEST_F(BackupTest, is_not_restored_under_a_running_server) {
  const auto store = open_store();
  write(*store, 1);
  ASSERT_EQ(back_up(backup_), std::nullopt);
  const auto restored = restore(backup_);
  ASSERT_FALSE(restored.ok());
  EXPECT_EQ(restored.problem().code, "folder_in_use");
  write(*store, 2);
}

TEST_F(BackupTest, that_is_none_or_damaged_or_newer_changes_nothing) {
  {
    const auto store = open_store();
    for (std::int64_t id = 1; id < 400; ++id) write(*store, id);
    ASSERT_EQ(back_up(backup_), std::nullopt);
  }
  const std::string before = bytes_of(database_);
  const auto file_with = [&](const std::string& name, const std::string& bytes) {
    std::ofstream(shelf_ + "/" + name, std::ios::binary) << bytes;
    return shelf_ + "/" + name;
  };
  const std::string sound = bytes_of(backup_);
  std::string holed = sound;
  for (std::size_t i = 8192; i < holed.size(); i += 61) holed[i] = '\x11';
  open_sqlite(shelf_ + "/foreign.db")->execute("CREATE TABLE recipe (name TEXT)");
  struct Case {
    std::string path;
    int newest;
    const char* code;
  };
  const Case cases[] = {
      {shelf_ + "/none.db", 1, "not_found"},
      {shelf_, 1, "not_found"},
      {database_, 1, "not_a_backup"},
      {file_with("empty.db", ""), 1, "not_a_backup"},
      {shelf_ + "/foreign.db", 1, "not_a_backup"},
      {file_with("letter.txt", std::string(5000, 'x')), 1, "damaged_backup"},
      {file_with("holed.db", holed), 1, "damaged_backup"},
      {file_with("cut.db", sound.substr(0, sound.size() / 2)), 1, "damaged_backup"},
      {backup_, 0, "newer_database"},
  };
  for (const Case& one : cases) {
    const auto restored = restore(one.path, one.newest);
    ASSERT_FALSE(restored.ok()) << one.path;
    EXPECT_EQ(restored.problem().code, one.code) << one.path << ": " << restored.problem().text();
    EXPECT_FALSE(restored.problem().cure.empty()) << one.path;
    EXPECT_EQ(bytes_of(database_), before) << one.path;
  }
  EXPECT_EQ(drafts_in(data_), 0U);
}

}  // namespace
}  // namespace sahut::storage
