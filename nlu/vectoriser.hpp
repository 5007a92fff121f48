// Makes the vectors of texts that were counted.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nlu/feature_columns.hpp"
#include "nlu/word_grams.hpp"

namespace sahut::nlu {

/// Each thread has its own.
class Vectoriser {
 public:
  /// Both must outlive it. `words` may be empty. `first_other`: what the number of a mention's feature is added to.
  Vectoriser(const FeatureColumns& columns, const WordGrams& words, std::size_t first_other);

  /// No column twice; valid until the next call. `words`: numbers in the grams of words, each once; `others`: what is
  /// no character, each feature once and those of one block together.
  [[nodiscard]] std::span<const Item> vectorise(std::span<const std::uint32_t> words, std::span<const Mention> others);

 private:
  void add(std::uint32_t column, float value) {
    std::uint32_t& place = places_[column];
    if (place == 0) {
      items_[count_] = {column, 0};
      place = static_cast<std::uint32_t>(++count_);
    }
    items_[place - 1].value += value;
  }

  [[nodiscard]] const KnownFeature& known(Mention mention) const {
    return columns_.known(first_other_ + mention.feature);
  }

  const FeatureColumns& columns_;
  const WordGrams& words_;
  std::size_t first_other_;
  std::vector<std::uint32_t> places_;  ///< of each column: its place in items_ and 1, or 0; zeros between two texts
  std::vector<Item> items_;            ///< of the text that is being made
  std::size_t count_ = 0;
};

/// The grams of a word, by its mentions.
void add_grams(std::span<const Mention> mentions, const FeatureColumns& columns, WordGrams& words);

}  // namespace sahut::nlu
