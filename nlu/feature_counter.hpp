// Counts the features of the training texts: numbers them, weighs them by how few texts they occur in, and turns those
// texts into vectors. Features that occur in just the same texts (the grams of one rare word, all that only one text
// has) can't be told apart by what is learnt from those texts: they share a column, with the same result and two thirds
// of the columns saved.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nlu/feature_index.hpp"

namespace sahut::nlu {

/// A feature that a text mentions, by its number.
struct Mention {
  std::uint32_t feature : 31 = 0;
  std::uint32_t stop : 1 = 0;  ///< in a stop word
};

class FeatureCounter {
 public:
  /// The number of a feature, in the order of first mention.
  [[nodiscard]] Mention mention(const RawFeature& feature);
  /// One training text, each for itself; a feature may come twice.
  void count(std::span<const Mention> text);
  /// What was counted; nothing may be counted afterwards.
  [[nodiscard]] FeatureIndex finish();

  /// The vector of a text that was counted, no column twice. Replaces what `out` held.  REQUIRES: finish() was called.
  void vectorise(std::span<const Mention> text, std::vector<Item>& out);

 private:
  struct Counted {
    std::uint64_t hash = 0;
    std::uint64_t texts = 0;  ///< hash of the set of texts it occurs in, and of how
    std::uint32_t count = 0;  ///< of texts
    std::uint32_t last_text = 0;
    Block block = Block::words;
  };
  [[nodiscard]] std::uint32_t& number_of(std::uint64_t hash);
  void grow();
  /// Gives each feature its column; returns how many features each column has.
  std::vector<std::uint32_t> file_in_columns();

  std::vector<Counted> counted_;
  std::vector<std::uint32_t> numbers_;  ///< open addressing: 0, or a number in counted_ and 1
  std::uint32_t texts_ = 0;
  std::vector<KnownFeature> known_;       ///< of each feature; from finish() on, as is what follows
  std::vector<std::uint32_t> places_;     ///< of each column in the vector that is being made
  std::vector<std::uint32_t> last_text_;  ///< of each column
  std::vector<std::uint8_t> blocks_;      ///< of each item of that vector
};

}  // namespace sahut::nlu
