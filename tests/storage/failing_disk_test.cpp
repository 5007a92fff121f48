// What remains of the ledger's promise when the disk fails or the power goes, at every moment of a short story.
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <optional>
#include <string>

#include "storage/ledger.hpp"
#include "storage/sqlite_connection.hpp"
#include "tests/storage/failing_vfs.hpp"
#include "tests/storage/ledger_calls.hpp"
#include "tests/storage/temporary_folder.hpp"

namespace sahut::storage {
namespace {

constexpr std::int64_t story_steps = 30;
constexpr std::int64_t checkpointed_after = 10;  ///< steps before another connection copies the log into the database
constexpr std::int64_t reopened_after = 20;      ///< steps before the server is stopped and started
constexpr std::int64_t parts_of_a_step = 3;

/// One turn's worth of rows: three that belong together, over several pages, and a counter that all steps change.
Ledger::Step step_of_the_story(std::int64_t id) {
  return [id](Connection& connection) {
    for (std::int64_t part = 0; part < parts_of_a_step; ++part) {
      connection.execute("INSERT INTO part (step, part, text) VALUES ($1, $2, $3)",
                         {id, part, std::string(900, static_cast<char>('a' + id % 26))});
    }
    connection.execute("UPDATE counter SET steps = steps + 1");
  };
}

/// What the callers were told: no kind = committed.
using Answers = std::map<std::int64_t, std::optional<ErrorKind>>;

class FailingDiskTest : public ::testing::Test {
 protected:
  void start_anew() {
    ledger_.reset();
    std::filesystem::remove(path_);
    std::filesystem::remove(path_ + "-wal");
    std::filesystem::remove(path_ + "-shm");
    vfs_ = std::make_unique<FailingVfs>();
    fatal_calls_ = 0;
    open_sqlite(path_, {.read_only = false, .vfs = vfs_->name()})
        ->execute_script(
            "CREATE TABLE part (step INTEGER, part INTEGER, text TEXT, PRIMARY KEY (step, part));"
            "CREATE TABLE counter (steps INTEGER); INSERT INTO counter VALUES (0)");
  }

  bool open_ledger() {
    try {
      ledger_ =
          std::make_unique<Ledger>([this] { return open_sqlite(path_, {.read_only = false, .vfs = vfs_->name()}); },
                                   [this](const Error&) { ++fatal_calls_; });
      return true;
    } catch (const Error&) {
      return false;
    }
  }

  void checkpoint() {
    try {
      open_sqlite(path_, {.read_only = false, .vfs = vfs_->name()})
          ->query("PRAGMA wal_checkpoint(TRUNCATE)", {}, [](const Row&) {});
    } catch (const Error&) {
      // What this disk may do; the ledger's own checkpoints take it the same way.
    }
  }

  /// The whole story. Steps that could not even be submitted, because nothing could be opened, have no answer.
  Answers tell_story() {
    Answers answers;
    if (!open_ledger() && !open_ledger()) return answers;
    for (std::int64_t id = 0; id < story_steps; ++id) {
      if (id == checkpointed_after) checkpoint();
      if (id == reopened_after) {
        ledger_.reset();
        if (!open_ledger() && !open_ledger()) return answers;
      }
      answers[id] = run_step(*ledger_, step_of_the_story(id));
    }
    ledger_.reset();
    return answers;
  }

