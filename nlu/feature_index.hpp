// Which features a knowledge base knows and how telling each is (inverse document frequency); turns the features of one
// utterance into a vector whose blocks have fixed length. Features that occur in just the same texts of a knowledge
// base (the grams of one rare word, all that only one text has) can't be told apart by what is learnt from those texts:
// they share a column, with the same result and a third of the work.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "nlu/features.hpp"
#include "nlu/weight_table.hpp"

namespace sahut::nlu {

/// What one feature adds to a vector, and the word it comes from.
struct FeatureShare {
  Item item;
  std::uint16_t word = 0;
};

class FeatureIndex {
 public:
  /// Counts in how many documents each feature occurs. Call for each training text, then finish().
  void count(std::span<const RawFeature> document);
  void finish();

  /// Columns: what an Item's `feature` stays below.
  [[nodiscard]] std::size_t size() const { return column_count_; }
  /// The vector of one utterance, no column twice; features that are not known count in the length of their block, so
  /// that a text full of unknown words is short in all that is known. Replaces what `out` held.
  void vectorise(std::span<const RawFeature> document, std::vector<Item>& out) const;
  /// The same, feature by feature: the shares of a column add up to its item.
  [[nodiscard]] std::vector<FeatureShare> shares(std::span<const RawFeature> document) const;

 private:
  /// While counting.
  struct Counted {
    std::uint64_t hash = 0;
    std::uint64_t texts = 0;  ///< hash of the set of documents it occurs in, and of how
    std::uint32_t documents = 0;
    std::uint32_t last_document = 0;
    Block block = Block::words;
  };
  /// For look-ups; sixteen bytes, so that one is one miss.
  struct Slot {
    std::uint32_t check = 0;  ///< upper half of the hash; the place in the table stands for most of the lower
    std::uint32_t column = no_column;
    float weight = 0;  ///< square root of the inverse document frequency
    float share = 0;   ///< of its column: 1 / √features of the column, so that the lengths of vectors stay
  };
  struct Found {
    std::uint32_t column;
    std::uint16_t word;
    Block block;
    float weight;
    float share;
  };
  static constexpr std::uint32_t no_column = 0xffffffffU;

  [[nodiscard]] std::uint32_t& number_of(std::uint64_t hash);
  void grow();
  [[nodiscard]] std::size_t slot_of(std::uint64_t hash) const;
  /// Fills `found` with the known features, each once; returns what the items of each block are multiplied with.
  std::array<float, block_count> look_up(std::span<const RawFeature> document, std::vector<Found>& found) const;

  std::vector<Counted> counted_;        ///< until finish()
  std::vector<std::uint32_t> numbers_;  ///< open addressing: 0, or a number in counted_ and 1; until finish()
  std::vector<Slot> slots_;             ///< open addressing, a power of two, at most half full
  std::size_t column_count_ = 0;
  std::uint32_t documents_ = 0;
  float unknown_weight_ = 0;
};

}  // namespace sahut::nlu
