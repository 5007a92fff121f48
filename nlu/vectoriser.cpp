#include "nlu/vectoriser.hpp"

#include <algorithm>

namespace sahut::nlu {
namespace {

float weight_of(const KnownFeature& known, Mention mention) {
  return mention.stop != 0 ? known.weight * stop_share : known.weight;
}

}  // namespace

Vectoriser::Vectoriser(const FeatureColumns& columns, const WordGrams& words, std::size_t first_other)
    : columns_(columns), words_(words), first_other_(first_other), places_(columns.columns()) {}

std::span<const Item> Vectoriser::vectorise(std::span<const std::uint32_t> words, std::span<const Mention> others) {
  // All that will be read lies far apart.
  for (const Mention mention : others) __builtin_prefetch(&known(mention));
  std::size_t most = others.size();
  float square = 0;
  for (const std::uint32_t word : words) {
    const std::span<const Item> items = words_.items(word);
    __builtin_prefetch(items.data());
    most += items.size();
    square += words_.square(word);
  }
  if (items_.size() < most) items_.resize(most);
  count_ = 0;
  const float scale = block_scale(Block::characters, square);
  for (const std::uint32_t word : words) {
    for (const Item& item : words_.items(word)) add(item.feature, item.value * scale);
  }
  for (std::size_t first = 0, last = 0; first < others.size(); first = last) {
    const Block block = known(others[first]).block;
    square = 0;
    for (; last < others.size() && known(others[last]).block == block; ++last) {
      const float weight = weight_of(known(others[last]), others[last]);
      square += weight * weight;
    }
    const float of_block = block_scale(block, square);
    for (const Mention mention : others.subspan(first, last - first)) {
      const KnownFeature& feature = known(mention);
      add(feature.column, weight_of(feature, mention) * feature.share * of_block);
    }
  }
  const std::span items(items_.data(), count_);
  for (const Item& item : items) places_[item.feature] = 0;
  return items;
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
