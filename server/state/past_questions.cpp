#include "server/state/past_questions.hpp"

#include <map>

#include "values/masking.hpp"

namespace sahut::server {

std::vector<knowledge::PastQuestion> past_questions(storage::Connection& connection,
                                                    const knowledge::Snapshot& snapshot) {
  std::map<std::string, std::int64_t> counted;
  connection.query(
      "SELECT text FROM message WHERE author = 'resident' AND kind = 'text' AND text <> '' ORDER BY id DESC LIMIT $1",
      {most_past_questions}, [&](const storage::Row& row) { ++counted[mask_numbers(row.text(0))]; });
  for (const knowledge::PublishedEntry& published : snapshot.entries()) {
    for (const std::string& example : published.entry.examples) counted.try_emplace(example, 1);
  }
  std::vector<knowledge::PastQuestion> questions;
  questions.reserve(counted.size());
  for (const auto& [text, count] : counted) questions.push_back({text, count});
  return questions;
}

}  // namespace sahut::server
