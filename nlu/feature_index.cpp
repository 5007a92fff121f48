#include "nlu/feature_index.hpp"

#include <bit>
#include <cmath>

namespace sahut::nlu {
namespace {

constexpr std::size_t prefetch_ahead = 8;  // features; the slots of one utterance are scattered
// Measured on eight sets: clean text is flat in all three, typing errors gain from characters, few examples from hints.
constexpr std::array<float, block_count> block_length = {1.0F, 1.2F, 0.8F, 0.8F};

/// Numbers in the order in which they were first met, for one text.
class Met {
 public:
  explicit Met(std::size_t most) {
    if (most > few) many_.resize(std::bit_ceil(most * 2));
  }
  struct Place {
    std::uint32_t order;
    bool first_time;
  };
  [[nodiscard]] Place meet(std::uint32_t number) {
    const std::span<Mark> marks = many_.empty() ? std::span(few_) : std::span(many_);
    std::size_t at = (number * 0x9e3779b1U) & (marks.size() - 1);
    while (marks[at].number_and_one != 0) {
      if (marks[at].number_and_one == number + 1) return {marks[at].order, false};
      at = (at + 1) & (marks.size() - 1);
    }
    marks[at] = {number + 1, count_};
    return {count_++, true};
  }

 private:
  struct Mark {
    std::uint32_t number_and_one = 0;
    std::uint32_t order = 0;
  };
  static constexpr std::size_t few = 256;  // a question has about 150 features
  std::array<Mark, few * 2> few_{};
  std::vector<Mark> many_;
  std::uint32_t count_ = 0;
};

std::uint32_t upper_half(std::uint64_t hash) {
  return static_cast<std::uint32_t>(hash >> 32U);
}

}  // namespace

std::array<float, block_count> block_scales(const std::array<float, block_count>& squares) {
  std::array<float, block_count> scales{};
  for (std::size_t i = 0; i < block_count; ++i)
    scales[i] = squares[i] > 0 ? block_length[i] / std::sqrt(squares[i]) : 0;
  return scales;
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

std::array<float, block_count> FeatureIndex::look_up(std::span<const RawFeature> utterance,
                                                     std::vector<Found>& found) const {
  std::array<float, block_count> squares{};
  found.reserve(utterance.size());
  Met met(utterance.size());
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < utterance.size(); ++i) {
    if (i + prefetch_ahead < utterance.size()) __builtin_prefetch(&slots_[utterance[i + prefetch_ahead].hash & mask]);
    const RawFeature& feature = utterance[i];
    float& square = squares[static_cast<std::size_t>(feature.block)];
    const std::size_t at = slot_of(feature.hash);
    const Slot& slot = slots_[at];
    if (slot.column == no_column) {
      if (!feature.stop) square += unknown_weight_ * unknown_weight_;
      continue;
    }
    if (!met.meet(static_cast<std::uint32_t>(at)).first_time) continue;
    const float weight = feature.stop ? slot.weight * stop_share : slot.weight;
    square += weight * weight;
    found.push_back({slot.column, feature.word, feature.block, weight, slot.share});
  }
  return block_scales(squares);
}

void FeatureIndex::vectorise(std::span<const RawFeature> utterance, std::vector<Item>& out) const {
  std::vector<Found> found;
  const auto scales = look_up(utterance, found);
  out.clear();
  out.reserve(found.size());
  Met met(found.size());
  for (const Found& feature : found) {
    const float value = feature.weight * feature.share * scales[static_cast<std::size_t>(feature.block)];
    if (const Met::Place place = met.meet(feature.column); place.first_time) {
      out.push_back({feature.column, value});
    } else {
      out[place.order].value += value;
    }
  }
}

std::vector<FeatureShare> FeatureIndex::shares(std::span<const RawFeature> utterance) const {
  std::vector<Found> found;
  const auto scales = look_up(utterance, found);
  std::vector<FeatureShare> shares;
  shares.reserve(found.size());
  for (const Found& feature : found) {
    const float value = feature.weight * feature.share * scales[static_cast<std::size_t>(feature.block)];
    shares.push_back({{feature.column, value}, feature.word});
  }
  return shares;
}

}  // namespace sahut::nlu
