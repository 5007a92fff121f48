#include "storage/ledger_await.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <string>
#include <thread>
#include <vector>

#include "storage/sqlite_connection.hpp"
#include "tests/storage/temporary_folder.hpp"

namespace sahut::storage {
namespace {

namespace asio = boost::asio;

class LedgerAwaitTest : public ::testing::Test {
 protected:
  LedgerAwaitTest() {
    open_sqlite(path_)->execute_script("CREATE TABLE step (id INTEGER PRIMARY KEY)");
    ledger_ = std::make_unique<Ledger>([this] { return open_sqlite(path_); },
                                       [](const Error& error) { ADD_FAILURE() << "fatal: " << error.what(); });
  }

  void run_on_two_threads() {
    std::jthread second([this] { context_.run(); });
    context_.run();
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.file("a.db");
  asio::io_context context_{2};
  std::unique_ptr<Ledger> ledger_;
};

asio::awaitable<std::string> write_and_read_back(Ledger& ledger, std::int64_t id) {
  auto step = [id](Connection& connection) {
    connection.execute("INSERT INTO step (id) VALUES ($1)", {id});
    return connection
        .query_one<std::string>("SELECT 'step ' || id FROM step WHERE id = $1", {id},
                                [](const Row& row) { return row.string(0); })
        .value();
  };
  co_return co_await write(ledger, Lane{static_cast<std::uint64_t>(id)}, step);
}

TEST_F(LedgerAwaitTest, gives_each_of_many_coroutines_its_own_result) {
  constexpr std::int64_t many = 500;
  std::atomic<int> right = 0;
  for (std::int64_t id = 1; id <= many; ++id) {
    asio::co_spawn(context_, write_and_read_back(*ledger_, id), [&, id](std::exception_ptr error, std::string text) {
      if (!error && text == "step " + std::to_string(id)) ++right;
    });
  }
  run_on_two_threads();
  EXPECT_EQ(right, many);
}

asio::awaitable<void> write_twice(Ledger& ledger, int& constraint, bool& thrown, bool& resumed) {
  const auto insert = [](Connection& connection) { connection.execute("INSERT INTO step (id) VALUES (1)"); };
  co_await write(ledger, Lane{}, insert);
  try {
    co_await write(ledger, Lane{}, insert);
  } catch (const Error& error) {
    constraint += error.kind() == ErrorKind::constraint ? 1 : 0;
  }
  try {
    const auto refuse = [](Connection&) -> int { throw std::runtime_error("no"); };
    (void)co_await write(ledger, Lane{}, refuse);
  } catch (const std::runtime_error&) {
    thrown = true;
  }
  resumed = true;
}

TEST_F(LedgerAwaitTest, throws_what_the_step_threw) {
  int constraint = 0;
  bool thrown = false;
  bool resumed = false;
  asio::co_spawn(context_, write_twice(*ledger_, constraint, thrown, resumed), asio::detached);
  run_on_two_threads();
  EXPECT_EQ(constraint, 1);
  EXPECT_TRUE(thrown);
  EXPECT_TRUE(resumed);
}

/// Has no default constructor and cannot be copied, as many results.
struct Receipt {
  explicit Receipt(int value) : number(std::make_unique<int>(value)) {}
  std::unique_ptr<int> number;
};

asio::awaitable<void> resume_where_it_was(Ledger& ledger, asio::strand<asio::io_context::executor_type> strand,
                                          bool& same, int& number) {
  const auto step = [](Connection&) { return Receipt(42); };
  const Receipt receipt = co_await write(ledger, Lane{}, step);
  same = strand.running_in_this_thread();
  number = *receipt.number;
}

TEST_F(LedgerAwaitTest, resumes_on_the_strand_of_the_caller) {
  auto strand = asio::make_strand(context_);
  bool same = false;
  int number = 0;
  asio::co_spawn(strand, resume_where_it_was(*ledger_, strand, same, number), asio::detached);
  run_on_two_threads();
  EXPECT_TRUE(same);
  EXPECT_EQ(number, 42);
}

TEST_F(LedgerAwaitTest, throws_busy_after_the_ledger_stopped) {
  ledger_->drain_and_stop();
  std::exception_ptr told;
  asio::co_spawn(context_, write_and_read_back(*ledger_, 1),
                 [&](std::exception_ptr error, const std::string&) { told = std::move(error); });
  run_on_two_threads();
  ASSERT_TRUE(told);
  try {
    std::rethrow_exception(told);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::busy);
  }
}

}  // namespace
}  // namespace sahut::storage
