// Things with a shape: identity numbers, phone numbers, money, dates, times, RT/RW, plates, places, other numbers.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "nlu/lexicon.hpp"
#include "nlu/utterance.hpp"

namespace sahut::nlu {

/// An entity and the words it covers, [first, last).
struct FoundEntity {
  EntityKind kind = EntityKind::number;
  std::size_t first = 0;
  std::size_t last = 0;
  [[nodiscard]] bool replaces_words() const { return kind != EntityKind::place; }
};

/// Entities in the order of the text; they don't overlap. `words` are those of split_words(folded), `listed` what the
/// lexicon says of each.
[[nodiscard]] std::vector<FoundEntity> recognise(std::string_view folded, std::span<const Span> words,
                                                 std::span<const Lexicon::Listed> listed, const Lexicon& lexicon);

}  // namespace sahut::nlu
