// Counts the features of the training texts: numbers them, weighs them by how few texts they occur in, and files them
// in columns. Features that occur in just the same texts (the grams of one rare word, all that only one text has) can't
// be told apart by what is learnt from those texts: they share a column, with the same result and two thirds of the
// columns saved.
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
  /// The next training text begins.
  void begin_text() { ++texts_; }
  /// Some of its features.
  void count(std::span<const Mention> mentions);
  /// Weighs what was counted; nothing may be counted afterwards.
  [[nodiscard]] FeatureIndex finish();

  /// From finish() on.
  [[nodiscard]] const KnownFeature& known(Mention mention) const { return known_[mention.feature]; }
  [[nodiscard]] std::size_t features() const { return known_.size(); }
  [[nodiscard]] std::size_t columns() const { return columns_; }

 private:
  struct Counted {
    std::uint64_t hash = 0;
    std::uint64_t texts = 0;  ///< hash of the texts it occurs in, of how, and how often
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
  std::vector<KnownFeature> known_;  ///< of each feature
  std::size_t columns_ = 0;
};

/// Makes the vectors of texts that were counted. Each thread has its own.
class Vectoriser {
 public:
  /// Both must outlive it. `words` may be empty.
  Vectoriser(const FeatureCounter& counter, const WordGrams& words);

  /// No column twice; replaces what `out` held. `words`: numbers in the grams of words, each once; `others`: what is no
  /// character.
  void vectorise(std::span<const std::uint32_t> words, std::span<const Mention> others, std::vector<Item>& out);

 private:
  void add(std::uint32_t column, float value, Block block, std::vector<Item>& out);

  const FeatureCounter& counter_;
  const WordGrams& words_;
  std::uint32_t text_ = 0;
  std::vector<std::uint32_t> last_text_of_feature_;
  std::vector<std::uint32_t> last_text_of_column_;
  std::vector<std::uint32_t> places_;  ///< of each column in the vector that is being made
  std::vector<std::uint8_t> blocks_;   ///< of each item of that vector
};

/// The grams of a word, by its mentions.
void add_grams(std::span<const Mention> mentions, const FeatureCounter& counter, WordGrams& words);

}  // namespace sahut::nlu
