#include "nlu/vectoriser.hpp"

#include <algorithm>
#include <array>

namespace sahut::nlu {
namespace {

float weight_of(const KnownFeature& known, Mention mention) {
  return mention.stop != 0 ? known.weight * stop_share : known.weight;
}

}  // namespace

Vectoriser::Vectoriser(const FeatureColumns& columns, const WordGrams& words, std::size_t first_other)
    : columns_(columns), words_(words), first_other_(first_other), places_(columns.columns()) {}

void Vectoriser::vectorise(std::span<const std::uint32_t> words, std::span<const Mention> others,
                           std::vector<Item>& out) {
  std::size_t most = others.size();
  for (const std::uint32_t word : words) most += words_.items(word).size();
  if (items_.size() < most) items_.resize(most);
  count_ = 0;
  std::size_t first = 0;  // of the items of the block that is being added
  const auto end_block = [&](Block block, float square) {
    const float scale = block_scale(block, square);
    for (; first < count_; ++first) items_[first].value *= scale;
  };
  float square = 0;
  for (const std::uint32_t word : words) {
    square += words_.square(word);
    for (const Item& item : words_.items(word)) add(item.feature, item.value);
  }
  end_block(Block::characters, square);
  for (std::size_t i = 0; i < others.size();) {
    const Block block = columns_.known(first_other_ + others[i].feature).block;
    square = 0;
    for (; i < others.size(); ++i) {
      const KnownFeature& known = columns_.known(first_other_ + others[i].feature);
      if (known.block != block) break;
      const float weight = weight_of(known, others[i]);
      square += weight * weight;
      add(known.column, weight * known.share);
    }
    end_block(block, square);
  }
  out.assign(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(count_));
  for (const Item& item : out) places_[item.feature] = 0;
}

void add_grams(std::span<const Mention> mentions, const FeatureColumns& columns, WordGrams& words) {
  std::vector<Item> items;
  float square = 0;
  for (const Mention mention : mentions) {
    const KnownFeature& known = columns.known(mention.feature);
    const float weight = weight_of(known, mention);
    square += weight * weight;
    const auto same = std::ranges::find(items, known.column, &Item::feature);
    if (same != items.end()) {
      same->value += weight * known.share;
    } else {
      items.push_back({known.column, weight * known.share});
    }
  }
  words.add(items, square);
}

}  // namespace sahut::nlu
