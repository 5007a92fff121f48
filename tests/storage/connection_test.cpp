#include "storage/connection.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "storage/sqlite_connection.hpp"
#include "tests/storage/temporary_folder.hpp"

namespace sahut::storage {
namespace {

class ConnectionTest : public ::testing::Test {
 protected:
  TemporaryFolder folder_;
  std::unique_ptr<Connection> db_ = open_sqlite(folder_.file("a.db"));

  /// The kind of the Error that `act` throws.
  template <typename Act>
  ErrorKind kind_of(Act&& act) {
    try {
      act();
    } catch (const Error& error) {
      return error.kind();
    }
    throw std::logic_error("nothing was thrown");
  }
  std::int64_t number(std::string_view sql) {
    return db_->query_one<std::int64_t>(sql, {}, [](const Row& row) { return row.integer(0); }).value();
  }
};

TEST_F(ConnectionTest, binds_by_the_number_and_not_by_the_place_of_a_parameter) {
  db_->query("SELECT $2, $1, $3, $2", {"one", "two", "three"}, [](const Row& row) {
    EXPECT_EQ(row.text(0), "two");
    EXPECT_EQ(row.text(1), "one");
    EXPECT_EQ(row.text(2), "three");
    EXPECT_EQ(row.text(3), "two");
  });
  db_->execute_script("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'x'), (7, 'y')");
  EXPECT_EQ(db_->execute("UPDATE t SET a = $2 WHERE id = $1", {7, "changed"}), 1);
  EXPECT_EQ(number("SELECT id FROM t WHERE a = 'changed'"), 7);
}

TEST_F(ConnectionTest, leaves_a_number_that_the_statement_does_not_use) {
  EXPECT_EQ(db_->query_one<std::string>("SELECT $3", {1, 2, "three"}, [](const Row& row) { return row.string(0); }),
            "three");
}

TEST_F(ConnectionTest, refuses_too_few_values_instead_of_repeating_the_last_ones) {
  const auto ask = [&](std::initializer_list<Value> values) { db_->query("SELECT $1, $2", values, [](const Row&) {}); };
  ask({1, 2});
  EXPECT_EQ(kind_of([&] { ask({1}); }), ErrorKind::logic);
  EXPECT_EQ(kind_of([&] { db_->execute("SELECT :named", {1}); }), ErrorKind::logic);
}

TEST_F(ConnectionTest, gives_back_what_it_was_given) {
  const std::string with_nul("a\0b", 3);
  db_->query("SELECT $1, $2, $3, $4, $5, $6, $7, $8",
             {nullptr, true, std::numeric_limits<std::int64_t>::min(), 0.1, "", with_nul, "bagaimana ñ 🙏", 7U},
             [&](const Row& row) {
               EXPECT_TRUE(row.null(0));
               EXPECT_EQ(row.integer(1), 1);
               EXPECT_EQ(row.integer(2), std::numeric_limits<std::int64_t>::min());
               EXPECT_EQ(row.real(3), 0.1);
               EXPECT_FALSE(row.null(4)) << "an empty text is not NULL";
               EXPECT_EQ(row.text(4), "");
               EXPECT_EQ(row.text(5), std::string_view(with_nul));
               EXPECT_EQ(row.text(6), "bagaimana ñ 🙏");
               EXPECT_EQ(row.integer(7), 7);
             });
}

TEST_F(ConnectionTest, reads_null_as_zero_and_as_no_text) {
  db_->query("SELECT NULL", {}, [](const Row& row) {
    EXPECT_TRUE(row.null(0));
    EXPECT_EQ(row.integer(0), 0);
    EXPECT_EQ(row.real(0), 0.0);
    EXPECT_EQ(row.text(0), "");
  });
}

RC_GTEST_FIXTURE_PROP(ConnectionTest, keeps_any_bytes_and_any_number, (const std::string& text, std::int64_t number)) {
  db_->query("SELECT $1, $2", {text, number}, [&](const Row& row) {
    RC_ASSERT(row.text(0) == std::string_view(text));
    RC_ASSERT(row.integer(1) == number);
  });
}

TEST_F(ConnectionTest, says_how_many_rows_changed) {
  db_->execute("CREATE TABLE t (a INTEGER UNIQUE)");
  EXPECT_EQ(db_->execute("INSERT INTO t VALUES (1), (2), (3)"), 3);
  EXPECT_EQ(db_->execute("UPDATE t SET a = a + 10 WHERE a > $1", {1}), 2);
  EXPECT_EQ(db_->execute("INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING"), 0);
  EXPECT_EQ(db_->execute("DELETE FROM t WHERE a = $1", {99}), 0);
}

TEST_F(ConnectionTest, answers_the_same_question_inside_its_own_rows) {
  db_->execute_script("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (2), (3)");
  std::vector<std::int64_t> pairs;
  constexpr std::string_view larger = "SELECT a FROM t WHERE a > $1 ORDER BY a";
  db_->query(larger, {0}, [&](const Row& outer) {
    const std::int64_t first = outer.integer(0);
    db_->query(larger, {first}, [&](const Row& inner) { pairs.push_back(first * 10 + inner.integer(0)); });
    EXPECT_EQ(outer.integer(0), first) << "the outer row is still there";
  });
  EXPECT_EQ(pairs, (std::vector<std::int64_t>{12, 13, 23}));
}

TEST_F(ConnectionTest, is_ready_again_after_the_caller_threw_in_the_middle_of_the_rows) {
  db_->execute_script("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (2)");
  constexpr std::string_view all = "SELECT a FROM t ORDER BY a";
  EXPECT_THROW(db_->query(all, {}, [](const Row&) { throw std::runtime_error("enough"); }), std::runtime_error);
  std::int64_t sum = 0;
  db_->query(all, {}, [&](const Row& row) { sum += row.integer(0); });
  EXPECT_EQ(sum, 3);
  db_->execute("DROP TABLE t");  // would be "locked" if the statement were still open
}

TEST_F(ConnectionTest, gives_only_the_first_row_where_one_is_asked) {
  const auto first = [](const Row& row) { return row.integer(0); };
  EXPECT_EQ(db_->query_one<std::int64_t>("SELECT 5 UNION ALL SELECT 6", {}, first), 5);
  EXPECT_EQ(db_->query_one<std::int64_t>("SELECT 5 WHERE 1 = 0", {}, first), std::nullopt);
}

TEST_F(ConnectionTest, keeps_its_statements_through_a_change_of_the_schema) {
  db_->execute_script("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1)");
  EXPECT_EQ(number("SELECT * FROM t"), 1);
  db_->execute_script("DROP TABLE t; CREATE TABLE t (b TEXT, a INTEGER); INSERT INTO t VALUES ('9', 2)");
  EXPECT_EQ(number("SELECT * FROM t"), 9);
}

TEST_F(ConnectionTest, tells_what_kind_of_thing_went_wrong) {
  db_->execute_script(
      "CREATE TABLE parent (id INTEGER PRIMARY KEY);"
      "CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parent (id))");
  db_->execute("INSERT INTO parent VALUES (1)");
  EXPECT_EQ(kind_of([&] { db_->execute("INSERT INTO parent VALUES (1)"); }), ErrorKind::constraint);
  EXPECT_EQ(kind_of([&] { db_->execute("INSERT INTO child VALUES (1, NULL)"); }), ErrorKind::constraint);
  EXPECT_EQ(kind_of([&] { db_->execute("INSERT INTO child VALUES (1, 99)"); }), ErrorKind::constraint)
      << "foreign keys are on";
  EXPECT_EQ(kind_of([&] { db_->execute("SELEKT 1"); }), ErrorKind::logic);
  EXPECT_EQ(kind_of([&] { db_->execute("INSERT INTO nothing VALUES (1)"); }), ErrorKind::logic);
  EXPECT_EQ(kind_of([&] { db_->query("SELECT 1", {}, [](const Row& row) { (void)row.integer(7); }); }),
            ErrorKind::logic);
  EXPECT_EQ(kind_of([&] { (void)open_sqlite(folder_.file("none/a.db")); }), ErrorKind::io);
  std::ofstream(folder_.file("letter.db")) << std::string(5000, 'x');
  EXPECT_EQ(kind_of([&] { (void)open_sqlite(folder_.file("letter.db")); }), ErrorKind::damaged);
}

TEST_F(ConnectionTest, writes_nothing_through_a_reader) {
  db_->execute("CREATE TABLE t (a INTEGER)");
  const auto reader = open_sqlite(folder_.file("a.db"), {.read_only = true, .vfs = {}});
  EXPECT_EQ(kind_of([&] { reader->execute("INSERT INTO t VALUES (1)"); }), ErrorKind::io);
  EXPECT_EQ(number("SELECT COUNT(*) FROM t"), 0);
}

TEST_F(ConnectionTest, is_durable_by_its_settings) {
  EXPECT_EQ(number("PRAGMA synchronous"), 2);  // FULL
  EXPECT_EQ(db_->query_one<std::string>("PRAGMA journal_mode", {}, [](const Row& row) { return row.string(0); }),
            "wal");
}

}  // namespace
}  // namespace sahut::storage
