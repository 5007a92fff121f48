// What the ledger gains: steps a second when all that wait are committed together, as a multiple of one transaction a
// step. Same file system, schema, statements and synchronous=FULL; the two are measured in turns, and only their ratio
// travels.
//   group_commit [ROUNDS, 3]        exit 1 below the ratio that is required
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "storage/ledger.hpp"
#include "storage/sqlite_connection.hpp"

namespace {

using namespace sahut::storage;
using Clock = std::chrono::steady_clock;

constexpr double required_ratio = 8;
constexpr std::size_t submitters = 256;
constexpr auto span_of_a_measurement = std::chrono::seconds(2);
/// The ledger checkpoints between its batches; a lone writer must do so too, or its log would be the advantage.
constexpr std::int64_t alone_between_checkpoints = 5000;

/// What a turn writes: a message with its unique external id, the conversation, a row of the outbox.
constexpr const char* schema =
    "CREATE TABLE conversation (id INTEGER PRIMARY KEY, updated_at INTEGER NOT NULL, last_text TEXT NOT NULL);"
    "CREATE TABLE message (id INTEGER PRIMARY KEY, conversation_id INTEGER NOT NULL REFERENCES conversation (id),"
    " external_id TEXT NOT NULL UNIQUE, text TEXT NOT NULL, at INTEGER NOT NULL);"
    "CREATE TABLE outbox (id INTEGER PRIMARY KEY, message_id INTEGER NOT NULL, payload TEXT NOT NULL);"
    "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999)"
    " INSERT INTO conversation SELECT i, 0, '' FROM n";

void turn(Connection& connection, std::int64_t id) {
  constexpr const char* words = "min, syarat bikin ktp yang hilang apa saja ya? saya lagi di luar kota";
  const std::int64_t conversation = id % 1000;
  connection.execute("UPDATE conversation SET updated_at = $2, last_text = $3 WHERE id = $1",
                     {conversation, id, words});
  connection.execute("INSERT INTO message (id, conversation_id, external_id, text, at) VALUES ($1, $2, $3, $4, $5)",
                     {id, conversation, "wamid.bench" + std::to_string(id), words, id});
  connection.execute("INSERT INTO outbox (id, message_id, payload) VALUES ($1, $2, $3)", {id, id, words});
}

/// A database of its own, gone afterwards. In the current folder: /tmp may be memory, where a sync costs nothing.
class BenchFolder {
 public:
  BenchFolder() {
    std::string name = (std::filesystem::current_path() / "group-commit-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for the database here");
    path_ = name;
  }
  ~BenchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  BenchFolder(const BenchFolder&) = delete;
  BenchFolder& operator=(const BenchFolder&) = delete;
  [[nodiscard]] std::string database() const { return path_ + "/bench.db"; }

 private:
  std::string path_;
};

double steps_a_second(std::int64_t steps, Clock::time_point start) {
  return static_cast<double>(steps) / std::chrono::duration<double>(Clock::now() - start).count();
}

double alone() {
  const BenchFolder folder;
  const auto connection = open_sqlite(folder.database());
  connection->execute_script(schema);
  const auto start = Clock::now();
  std::int64_t steps = 0;
  while (Clock::now() - start < span_of_a_measurement) {
    connection->execute("BEGIN IMMEDIATE");
    turn(*connection, ++steps);
    connection->execute("COMMIT");
    if (steps % alone_between_checkpoints == 0) {
      connection->query("PRAGMA wal_checkpoint(PASSIVE)", {}, [](const Row&) {});
    }
  }
  return steps_a_second(steps, start);
}

/// Submitters that each wait for their answer before they submit again. They live on the writer's thread, in `done`, so
/// that the ledger is measured and not the machine's scheduling of 256 threads.
class Crowd {
 public:
  explicit Crowd(Ledger& ledger) : ledger_(ledger) {}

  double run() {
    start_ = Clock::now();
    for (std::size_t i = 0; i < submitters; ++i) submit_next();
    std::unique_lock lock(mutex_);
    all_ended_.wait(lock, [this] { return ended_ == submitters; });
    if (failed_ > 0) throw std::runtime_error(std::to_string(failed_) + " steps failed");
    return steps_a_second(committed_, start_);
  }

 private:
  void submit_next() {
    ledger_.submit(
        {}, [this](Connection& connection) { turn(connection, ++last_id_); },
        [this](std::exception_ptr error) { answered(error); });
  }

  void answered(const std::exception_ptr& error) {
    ++(error ? failed_ : committed_);
    if (!error && Clock::now() - start_ < span_of_a_measurement) return submit_next();
    const std::lock_guard lock(mutex_);
    if (++ended_ == submitters) all_ended_.notify_one();
  }

  Ledger& ledger_;
  Clock::time_point start_;
  // These three belong to the writer's thread until the last submitter has ended.
  std::int64_t last_id_ = 0;
  std::int64_t committed_ = 0;
  std::int64_t failed_ = 0;
  std::mutex mutex_;
  std::condition_variable all_ended_;
  std::size_t ended_ = 0;
};

double together() {
  const BenchFolder folder;
  open_sqlite(folder.database())->execute_script(schema);
  Ledger ledger([&] { return open_sqlite(folder.database()); },
                [](const Error& error) {
                  std::fprintf(stderr, "the disk failed: %s\n", error.what());
                  std::_Exit(2);
                });
  return Crowd(ledger).run();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main(int count, char** arguments) try {
  const int rounds = std::max(1, count > 1 ? std::atoi(arguments[1]) : 3);
  std::vector<double> ratios;
  for (int round = 1; round <= rounds; ++round) {
    const double one_by_one = alone();
    const double grouped = together();
    ratios.push_back(grouped / one_by_one);
    std::printf("round %d: one transaction a step %.0f/s, group commit at %zu submitters %.0f/s, ratio %.1f\n", round,
                one_by_one, submitters, grouped, ratios.back());
  }
  const double ratio = median(ratios);
  std::printf("group commit / one transaction a step: %.1f (required: %.0f)\n", ratio, required_ratio);
  return ratio >= required_ratio ? 0 : 1;
} catch (const std::exception& error) {
  std::fprintf(stderr, "group_commit: %s\n", error.what());
  return 2;
}
