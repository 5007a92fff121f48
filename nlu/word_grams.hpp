// The characters of each word of a knowledge base, added up once. A word that is known brings one item into a vector
// where its grams would bring a dozen, and its row of weights is the sum of theirs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "nlu/weight_table.hpp"

namespace sahut::nlu {

class WordGrams {
 public:
  /// Of the next word: what its grams add to a vector, no column twice, and the sum of the squares of the grams.
  void add(std::span<const Item> grams, float square);

  [[nodiscard]] std::size_t size() const { return squares_.size(); }
  [[nodiscard]] std::span<const Item> items(std::uint32_t word) const {
    return std::span(items_).subspan(ends_[word], ends_[word + 1] - ends_[word]);
  }
  [[nodiscard]] float square(std::uint32_t word) const { return squares_[word]; }

  /// Fills the rows of `table` from `first` on, one a word.
  void fill_rows(WeightTable& table, std::size_t first) const;

 private:
  std::vector<Item> items_;
  std::vector<std::size_t> ends_ = {0};
  std::vector<float> squares_;
};

}  // namespace sahut::nlu