  /// Opens what is left, as the next start does, and compares it with what was told.
  void expect_the_promise_kept(const Answers& answers, const std::string& when, bool failed_means_absent) {
    const auto db = open_sqlite(path_, {.read_only = false, .vfs = vfs_->name()});
    ASSERT_EQ(db->query_one<std::string>("PRAGMA integrity_check", {}, [](const Row& row) { return row.string(0); }),
              "ok")
        << when;
    std::map<std::int64_t, std::int64_t> parts;
    db->query("SELECT step, COUNT(*) FROM part GROUP BY step", {},
              [&](const Row& row) { parts[row.integer(0)] = row.integer(1); });
    for (const auto& [id, count] : parts) ASSERT_EQ(count, parts_of_a_step) << "half of step " << id << ", " << when;
    for (const auto& [id, failure] : answers) {
      if (!failure) {
        ASSERT_TRUE(parts.contains(id)) << "step " << id << " was acknowledged and is lost, " << when;
      }
      if (failure && failed_means_absent) {
        ASSERT_FALSE(parts.contains(id)) << "step " << id << " was told to have failed and stands, " << when;
      }
    }
    ASSERT_EQ(
        db->query_one<std::int64_t>("SELECT steps FROM counter", {}, [](const Row& row) { return row.integer(0); }),
        static_cast<std::int64_t>(parts.size()))
        << when;
  }

