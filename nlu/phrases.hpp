// Phrases that the lexicon knows, found in an utterance: those that ask for a facet and those that belong to a group of
// synonyms.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "nlu/features.hpp"
#include "nlu/lexicon.hpp"

namespace sahut::nlu {

/// A phrase at words [first, last).
struct PhraseHit {
  const Phrase* phrase = nullptr;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

inline constexpr std::size_t phrase_words_max = 3;

/// From left to right, the longest phrase at each place; they don't overlap. A word counts by its standard form or else
/// by its stem.
void find_phrases(std::span<const Word> words, const Lexicon& lexicon, std::vector<PhraseHit>& out);

}  // namespace sahut::nlu
