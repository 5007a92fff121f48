#include "storage/store.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "storage/sqlite_connection.hpp"
#include "tests/storage/ledger_calls.hpp"
#include "tests/storage/temporary_folder.hpp"

namespace sahut::storage {
namespace {

const std::vector<Migration> letter_migrations = {
    {1, "0001_letters.sql", "CREATE TABLE letter (id INTEGER PRIMARY KEY, text TEXT);"},
    {2, "0002_stamps.sql", "ALTER TABLE letter ADD COLUMN stamp TEXT;"},
};

StoreOptions options_for(const std::string& folder) {
  StoreOptions options;
  options.folder = folder;
  options.now = {1'700'000'000'000};
  options.migrations = letter_migrations;
  options.fatal = [](const Error& error) { ADD_FAILURE() << "fatal: " << error.what(); };
  return options;
}

unsigned mode_of(const std::string& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 0777U;
}

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::int64_t count_letters(Store& store) {
  std::int64_t count = -1;
  store.read([&](Connection& connection) {
    count =
        connection
            .query_one<std::int64_t>("SELECT COUNT(*) FROM letter", {}, [](const Row& row) { return row.integer(0); })
            .value();
  });
  return count;
}

void write_letter(Store& store, std::int64_t id) {
  EXPECT_EQ(run_step(store.ledger(),
                     [id](Connection& connection) {
                       connection.execute("INSERT INTO letter (id, text) VALUES ($1, 'hello')", {id});
                     }),
            std::nullopt);
}

TEST(Store, makes_its_folder_for_its_owner_alone) {
  const TemporaryFolder above;
  const std::string folder = above.file("deep/data");
  const auto store = Store::open(options_for(folder));
  ASSERT_TRUE(store.ok()) << store.problem().text();
  write_letter(**store, 1);
  EXPECT_EQ(mode_of(folder), 0700U);
  EXPECT_EQ(mode_of(folder + "/sahut.lock"), 0600U);
  for (const char* suffix : {"", "-wal", "-shm"}) EXPECT_EQ(mode_of(folder + "/sahut.db" + suffix), 0600U) << suffix;
  EXPECT_FALSE(std::filesystem::exists(folder + "/.write-test"));
}

TEST(Store, refuses_a_folder_it_cannot_write_to) {
  const TemporaryFolder above;
  std::ofstream(above.file("file")) << "in the way";
  for (const std::string& folder : {above.file("file/data"), above.file("file")}) {
    const auto store = Store::open(options_for(folder));
    ASSERT_FALSE(store.ok()) << folder;
    EXPECT_EQ(store.problem().code, "unwritable_folder");
    EXPECT_NE(store.problem().cure.find("--data"), std::string::npos);
  }
}

TEST(Store, says_that_a_file_is_damaged_and_leaves_it_alone) {
  const TemporaryFolder folder;
  { ASSERT_TRUE(Store::open(options_for(folder.path())).ok()); }
  const std::string path = folder.file("sahut.db");
  struct Damage {
    const char* name;
    std::string bytes;
  };
  const std::string sound = bytes_of(path);
  std::string holed = sound;
  for (std::size_t i = 4096; i + 40 < holed.size(); i += 97) holed[i] = '\x5a';
  for (const Damage& damage : {Damage{"no database", std::string(8192, 'x')}, Damage{"holes in its pages", holed},
                               Damage{"cut", sound.substr(0, sound.size() / 2)}}) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << damage.bytes;
    const auto store = Store::open(options_for(folder.path()));
    ASSERT_FALSE(store.ok()) << damage.name;
    EXPECT_EQ(store.problem().code, "damaged_database") << damage.name << ": " << store.problem().text();
    EXPECT_EQ(store.problem().where, path);
    EXPECT_NE(store.problem().cure.find("restore"), std::string::npos);
    EXPECT_EQ(bytes_of(path), damage.bytes) << damage.name;
  }
}

TEST(Store, refuses_somebody_elses_database_and_leaves_every_byte) {
  const TemporaryFolder folder;
  {
    const auto foreign = open_sqlite(folder.file("sahut.db"));
    foreign->query("PRAGMA journal_mode = DELETE", {}, [](const Row&) {});
    foreign->execute("CREATE TABLE recipes (name TEXT)");
  }
  const std::string before = bytes_of(folder.file("sahut.db"));
  const auto store = Store::open(options_for(folder.path()));
  ASSERT_FALSE(store.ok());
  EXPECT_EQ(store.problem().code, "foreign_database");
  EXPECT_EQ(store.problem().where, folder.file("sahut.db"));
  EXPECT_EQ(bytes_of(folder.file("sahut.db")), before);
}

TEST(Store, refuses_a_newer_database) {
  const TemporaryFolder folder;
  { ASSERT_TRUE(Store::open(options_for(folder.path())).ok()); }
  auto older_program = options_for(folder.path());
  older_program.migrations = std::span(letter_migrations).first(1);
  EXPECT_EQ(Store::open(older_program).problem().code, "newer_database");
}

TEST(Store, keeps_a_copy_of_what_was_there_before_an_upgrade) {
  const TemporaryFolder folder;
  auto older_program = options_for(folder.path());
  older_program.migrations = std::span(letter_migrations).first(1);
  {
    const auto store = Store::open(older_program);
    ASSERT_TRUE(store.ok());
    write_letter(**store, 1);
  }
  const auto store = Store::open(options_for(folder.path()));
  ASSERT_TRUE(store.ok()) << store.problem().text();
  EXPECT_EQ(count_letters(**store), 1);
  const std::string copy = folder.file("sahut.db.before-migration-from-1");
  EXPECT_EQ(mode_of(copy), 0600U);
  const auto kept = open_sqlite(copy);
  EXPECT_EQ(schema_version(*kept), 1);
  EXPECT_EQ(
      kept->query_one<std::int64_t>("SELECT COUNT(*) FROM letter", {}, [](const Row& row) { return row.integer(0); }),
      1);
}

TEST(Store, lets_one_server_serve_from_a_folder_and_tools_work_beside_it) {
  const TemporaryFolder folder;
  auto tool = options_for(folder.path());
  tool.exclusive = false;
  {
    const auto server = Store::open(options_for(folder.path()));
    ASSERT_TRUE(server.ok());
    const auto second = Store::open(options_for(folder.path()));
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.problem().code, "folder_in_use");
    EXPECT_FALSE(second.problem().cure.empty());

    const auto beside = Store::open(tool);
    ASSERT_TRUE(beside.ok()) << beside.problem().text();
    write_letter(**beside, 1);
    write_letter(**server, 2);
    EXPECT_EQ(count_letters(**server), 2);
    EXPECT_EQ(count_letters(**beside), 2);
  }
  EXPECT_TRUE(Store::open(options_for(folder.path())).ok()) << "the lock went with the server";
}

