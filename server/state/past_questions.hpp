// Questions to try an edit on: what residents asked lately, and the examples of every published entry.
#pragma once

#include <vector>

#include "knowledge/preview.hpp"
#include "storage/connection.hpp"

namespace sahut::server {

/// At most this many of the newest messages are tried.
constexpr std::int64_t most_past_questions = 2000;

/// Each wording once with its count, personal numbers masked.
[[nodiscard]] std::vector<knowledge::PastQuestion> past_questions(storage::Connection& connection,
                                                                  const knowledge::Snapshot& snapshot);

}  // namespace sahut::server
