#include "storage/migrations.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "storage/sqlite_connection.hpp"
#include "tests/storage/temporary_folder.hpp"

namespace sahut::storage {
namespace {

const std::vector<Migration> two_steps = {
    {1, "0001_letters.sql", "CREATE TABLE letter (id INTEGER PRIMARY KEY, text TEXT);"},
    {2, "0002_stamps.sql", "ALTER TABLE letter ADD COLUMN stamp TEXT; UPDATE letter SET stamp = 'none';"},
};

class MigrationsTest : public ::testing::Test {
 protected:
  Result<int> migrate_to(std::span<const Migration> migrations) {
    return migrate(*db_, migrations, {1000}, [this](int version) -> std::optional<Problem> {
      copied_from_.push_back(version);
      return copy_problem_;
    });
  }
  std::int64_t number(std::string_view sql) {
    return db_->query_one<std::int64_t>(sql, {}, [](const Row& row) { return row.integer(0); }).value();
  }

  TemporaryFolder folder_;
  std::unique_ptr<Connection> db_ = open_sqlite(folder_.file("a.db"));
  std::vector<int> copied_from_;
  std::optional<Problem> copy_problem_;
};

TEST_F(MigrationsTest, bring_an_empty_database_up_without_a_copy) {
  EXPECT_EQ(schema_version(*db_), 0);
  EXPECT_EQ(migrate_to(two_steps).value(), 2);
  EXPECT_EQ(schema_version(*db_), 2);
  EXPECT_TRUE(copied_from_.empty());
  EXPECT_EQ(number("SELECT applied_at FROM schema_migration WHERE version = 2"), 1000);
}

TEST_F(MigrationsTest, are_not_run_twice) {
  ASSERT_TRUE(migrate_to(two_steps).ok());
  EXPECT_EQ(migrate_to(two_steps).value(), 2);
  EXPECT_TRUE(copied_from_.empty());
}

TEST_F(MigrationsTest, make_one_copy_before_an_older_database_is_changed) {
  ASSERT_TRUE(migrate_to(std::span(two_steps).first(1)).ok());
  db_->execute("INSERT INTO letter (id, text) VALUES (1, 'kept')");
  EXPECT_EQ(migrate_to(two_steps).value(), 2);
  EXPECT_EQ(copied_from_, std::vector<int>{1});
  EXPECT_EQ(number("SELECT COUNT(*) FROM letter WHERE text = 'kept' AND stamp = 'none'"), 1);
}

TEST_F(MigrationsTest, change_nothing_when_no_copy_can_be_made) {
  ASSERT_TRUE(migrate_to(std::span(two_steps).first(1)).ok());
  copy_problem_ = Problem{"no_copy", "", "no space.", ""};
  EXPECT_EQ(migrate_to(two_steps).problem().code, "no_copy");
  EXPECT_EQ(schema_version(*db_), 1);
}

TEST_F(MigrationsTest, refuse_a_newer_database_and_say_what_to_do) {
  ASSERT_TRUE(migrate_to(two_steps).ok());
  const auto result = migrate_to(std::span(two_steps).first(1));
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.problem().code, "newer_database");
  EXPECT_NE(result.problem().text().find("version 2"), std::string::npos) << result.problem().text();
  EXPECT_FALSE(result.problem().cure.empty());
  EXPECT_EQ(schema_version(*db_), 2);
}

TEST_F(MigrationsTest, refuse_somebody_elses_database) {
  db_->execute("CREATE TABLE recipes (name TEXT)");
  EXPECT_EQ(schema_version(*db_), -1);
  EXPECT_EQ(migrate_to(two_steps).problem().code, "foreign_database");
  EXPECT_EQ(number("SELECT COUNT(*) FROM sqlite_master"), 1);
}

TEST_F(MigrationsTest, take_back_the_one_that_fails_and_keep_those_before) {
  const std::vector<Migration> broken = {
      two_steps[0], {2, "0002_broken.sql", "CREATE TABLE half (a INTEGER); INSERT INTO nowhere VALUES (1);"}};
  const auto result = migrate_to(broken);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.problem().code, "migration_failed");
  EXPECT_EQ(result.problem().where, "0002_broken.sql");
  EXPECT_EQ(schema_version(*db_), 1);
  EXPECT_EQ(number("SELECT COUNT(*) FROM sqlite_master WHERE name = 'half'"), 0);
  EXPECT_EQ(migrate_to(two_steps).value(), 2) << "the mended program goes on from there";
}

TEST_F(MigrationsTest, meet_another_program_that_does_the_same_at_the_same_time) {
  // The other program gets in between our look at the version and our first change: that moment is the copy.
  ASSERT_TRUE(migrate_to(std::span(two_steps).first(1)).ok());
  const auto other = open_sqlite(folder_.file("a.db"));
  const auto result = migrate(*db_, two_steps, {1000}, [&](int) -> std::optional<Problem> {
    EXPECT_TRUE(migrate(*other, two_steps, {2000}, [](int) { return std::nullopt; }).ok());
    return std::nullopt;
  });
  ASSERT_TRUE(result.ok()) << result.problem().text();
  EXPECT_EQ(*result, 2);
  EXPECT_EQ(number("SELECT applied_at FROM schema_migration WHERE version = 2"), 2000);
}

TEST(MigrationFiles, are_ordered_by_their_numbers) {
  const std::vector<MigrationFile> files = {{"0002_b.sql", "b"}, {"0001_a.sql", "a"}, {"0003_c.sql", "c"}};
  const auto ordered = ordered_migrations(files);
  ASSERT_TRUE(ordered.ok());
  ASSERT_EQ(ordered->size(), 3U);
  EXPECT_EQ(ordered.value()[0].sql, "a");
  EXPECT_EQ(ordered.value()[2].name, "0003_c.sql");
}

TEST(MigrationFiles, with_gaps_doubles_or_odd_names_are_refused) {
  struct Case {
    std::vector<MigrationFile> files;
    const char* code;
  };
  const std::vector<Case> cases = {
      {{{"0001_a.sql", ""}, {"0003_c.sql", ""}}, "gap"},
      {{{"0002_b.sql", ""}}, "gap"},
      {{{"0001_a.sql", ""}, {"0001_b.sql", ""}}, "gap"},
      {{{"0000_a.sql", ""}, {"0001_b.sql", ""}}, "gap"},
      {{{"1_a.sql", ""}}, "bad_name"},
      {{{"0001-a.sql", ""}}, "bad_name"},
      {{{"0001_.sql", ""}}, "bad_name"},
      {{{"0001_a.txt", ""}}, "bad_name"},
      {{{"-001_a.sql", ""}}, "bad_name"},
      {{{"", ""}}, "bad_name"},
  };
  for (const Case& one : cases) {
    const auto result = ordered_migrations(one.files);
    ASSERT_FALSE(result.ok()) << one.files[0].name;
    EXPECT_EQ(result.problem().code, one.code) << one.files[0].name;
    EXPECT_FALSE(result.problem().cure.empty());
  }
}

TEST(MigrationFiles, of_the_program_stand_from_one_on) {
  const auto& own = built_in_migrations();
  ASSERT_FALSE(own.empty());
  EXPECT_EQ(own.front().version, 1);
  EXPECT_EQ(own.front().name, "0001_foundation.sql");
}

}  // namespace
}  // namespace sahut::storage
