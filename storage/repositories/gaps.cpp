#include "storage/repositories/gaps.hpp"

namespace sahut::storage {
namespace {

GapRecord read_gap(const Row& row) {
  return {.id = {row.integer(0)},
          .text = row.string(1),
          .count = row.integer(2),
          .first_at = {row.integer(3)},
          .last_at = {row.integer(4)},
          .state = row.string(5),
          .entry = row.string(6)};
}

}  // namespace

void count_gap(Connection& connection, GapId fresh_id, std::string_view wording, std::string_view text,
               UnixMillis now) {
  connection.execute(
      "INSERT INTO gap (id, wording, text, count, first_at, last_at, state) VALUES ($1, $2, $3, 1, $4, $4, 'open')"
      " ON CONFLICT (wording) DO UPDATE SET count = gap.count + 1, last_at = excluded.last_at",
      {fresh_id.value, wording, text, now.value});
}

std::vector<GapRecord> open_gaps(Connection& connection, std::int64_t below_count, GapId below_id, std::int64_t limit) {
  std::vector<GapRecord> found;
  connection.query(
      "SELECT id, text, count, first_at, last_at, state, entry_id FROM gap"
      " WHERE state = 'open' AND ($1 = 0 OR count < $1 OR (count = $1 AND id < $2))"
      " ORDER BY count DESC, id DESC LIMIT $3",
      {below_count, below_id.value, limit}, [&](const Row& row) { found.push_back(read_gap(row)); });
  return found;
}

std::optional<GapRecord> load_gap(Connection& connection, GapId id) {
  return connection.query_one<GapRecord>(
      "SELECT id, text, count, first_at, last_at, state, entry_id FROM gap WHERE id = $1", {id.value}, read_gap);
}

void settle_gap(Connection& connection, GapId id, std::string_view state, std::string_view entry) {
  connection.execute("UPDATE gap SET state = $2, entry_id = $3 WHERE id = $1",
                     {id.value, state, entry.empty() ? Value(nullptr) : Value(entry)});
}

}  // namespace sahut::storage
