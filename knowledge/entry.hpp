// One FAQ entry: a question residents have, how they ask it, and the answer with its facets.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/facet.hpp"

namespace sahut::knowledge {

/// When a person of the office is brought in after this answer.
enum class HandoffPolicy { never, offer, always };
[[nodiscard]] std::string_view name_of(HandoffPolicy policy);

/// Bounds that every channel can carry; refused at import and at save with the place.
constexpr std::size_t max_title_bytes = 80;
constexpr std::size_t max_answer_code_points = 3000;
constexpr std::size_t max_examples = 200;
constexpr std::size_t max_example_bytes = 1000;

struct Entry {
  std::string id;      ///< chosen by people, [a-z0-9-], at most 48 bytes: it fits a button's value
  std::string office;  ///< id of the office that answers for it
  std::string category;
  std::string title;  ///< as residents speak: it is shown as a choice
  std::vector<std::string> examples;
  std::vector<std::string> keywords;
  std::vector<std::string> rules;             ///< RE2 patterns that win over every score
  std::map<std::string, std::string> answer;  ///< by language: "id" always, "en" where written
  std::map<nlu::Facet, std::string> facets;   ///< short answers to "biayanya?", "berapa lama?" …
  std::string legal_basis;
  std::string source;
  std::string valid_from;   ///< local date YYYY-MM-DD, inclusive; empty = always
  std::string valid_until;  ///< local date, inclusive; empty = no end
  std::string review_by;    ///< local date by which the office looks at it again; empty = none
  HandoffPolicy handoff = HandoffPolicy::offer;
  std::vector<std::string> related;

  bool operator==(const Entry&) const = default;

  /// May it be told on this local date (YYYY-MM-DD)?
  [[nodiscard]] bool valid_on(std::string_view local_date) const {
    return (valid_from.empty() || valid_from <= local_date) && (valid_until.empty() || local_date <= valid_until);
  }
};

}  // namespace sahut::knowledge
