// The ledger: the only way to change data. One writer thread gathers all steps that wait while the previous disk sync
// runs, runs each under a savepoint (one that throws fails alone), commits once, and only then tells the callers.
//
// Measured on two cores (bench/group_commit): one transaction a step reaches about a thousand a second, this some
// twenty times as many, because the disk syncs once a batch.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "storage/connection.hpp"

namespace sahut::storage {

/// Steps of one lane run in the order they were submitted. SQLite has one writer, so here all lanes are one.
struct Lane {
  std::uint64_t hash = 0;
};

/// What the ledger did so far, for the metrics.
struct LedgerFigures {
  std::size_t waiting = 0;         ///< steps not yet begun
  std::uint64_t steps = 0;         ///< committed
  std::uint64_t failed_steps = 0;  ///< that threw, or whose batch could not be committed
  std::uint64_t commits = 0;
  std::size_t largest_batch = 0;
  std::int64_t longest_commit_us = 0;
};

class Ledger {
 public:
  using Step = std::function<void(Connection&)>;
  /// Called on the writer's thread: after the commit is durable with nullptr, or with what went wrong. Must not block.
  using Done = std::function<void(std::exception_ptr)>;
  /// Opens the writer's connection; called again after an I/O error.
  using Open = std::function<std::unique_ptr<Connection>()>;
  /// The store is lost (two I/O errors in a row): the process must end.
  using Fatal = std::function<void(const Error&)>;

  /// Steps that may wait; past it a step is refused with ErrorKind::busy. At 20,000 steps a second this is two seconds.
  static constexpr std::size_t most_waiting = 40'000;
  /// Steps of one batch: bounds the time a caller waits behind others, and the size of one commit.
  static constexpr std::size_t largest_batch = 2048;

  Ledger(Open open, Fatal fatal);
  ~Ledger();  ///< drains
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  /// Any thread. `done` is called exactly once.
  void submit(Lane lane, Step step, Done done);

  /// Commits what was accepted, refuses what comes after, ends the thread. Idempotent.
  void drain_and_stop();

  [[nodiscard]] LedgerFigures figures() const;

 private:
  struct Job {
    Step step;
    Done done;
    std::exception_ptr error;
  };
  void run();
  void commit_batch(std::deque<Job>& batch);
  bool run_step(Job& job);
  void fail_all(std::deque<Job>& batch, const Error& error);
  void reopen_after(const Error& error);
  void checkpoint_if_due();

  Open open_;
  Fatal fatal_;
  std::unique_ptr<Connection> connection_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> waiting_;
  bool stopping_ = false;
  LedgerFigures figures_;
  int io_errors_in_a_row_ = 0;
  std::uint64_t steps_since_checkpoint_ = 0;
  std::thread writer_;
};

}  // namespace sahut::storage
