// Which features a knowledge base knows and how telling each is (inverse document frequency); turns the features of one
// utterance into a vector whose blocks have fixed length. Made by a FeatureCounter.
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

/// What is known of one feature.
struct KnownFeature {
  std::uint64_t hash = 0;
  std::uint32_t column = 0;
  float weight = 0;  ///< square root of the inverse document frequency
  float share = 0;   ///< of its column: 1 / √features of the column, so that the lengths of vectors stay
};

inline constexpr float stop_share = 0.8F;  ///< of the weight of a stop word's features
/// What the items of each block are multiplied with, given the sums of their squares.
[[nodiscard]] std::array<float, block_count> block_scales(const std::array<float, block_count>& squares);

class FeatureIndex {
 public:
  FeatureIndex() = default;
  /// `unknown_weight`: of a feature that no training text has.
  FeatureIndex(std::span<const KnownFeature> features, std::size_t columns, float unknown_weight);

  /// Columns: what an Item's `feature` stays below.
  [[nodiscard]] std::size_t size() const { return columns_; }
  /// The vector of one utterance, no column twice; features that are not known count in the length of their block, so
  /// that a text full of unknown words is short in all that is known. Replaces what `out` held.
  void vectorise(std::span<const RawFeature> utterance, std::vector<Item>& out) const;
  /// The same, feature by feature: the shares of a column add up to its item.
  [[nodiscard]] std::vector<FeatureShare> shares(std::span<const RawFeature> utterance) const;

 private:
  /// Sixteen bytes, so that a look-up is one miss.
  struct Slot {
    std::uint32_t check = 0;  ///< upper half of the hash; the place in the table stands for most of the lower
    std::uint32_t column = no_column;
    float weight = 0;
    float share = 0;
  };
  struct Found {
    std::uint32_t column;
    std::uint16_t word;
    Block block;
    float weight;
    float share;
  };
  static constexpr std::uint32_t no_column = 0xffffffffU;

  [[nodiscard]] std::size_t slot_of(std::uint64_t hash) const;
  /// Fills `found` with the known features, each once; returns the scales of the blocks.
  std::array<float, block_count> look_up(std::span<const RawFeature> utterance, std::vector<Found>& found) const;

  std::vector<Slot> slots_;  ///< open addressing, a power of two, at most two thirds full
  std::size_t columns_ = 0;
  float unknown_weight_ = 0;
};

}  // namespace sahut::nlu
