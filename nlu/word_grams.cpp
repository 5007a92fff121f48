#include "nlu/word_grams.hpp"

namespace sahut::nlu {

void WordGrams::add(std::span<const Item> grams, float square) {
  items_.insert(items_.end(), grams.begin(), grams.end());
  ends_.push_back(items_.size());
  squares_.push_back(square);
}

void WordGrams::fill_rows(WeightTable& table, std::size_t first) const {
  for (std::uint32_t word = 0; word < size(); ++word)
    table.scores(items(word), {table.row(static_cast<std::uint32_t>(first) + word), table.stride()});
}

}  // namespace sahut::nlu
