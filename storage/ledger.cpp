#include "storage/ledger.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace sahut::storage {
namespace {

/// After about this many steps the write-ahead log is copied into the database: some tens of megabytes of log.
constexpr std::uint64_t steps_between_checkpoints = 5000;

bool stores_fault(ErrorKind kind) {
  return kind == ErrorKind::io || kind == ErrorKind::damaged || kind == ErrorKind::full;
}

std::int64_t microseconds_since(std::chrono::steady_clock::time_point start) {
  const auto span = std::chrono::steady_clock::now() - start;
  return std::chrono::duration_cast<std::chrono::microseconds>(span).count();
}

}  // namespace

Ledger::Ledger(Open open, Fatal fatal)
    : open_(std::move(open)), fatal_(std::move(fatal)), connection_(open_()), writer_([this] { run(); }) {}

Ledger::~Ledger() {
  drain_and_stop();
}

void Ledger::submit(Lane, Step step, Done done) {
  const char* refusal = nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) {
      refusal = "the server is stopping";
    } else if (waiting_.size() >= most_waiting) {
      refusal = "too many changes are waiting for the disk";
    } else {
      waiting_.push_back({std::move(step), std::move(done), nullptr});
    }
  }
  if (refusal != nullptr) {
    done(std::make_exception_ptr(Error(ErrorKind::busy, refusal)));
    return;
  }
  wake_.notify_one();
}

void Ledger::drain_and_stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (writer_.joinable()) writer_.join();
}

LedgerFigures Ledger::figures() const {
  const std::lock_guard lock(mutex_);
  LedgerFigures figures = figures_;
  figures.waiting = waiting_.size();
  return figures;
}

void Ledger::run() {
  while (true) {
    std::deque<Job> batch;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;  // stopping, and everything accepted is done
      if (waiting_.size() <= largest_batch) {
        batch.swap(waiting_);
      } else {
        std::move(waiting_.begin(), waiting_.begin() + largest_batch, std::back_inserter(batch));
        waiting_.erase(waiting_.begin(), waiting_.begin() + largest_batch);
      }
    }
    commit_batch(batch);
    for (Job& job : batch) {
      job.done(std::exchange(job.error, nullptr));
    }
    batch.clear();
    checkpoint_if_due();
  }
}

/// Runs one step under a savepoint; true if its changes stand. Throws if the store itself failed: then the batch is
/// lost.
bool Ledger::run_step(Job& job) {
  connection_->execute("SAVEPOINT step");
  try {
    job.step(*connection_);
    connection_->execute("RELEASE step");
    return true;
  } catch (const Error& error) {
    if (stores_fault(error.kind())) throw;
    job.error = std::current_exception();
  } catch (...) {
    job.error = std::current_exception();
  }
  connection_->execute("ROLLBACK TO step");
  connection_->execute("RELEASE step");
  return false;
}

void Ledger::commit_batch(std::deque<Job>& batch) {
  const auto start = std::chrono::steady_clock::now();
  std::uint64_t good = 0;
  try {
    if (!connection_) connection_ = open_();
    connection_->execute("BEGIN IMMEDIATE");
    for (Job& job : batch) good += run_step(job) ? 1u : 0u;
    connection_->execute("COMMIT");
    io_errors_in_a_row_ = 0;
  } catch (const Error& error) {
    fail_all(batch, error);
    reopen_after(error);
    good = 0;
  }
  const std::int64_t took = microseconds_since(start);
  steps_since_checkpoint_ += batch.size();
  const std::lock_guard lock(mutex_);
  figures_.steps += good;
  figures_.failed_steps += batch.size() - good;
  figures_.commits += good > 0 ? 1u : 0u;
  figures_.largest_batch = std::max(figures_.largest_batch, batch.size());
  figures_.longest_commit_us = std::max(figures_.longest_commit_us, took);
}

/// Nothing of the batch stands, so nobody in it may be told success.
void Ledger::fail_all(std::deque<Job>& batch, const Error& error) {
  for (Job& job : batch) job.error = std::make_exception_ptr(error);
}

/// After a failed sync the state of the file is unknown to this connection: it is thrown away, never asked again
/// (PostgreSQL learnt in 2018 that a repeated fsync lies). Opening anew recovers from the log.
void Ledger::reopen_after(const Error& error) {
  connection_.reset();
  if (error.kind() == ErrorKind::io || error.kind() == ErrorKind::damaged) {
    if (++io_errors_in_a_row_ >= 2) fatal_(error);
  }
  try {
    connection_ = open_();
  } catch (const Error&) {
    // The next batch tries again and fails with the reason if it still cannot.
  }
}

void Ledger::checkpoint_if_due() {
  {
    const std::lock_guard lock(mutex_);
    const bool idle_and_worth_it = waiting_.empty() && steps_since_checkpoint_ > steps_between_checkpoints / 5;
    if (steps_since_checkpoint_ < steps_between_checkpoints && !idle_and_worth_it) return;
  }
  steps_since_checkpoint_ = 0;
  try {
    if (connection_) connection_->query("PRAGMA wal_checkpoint(PASSIVE)", {}, [](const Row&) {});
  } catch (const Error&) {
    // A checkpoint that fails loses nothing: the log still holds everything, and the next one tries again.
  }
}

}  // namespace sahut::storage