TEST(Store, shows_a_reader_one_moment) {
  const TemporaryFolder folder;
  const auto store = Store::open(options_for(folder.path()));
  ASSERT_TRUE(store.ok());
  const auto count = [](Connection& connection) {
    return connection
        .query_one<std::int64_t>("SELECT COUNT(*) FROM letter", {}, [](const Row& row) { return row.integer(0); })
        .value();
  };
  (*store)->read([&](Connection& connection) {
    EXPECT_EQ(count(connection), 0);
    write_letter(**store, 1);
    EXPECT_EQ(count(connection), 0) << "what is written meanwhile is not seen";
    (*store)->read([&](Connection& later) { EXPECT_EQ(count(later), 1); });
  });
  EXPECT_EQ(count_letters(**store), 1);
}

TEST(Store, lends_a_sound_connection_after_a_reader_threw) {
  const TemporaryFolder folder;
  const auto store = Store::open(options_for(folder.path()));
  ASSERT_TRUE(store.ok());
  EXPECT_THROW((*store)->read([](Connection&) { throw std::runtime_error("reader"); }), std::runtime_error);
  write_letter(**store, 1);
  EXPECT_EQ(count_letters(**store), 1);
}

TEST(Store, leaves_one_whole_file_when_it_is_closed) {
  const TemporaryFolder folder;
  {
    const auto store = Store::open(options_for(folder.path()));
    ASSERT_TRUE(store.ok());
    write_letter(**store, 1);
    EXPECT_EQ(count_letters(**store), 1);
  }
  EXPECT_FALSE(std::filesystem::exists(folder.file("sahut.db-wal")));
  EXPECT_EQ(count_letters(**Store::open(options_for(folder.path()))), 1);
}

TEST(StoreUrl, is_read_as_a_path_below_the_folder_or_refused) {
  EXPECT_EQ(database_path("sqlite:sahut.db", "/data").value(), "/data/sahut.db");
  EXPECT_EQ(database_path("sqlite:/srv/x.db", "/data").value(), "/srv/x.db");
  EXPECT_EQ(database_path("postgresql://host/db", "/data").problem().code, "no_postgresql");
  EXPECT_EQ(database_path("postgres://host/db", "/data").problem().code, "no_postgresql");
  EXPECT_EQ(database_path("sqlite:", "/data").problem().code, "bad_url");
  EXPECT_EQ(database_path("", "/data").problem().code, "bad_url");
}

}  // namespace
}  // namespace sahut::storage
