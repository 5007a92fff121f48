#include "storage/ledger.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <latch>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "storage/sqlite_connection.hpp"
#include "tests/storage/ledger_calls.hpp"
#include "tests/storage/temporary_folder.hpp"

namespace sahut::storage {
namespace {

Ledger::Step insert(std::int64_t id) {
  return [id](Connection& connection) { connection.execute("INSERT INTO step (id) VALUES ($1)", {id}); };
}

class LedgerTest : public ::testing::Test {
 protected:
  LedgerTest() {
    open_sqlite(path_)->execute_script("CREATE TABLE step (place INTEGER PRIMARY KEY, id INTEGER UNIQUE)");
    ledger_ = std::make_unique<Ledger>([this] { return open_sqlite(path_); },
                                       [](const Error& error) { ADD_FAILURE() << "fatal: " << error.what(); });
  }

  /// Holds the writer inside a step until the returned function is called: everything submitted meanwhile is one batch.
  std::function<void()> hold_the_writer() {
    auto started = std::make_shared<std::latch>(1);
    auto go = std::make_shared<std::latch>(1);
    ledger_->submit(
        {},
        [started, go](Connection&) {
          started->count_down();
          go->wait();
        },
        [](std::exception_ptr) {});
    started->wait();
    return [go] { go->count_down(); };
  }

