// Which features a knowledge base knows and how telling each is (inverse document frequency); turns the features of one
// utterance into a vector whose blocks have fixed length. Made from
// FeatureColumns.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "nlu/features.hpp"
#include "nlu/weight_table.hpp"
#include "nlu/word_grams.hpp"

namespace sahut::nlu {

/// One item of a vector, and the word it comes from.
struct FeatureShare {
  Item item;
  std::uint16_t word = 0;
};

/// What is known of one feature.
struct KnownFeature {
  std::uint64_t hash = 0;
  std::uint32_t column = 0;
  float weight = 0;  ///< square root of the inverse document frequency
  float share = 1;   ///< of its column: 1 / √features of the column, so that the lengths of vectors stay
  Block block = Block::words;
};

/// A word of an utterance that the knowledge base has.
struct KnownWord {
  std::uint32_t number = 0;  ///< in the grams of words
  std::uint16_t position = 0;
};

inline constexpr float stop_share = 0.8F;  ///< of the weight of a stop word's features
/// What the items of a block are multiplied with, given the sum of their squares.
[[nodiscard]] float block_scale(Block block, float square);

class FeatureIndex {
 public:
  FeatureIndex() = default;
  /// `unknown_weight`: of a feature that no training text has.
  FeatureIndex(std::span<const KnownFeature> features, std::size_t columns, float unknown_weight);

  /// The knowledge base's own words: each is one item, numbered behind the columns.
  void set_words(WordGrams words) { words_ = std::move(words); }

  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] const WordGrams& words() const { return words_; }
  /// What an Item's `feature` stays below: columns, and rows of words.
  [[nodiscard]] std::size_t size() const { return columns_ + words_.size(); }
  /// The vector of one utterance: `words` are those that the knowledge base has, each once, `others` all features but
  /// the characters of those. Features that are not known count in the length of their block, so that a text full of
  /// unknown words is short in all that is known. A column may come twice. Replaces what `out` held.
  void vectorise(std::span<const KnownWord> words, std::span<const RawFeature> others, std::vector<Item>& out) const;
  /// The same, item by item with its word.
  [[nodiscard]] std::vector<FeatureShare> shares(std::span<const KnownWord> words,
                                                 std::span<const RawFeature> others) const;

 private:
  /// Sixteen bytes, so that a look-up is one miss.
  struct Slot {
    std::uint32_t check = 0;  ///< upper half of the hash; the place in the table stands for most of the lower
    std::uint32_t column = no_column;
    float weight = 0;
    float share = 0;
  };
  static constexpr std::uint32_t no_column = 0xffffffffU;

  [[nodiscard]] std::size_t slot_of(std::uint64_t hash) const;
  /// Hands each item of the vector, with the position of its word, to `add`.
  template <typename Add>
  void for_each_item(std::span<const KnownWord> words, std::span<const RawFeature> others, const Add& add) const;

  std::vector<Slot> slots_;  ///< open addressing, a power of two, at most two thirds full
  std::size_t columns_ = 0;
  float unknown_weight_ = 0;
  WordGrams words_;
};

}  // namespace sahut::nlu
