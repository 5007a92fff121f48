// Questions the knowledge base could not answer, one row a wording, as a list editors work through.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/connection.hpp"
#include "values/id.hpp"
#include "values/time.hpp"

namespace sahut::storage {

struct GapRecord {
  GapId id;
  std::string text;  ///< as the first resident typed it, personal numbers masked
  std::int64_t count = 0;
  UnixMillis first_at;
  UnixMillis last_at;
  std::string state;  ///< open | attached | ignored | drafted
  std::string entry;
};

/// Counts a question once more. `wording`: its words in standard form, the key. What was ignored stays ignored.
void count_gap(Connection& connection, GapId fresh_id, std::string_view wording, std::string_view text, UnixMillis now);
/// Open ones, most asked first. `below_count`/`below_id` continue after the last row of the page before (0 = first
/// page).
[[nodiscard]] std::vector<GapRecord> open_gaps(Connection& connection, std::int64_t below_count, GapId below_id,
                                               std::int64_t limit);
[[nodiscard]] std::optional<GapRecord> load_gap(Connection& connection, GapId id);
void settle_gap(Connection& connection, GapId id, std::string_view state, std::string_view entry);

}  // namespace sahut::storage
