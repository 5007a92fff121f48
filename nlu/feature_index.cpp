#include "nlu/feature_index.hpp"

#include <bit>
#include <cmath>

namespace sahut::nlu {
namespace {

constexpr std::size_t prefetch_ahead = 8;  // features; the slots of one utterance are scattered
// Measured on eight sets: clean text is flat in all three, typing errors gain from characters, few examples from hints.
constexpr std::array<float, block_count> block_length = {1.0F, 1.2F, 0.8F, 0.8F};

/// Which numbers were met already, for one text.
class Met {
 public:
  explicit Met(std::size_t most) {
    if (most > few) many_.resize(std::bit_ceil(most * 2));
  }
  [[nodiscard]] bool first_time(std::uint32_t number) {
    const std::span<std::uint32_t> marks = many_.empty() ? std::span(few_) : std::span(many_);
    std::size_t at = (number * 0x9e3779b1U) & (marks.size() - 1);
    for (; marks[at] != 0; at = (at + 1) & (marks.size() - 1)) {
      if (marks[at] == number + 1) return false;
    }
    marks[at] = number + 1;
    return true;
  }

 private:
  static constexpr std::size_t few = 128;     // a long question has about 60 features that are not characters
  std::array<std::uint32_t, few * 2> few_{};  ///< a number and 1, or 0
  std::vector<std::uint32_t> many_;
};

std::uint32_t upper_half(std::uint64_t hash) {
  return static_cast<std::uint32_t>(hash >> 32U);
}

}  // namespace

float block_scale(Block block, float square) {
  return square > 0 ? block_length[static_cast<std::size_t>(block)] / std::sqrt(square) : 0;
}

FeatureIndex::FeatureIndex(std::span<const KnownFeature> features, std::size_t columns, float unknown_weight)
    : slots_(std::bit_ceil(features.size() + features.size() / 2 + 1)),
      columns_(columns),
      unknown_weight_(unknown_weight) {
  for (const KnownFeature& feature : features)
    slots_[slot_of(feature.hash)] = {upper_half(feature.hash), feature.column, feature.weight, feature.share};
}

std::size_t FeatureIndex::slot_of(std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].column != no_column && slots_[at].check != upper_half(hash)) at = (at + 1) & mask;
  return at;
}

template <typename Add>
void FeatureIndex::for_each_item(std::span<const KnownWord> words, std::span<const RawFeature> others,
                                 const Add& add) const {
  struct Found {
    std::uint32_t column;
    std::uint16_t word;
    Block block;
    float value;
  };
  std::vector<Found> found;
  found.reserve(others.size());
  std::array<float, block_count> squares{};
  Met met(others.size());
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < others.size(); ++i) {
    if (i + prefetch_ahead < others.size()) __builtin_prefetch(&slots_[others[i + prefetch_ahead].hash & mask]);
    const RawFeature& feature = others[i];
    float& square = squares[static_cast<std::size_t>(feature.block)];
    const std::size_t at = slot_of(feature.hash);
    const Slot& slot = slots_[at];
    if (slot.column == no_column) {
      if (!feature.stop) square += unknown_weight_ * unknown_weight_;
      continue;
    }
    if (feature.block != Block::characters && !met.first_time(static_cast<std::uint32_t>(at))) continue;
    const float weight = feature.stop ? slot.weight * stop_share : slot.weight;
    square += weight * weight;
    found.push_back({slot.column, feature.word, feature.block, weight * slot.share});
  }
  constexpr auto characters = static_cast<std::size_t>(Block::characters);
  for (const KnownWord& word : words) squares[characters] += words_.square(word.number);
  std::array<float, block_count> scales{};
  for (std::size_t i = 0; i < block_count; ++i) scales[i] = block_scale(static_cast<Block>(i), squares[i]);
  for (const KnownWord& word : words) {
    add(Item{static_cast<std::uint32_t>(columns_) + word.number, scales[characters]}, word.position);
  }
  for (const Found& feature : found)
    add(Item{feature.column, feature.value * scales[static_cast<std::size_t>(feature.block)]}, feature.word);
}

void FeatureIndex::vectorise(std::span<const KnownWord> words, std::span<const RawFeature> others,
                             std::vector<Item>& out) const {
  out.clear();
  out.reserve(words.size() + others.size());
  for_each_item(words, others, [&out](const Item& item, std::uint16_t /*word*/) { out.push_back(item); });
}

std::vector<FeatureShare> FeatureIndex::shares(std::span<const KnownWord> words,
                                               std::span<const RawFeature> others) const {
  std::vector<FeatureShare> shares;
  for_each_item(words, others, [&shares](const Item& item, std::uint16_t word) { shares.push_back({item, word}); });
  return shares;
}

}  // namespace sahut::nlu
