// An utterance's words as features of the linear model: stems and pairs of stems with sentence edges in one block, the
// characters of words in another, what the lexicon's phrases say in a third. The pairs tell "cara bikin" from "biaya
// bikin"; the characters survive typos.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/word.hpp"

namespace sahut::nlu {

/// What the lexicon's phrases say of an utterance: the head of a group of synonyms or the name of a facet.
struct Hint {
  std::string_view name;
  std::uint16_t word = 0;  ///< position of its first word
};

enum class Block : std::uint8_t { words, characters, hints, signals };
inline constexpr std::size_t block_count = 4;

struct RawFeature {
  std::uint64_t hash = 0;
  Block block = Block::words;
  std::uint16_t word = 0;  ///< position of the word it comes from
  bool stop = false;       ///< of a stop word
};

// Features are known by a 64-bit hash only: among a million features a collision has a chance of 3e-8. One may come
// twice: of the characters each counts, for a word is the sum of its grams and a text the sum of its different words;
// of the others the first does. All functions append.

/// The stems of all words.
void extract_stems(std::span<const Word> words, std::vector<RawFeature>& out);
/// The characters of a word: itself, each three in a row, the first three with the edge before and the last two with
/// the edge behind them.
void extract_grams(const Word& word, std::uint16_t position, std::vector<RawFeature>& out);
/// What its neighbours make of a word: pairs of stems, with the edges of the text.
void extract_pairs(std::span<const Word> words, std::vector<RawFeature>& out);
void extract_hints(std::span<const Hint> hints, std::vector<RawFeature>& out);

/// Each signal that occurs, each pair of different ones, and how many there are: "an animal, a child" says more than
/// both alone.
void extract_signals(std::span<const Hint> signals, std::vector<RawFeature>& out);

/// Hash of the feature that is one stem: Word::stem_feature.
[[nodiscard]] std::uint64_t stem_feature(std::string_view stem);

}  // namespace sahut::nlu