  static std::size_t failures_in(const Answers& answers) {
    std::size_t failures = 0;
    for (const auto& [id, failure] : answers) failures += failure ? 1U : 0U;
    return failures;
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.file("a.db");
  std::unique_ptr<FailingVfs> vfs_;
  std::unique_ptr<Ledger> ledger_;
  std::atomic<int> fatal_calls_ = 0;
};

TEST_F(FailingDiskTest, a_sound_disk_keeps_the_whole_story) {
  start_anew();
  const Answers answers = tell_story();
  EXPECT_EQ(answers.size(), static_cast<std::size_t>(story_steps));
  EXPECT_EQ(failures_in(answers), 0U);
  expect_the_promise_kept(answers, "nothing failed", true);
}

TEST_F(FailingDiskTest, one_error_at_any_moment_costs_one_step_and_no_more) {
  std::int64_t nth = 1;
  for (bool struck = true; struck; ++nth) {
    start_anew();
    vfs_->fail(Fault::io, nth);
    const Answers answers = tell_story();
    struck = vfs_->struck();
    vfs_->heal();
    const std::string when = "error at operation " + std::to_string(nth);
    ASSERT_LE(failures_in(answers), 1U) << when;
    ASSERT_EQ(answers.size(), static_cast<std::size_t>(story_steps)) << when;
    ASSERT_EQ(fatal_calls_, 0) << when;
    ASSERT_NO_FATAL_FAILURE(expect_the_promise_kept(answers, when, true));
  }
  EXPECT_GT(nth, 200) << "the story has hundreds of moments";
}

TEST_F(FailingDiskTest, a_full_disk_fails_what_comes_then_and_takes_what_comes_later) {
  std::int64_t nth = 1;
  for (bool struck = true; struck; ++nth) {
    start_anew();
    vfs_->fail(Fault::full, nth);
    const Answers answers = tell_story();
    struck = vfs_->struck();
    vfs_->heal();
    const std::string when = "full at write " + std::to_string(nth);
    ASSERT_LE(failures_in(answers), 1U) << when;
    for (const auto& [id, failure] : answers) {
      ASSERT_EQ(failure.value_or(ErrorKind::full), ErrorKind::full) << when;
    }
    ASSERT_EQ(fatal_calls_, 0) << when;
    ASSERT_NO_FATAL_FAILURE(expect_the_promise_kept(answers, when, true));
  }
  EXPECT_GT(nth, 100);
}

TEST_F(FailingDiskTest, a_power_cut_at_any_moment_keeps_every_acknowledged_step_and_no_half_one) {
  std::int64_t nth = 1;
  for (bool struck = true; struck; ++nth) {
    for (const std::uint32_t seed : {1U, 2U}) {
      start_anew();
      vfs_->fail(Fault::power_cut, nth);
      const Answers answers = tell_story();
      ledger_.reset();
      struck = vfs_->struck();
      vfs_->restore_power(static_cast<std::uint32_t>(nth) * 31U + seed);
      const std::string when = "power cut at operation " + std::to_string(nth) + ", seed " + std::to_string(seed);
      ASSERT_NO_FATAL_FAILURE(expect_the_promise_kept(answers, when, false));
    }
  }
  EXPECT_GT(nth, 200);
}

TEST_F(FailingDiskTest, an_error_and_a_power_cut_soon_after_lose_nothing_acknowledged) {
  // A failed sync loses what waited for it; what was built on top of it must not be believed.
  std::int64_t nth = 1;
  for (bool struck = true; struck; ++nth) {
    start_anew();
    vfs_->fail(Fault::io, nth);
    Answers answers = tell_story();
    struck = vfs_->struck();
    vfs_->fail(Fault::power_cut, 3);
    if (open_ledger()) answers[story_steps] = run_step(*ledger_, step_of_the_story(story_steps));
    ledger_.reset();
    vfs_->restore_power(static_cast<std::uint32_t>(nth));
    ASSERT_NO_FATAL_FAILURE(
        expect_the_promise_kept(answers, "error at operation " + std::to_string(nth) + ", then a power cut", false));
  }
}

TEST_F(FailingDiskTest, a_disk_that_stays_full_refuses_every_step_and_is_not_the_end) {
  start_anew();
  ASSERT_TRUE(open_ledger());
  ASSERT_EQ(run_step(*ledger_, step_of_the_story(0)), std::nullopt);
  vfs_->fail(Fault::full, 1, 1'000'000);
  for (std::int64_t id = 1; id < 6; ++id) EXPECT_EQ(run_step(*ledger_, step_of_the_story(id)), ErrorKind::full);
  vfs_->heal();
  EXPECT_EQ(run_step(*ledger_, step_of_the_story(6)), std::nullopt);
  EXPECT_EQ(fatal_calls_, 0);
  ledger_.reset();
  expect_the_promise_kept({{0, std::nullopt}, {6, std::nullopt}}, "after the disk was full", true);
}

TEST_F(FailingDiskTest, two_errors_in_a_row_are_the_end_and_a_single_one_is_not) {
  start_anew();
  ASSERT_TRUE(open_ledger());
  vfs_->fail(Fault::io, 1);
  EXPECT_EQ(run_step(*ledger_, step_of_the_story(0)), ErrorKind::io);
  EXPECT_EQ(run_step(*ledger_, step_of_the_story(1)), std::nullopt);
  vfs_->fail(Fault::io, 1);
  EXPECT_EQ(run_step(*ledger_, step_of_the_story(2)), ErrorKind::io);
  EXPECT_EQ(run_step(*ledger_, step_of_the_story(3)), std::nullopt);
  EXPECT_EQ(fatal_calls_, 0) << "the success between them counts";
  vfs_->fail(Fault::io, 1, 1'000'000);
  EXPECT_EQ(run_step(*ledger_, step_of_the_story(4)), ErrorKind::io);
  EXPECT_EQ(fatal_calls_, 0);
  EXPECT_EQ(run_step(*ledger_, step_of_the_story(5)), ErrorKind::io);
  EXPECT_EQ(fatal_calls_, 1);
  vfs_->heal();
}

TEST_F(FailingDiskTest, an_error_between_the_steps_of_a_batch_fails_all_of_it) {
  start_anew();
  ASSERT_TRUE(open_ledger());
  auto started = std::make_shared<std::promise<void>>();
  auto go = std::make_shared<std::promise<void>>();
  auto held = submitted(*ledger_, [started, waiting = go->get_future().share()](Connection&) {
    started->set_value();
    waiting.wait();
  });
  started->get_future().wait();
  std::vector<std::future<std::exception_ptr>> told;
  for (std::int64_t id = 0; id < 20; ++id) told.push_back(submitted(*ledger_, step_of_the_story(id)));
  vfs_->fail(Fault::io, 2);
  go->set_value();
  EXPECT_FALSE(held.get()) << "it wrote nothing";
  Answers answers;
  for (std::size_t id = 0; id < told.size(); ++id) {
    EXPECT_TRUE(told[id].get()) << id;
    answers[static_cast<std::int64_t>(id)] = ErrorKind::io;
  }
  vfs_->heal();
  ledger_.reset();
  expect_the_promise_kept(answers, "after a failed batch", true);
}

}  // namespace
}  // namespace sahut::storage
