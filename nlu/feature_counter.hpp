// Numbers the features of the training texts and counts in which of them they occur.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nlu/features.hpp"

namespace sahut::nlu {

/// A feature that a text mentions, by its number.
struct Mention {
  std::uint32_t feature : 31 = 0;
  std::uint32_t stop : 1 = 0;  ///< in a stop word
};

/// The texts that have something: all that is asked of them is how many they are, and whether they are the same as
/// others.
struct TextSet {
  std::uint64_t hash = 0;   ///< of which texts, and of how they have it
  std::uint32_t count = 0;  ///< a text in which it comes twice counts twice
  std::uint32_t last = 0;   ///< of one text: which, and how

  void add(std::uint32_t text, bool stop);
  void add(const TextSet& others) {
    hash += others.hash;
    count += others.count;
    last = others.last;
  }
};

/// Thread: one at a time.
class FeatureCounter {
 public:
  /// `expected`: how many features there may be; makes room, and is no limit.
  explicit FeatureCounter(std::size_t expected = 0);

  /// Will soon be mentioned: fetches what that reads.
  void expect(const RawFeature& feature) const { __builtin_prefetch(&numbers_[feature.hash & (numbers_.size() - 1)]); }
  /// The number of a feature, in the order of first mention.
  [[nodiscard]] Mention mention(const RawFeature& feature);
  /// The next training text begins.
  void begin_text() { ++texts_; }
  /// Counts the feature in this text. False if the text had it before: then nothing is counted.
  bool count(Mention mention);
  /// Counts the feature in all of these texts at once.
  void count(Mention mention, const TextSet& texts) { counted_[mention.feature].texts.add(texts); }

  struct Counted {
    std::uint64_t hash = 0;
    TextSet texts;
    std::uint32_t last_text = 0;
    Block block = Block::words;
  };
  /// By number.
  [[nodiscard]] std::span<const Counted> counted() const { return counted_; }

 private:
  [[nodiscard]] std::uint32_t& number_of(std::uint64_t hash);
  void grow(std::size_t slots);

  std::vector<Counted> counted_;
  std::vector<std::uint32_t> numbers_;  ///< open addressing, a power of two: 0, or a number in counted_ and 1
  std::uint32_t texts_ = 0;
};

}  // namespace sahut::nlu