  /// As another process would see it: on a connection of its own.
  std::vector<std::int64_t> ids_on_disk() {
    std::vector<std::int64_t> ids;
    open_sqlite(path_, {.read_only = true, .vfs = {}})
        ->query("SELECT id FROM step ORDER BY place", {}, [&](const Row& row) { ids.push_back(row.integer(0)); });
    return ids;
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.file("a.db");
  std::unique_ptr<Ledger> ledger_;
};

TEST_F(LedgerTest, tells_the_caller_only_when_others_can_see_the_change) {
  std::vector<std::int64_t> seen;
  std::promise<void> told;
  ledger_->submit({}, insert(7), [&](std::exception_ptr error) {
    EXPECT_FALSE(error);
    seen = ids_on_disk();
    told.set_value();
  });
  told.get_future().wait();
  EXPECT_EQ(seen, std::vector<std::int64_t>{7});
}

TEST_F(LedgerTest, commits_together_what_waited_together) {
  const auto release = hold_the_writer();
  std::vector<std::future<std::exception_ptr>> told;
  for (std::int64_t id = 0; id < 100; ++id) told.push_back(submitted(*ledger_, insert(id)));
  EXPECT_EQ(ledger_->figures().waiting, 100U);
  release();
  for (auto& one : told) EXPECT_FALSE(one.get());
  ledger_->drain_and_stop();
  EXPECT_EQ(ledger_->figures().commits, 2U);
  EXPECT_EQ(ledger_->figures().steps, 101U);
  EXPECT_EQ(ledger_->figures().largest_batch, 100U);
  EXPECT_EQ(ledger_->figures().waiting, 0U);
}

TEST_F(LedgerTest, lets_a_throwing_step_fail_alone) {
  const auto release = hold_the_writer();
  auto before = submitted(*ledger_, insert(1));
  auto half = submitted(*ledger_, [](Connection& connection) {
    connection.execute("INSERT INTO step (id) VALUES (2)");
    throw std::runtime_error("changed my mind");
  });
  auto twice = submitted(*ledger_, insert(1));
  auto wrong = submitted(*ledger_, [](Connection& connection) { connection.execute("NOT SQL"); });
  auto after = submitted(*ledger_, insert(3));
  release();
  EXPECT_FALSE(before.get());
  EXPECT_THROW(std::rethrow_exception(half.get()), std::runtime_error);
  try {
    std::rethrow_exception(twice.get());
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::constraint);
  }
  try {
    std::rethrow_exception(wrong.get());
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::logic);
  }
  EXPECT_FALSE(after.get());
  EXPECT_EQ(ids_on_disk(), (std::vector<std::int64_t>{1, 3}));
  ledger_->drain_and_stop();
  EXPECT_EQ(ledger_->figures().failed_steps, 3U);
}

TEST_F(LedgerTest, runs_the_steps_in_the_order_they_were_submitted) {
  const auto release = hold_the_writer();
  std::vector<std::int64_t> expected;
  for (std::int64_t id = 0; id < 500; ++id) {
    ledger_->submit({static_cast<std::uint64_t>(id % 7)}, insert(id), [](std::exception_ptr) {});
    expected.push_back(id);
  }
  release();
  ledger_->drain_and_stop();
  EXPECT_EQ(ids_on_disk(), expected);
}

TEST_F(LedgerTest, keeps_every_step_of_eight_threads) {
  constexpr std::int64_t threads = 8;
  constexpr std::int64_t steps = 2000;
  std::atomic<int> done = 0;
  std::atomic<int> failed = 0;
  {
    std::vector<std::jthread> crowd;
    for (std::int64_t thread = 0; thread < threads; ++thread) {
      crowd.emplace_back([&, thread] {
        for (std::int64_t step = 0; step < steps; ++step) {
          ledger_->submit({}, insert(thread * steps + step), [&](std::exception_ptr error) {
            ++done;
            if (error) ++failed;
          });
        }
      });
    }
  }
  ledger_->drain_and_stop();
  EXPECT_EQ(done, threads * steps);
  EXPECT_EQ(failed, 0);
  const auto ids = ids_on_disk();
  ASSERT_EQ(ids.size(), static_cast<std::size_t>(threads * steps));
  std::vector<std::int64_t> last(threads, -1);
  for (const std::int64_t id : ids) {
    std::int64_t& before = last[static_cast<std::size_t>(id / steps)];
    ASSERT_EQ(id % steps, before + 1) << "each thread's steps in its own order";
    before = id % steps;
  }
}

TEST_F(LedgerTest, refuses_what_it_cannot_hold_and_keeps_what_it_accepted) {
  const auto release = hold_the_writer();
  std::atomic<std::size_t> committed = 0;
  const auto count = [&](std::exception_ptr error) { committed += error ? 0U : 1U; };
  for (std::size_t i = 0; i < Ledger::most_waiting; ++i)
    ledger_->submit(
        {}, [](Connection&) {}, count);
  bool ran = false;
  EXPECT_EQ(run_step(*ledger_, [&](Connection&) { ran = true; }), ErrorKind::busy);
  EXPECT_FALSE(ran);
  release();
  ledger_->drain_and_stop();
  EXPECT_EQ(committed, Ledger::most_waiting);
  EXPECT_LE(ledger_->figures().largest_batch, Ledger::largest_batch);
}

TEST_F(LedgerTest, loses_nothing_it_accepted_when_it_stops) {
  const auto release = hold_the_writer();
  std::atomic<int> committed = 0;
  for (std::int64_t id = 0; id < 300; ++id) {
    ledger_->submit({}, insert(id), [&](std::exception_ptr error) { committed += error ? 0 : 1; });
  }
  std::jthread stopping([&] { ledger_->drain_and_stop(); });
  release();
  stopping.join();
  EXPECT_EQ(committed, 300);
  EXPECT_EQ(ids_on_disk().size(), 300U);
}

TEST_F(LedgerTest, refuses_steps_after_it_stopped) {
  ledger_->drain_and_stop();
  EXPECT_EQ(run_step(*ledger_, insert(1)), ErrorKind::busy);
  ledger_->drain_and_stop();
  EXPECT_TRUE(ids_on_disk().empty());
}

TEST_F(LedgerTest, survives_a_step_that_ends_the_transaction) {
  const auto release = hold_the_writer();
  auto rude = submitted(*ledger_, [](Connection& connection) { connection.execute("COMMIT"); });
  auto neighbour = submitted(*ledger_, insert(1));
  release();
  EXPECT_TRUE(rude.get());
  EXPECT_TRUE(neighbour.get()) << "its transaction was ended under it: it must not be told success";
  EXPECT_EQ(run_step(*ledger_, insert(2)), std::nullopt);
}

TEST_F(LedgerTest, may_be_asked_for_another_step_from_the_answer_to_one) {
  std::promise<void> told;
  ledger_->submit({}, insert(1), [&](std::exception_ptr) {
    ledger_->submit({}, insert(2), [&](std::exception_ptr error) {
      EXPECT_FALSE(error);
      told.set_value();
    });
  });
  told.get_future().wait();
  EXPECT_EQ(ids_on_disk(), (std::vector<std::int64_t>{1, 2}));
}

}  // namespace
}  // namespace sahut::storage
