#include "nlu/feature_index.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <utility>

namespace sahut::nlu {
namespace {

constexpr std::size_t first_slots = 1024;
constexpr std::size_t prefetch_ahead = 8;  // features; the slots of one utterance are scattered
// Measured on eight sets: clean text is flat in all three, typing errors gain from characters, few examples from hints.
constexpr std::array<float, block_count> block_length = {1.0F, 1.2F, 0.8F, 0.8F};
constexpr float stop_share = 0.8F;  ///< of the weight of a stop word's features

/// The features of one text that were met already.
class Met {
 public:
  explicit Met(std::size_t most) {
    if (most > few) many_.resize(std::bit_ceil(most * 2));
  }
  /// True the first time.
  [[nodiscard]] bool first_time(std::uint32_t feature) {
    const std::span<std::uint32_t> marks = many_.empty() ? std::span(few_) : std::span(many_);
    std::size_t at = (feature * 0x9e3779b1U) & (marks.size() - 1);
    while (marks[at] != 0) {
      if (marks[at] == feature + 1) return false;
      at = (at + 1) & (marks.size() - 1);
    }
    marks[at] = feature + 1;
    return true;
  }

 private:
  static constexpr std::size_t few = 512;  // a question has about 150
  std::array<std::uint32_t, few * 2> few_{};
  std::vector<std::uint32_t> many_;
};

}  // namespace

std::size_t FeatureIndex::slot_of(std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].hash != 0 && slots_[at].hash != hash) at = (at + 1) & mask;
  return at;
}

void FeatureIndex::grow() {
  std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(std::max(first_slots, slots_.size() * 2)));
  for (const Slot& slot : old) {
    if (slot.hash != 0) slots_[slot_of(slot.hash)] = slot;
  }
}

void FeatureIndex::count(std::span<const RawFeature> document) {
  ++documents_;
  for (const RawFeature& feature : document) {
    if ((size_ + 1) * 2 > slots_.size()) grow();
    Slot& slot = slots_[slot_of(feature.hash)];
    if (slot.hash == 0) {
      slot = {feature.hash, static_cast<std::uint32_t>(size_), 0};
      counts_.emplace_back();
      ++size_;
    }
    Count& count = counts_[slot.id];
    if (count.last_document == documents_) continue;
    count.last_document = documents_;
    ++count.documents;
  }
}

void FeatureIndex::finish() {
  if (slots_.empty()) grow();
  const auto total = static_cast<float>(documents_);
  for (Slot& slot : slots_) {
    if (slot.hash == 0) continue;
    slot.weight = std::sqrt(std::log((total + 1) / (static_cast<float>(counts_[slot.id].documents) + 0.5F)) + 0.1F);
  }
  unknown_weight_ = std::sqrt(std::log((total + 1) / 0.5F));
  counts_ = {};
}

void FeatureIndex::vectorise(std::span<const RawFeature> document, SparseVector& out) const {
  struct Found {
    std::uint32_t feature;
    std::uint16_t word;
    Block block;
    float weight;
  };
  std::array<float, block_count> squares{};
  std::vector<Found> found;
  found.reserve(document.size());
  Met met(document.size());
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < document.size(); ++i) {
    if (i + prefetch_ahead < document.size()) __builtin_prefetch(&slots_[document[i + prefetch_ahead].hash & mask]);
    const RawFeature& feature = document[i];
    const Slot& slot = slots_[slot_of(feature.hash)];
    if (slot.hash != 0) {
      if (!met.first_time(slot.id)) continue;
      const float weight = feature.stop ? slot.weight * stop_share : slot.weight;
      found.push_back({slot.id, feature.word, feature.block, weight});
    } else if (!feature.stop) {
      squares[static_cast<std::size_t>(feature.block)] += unknown_weight_ * unknown_weight_;
    }
  }
  for (const Found& item : found) squares[static_cast<std::size_t>(item.block)] += item.weight * item.weight;
  std::array<float, block_count> scales{};
  for (std::size_t i = 0; i < block_count; ++i)
    scales[i] = squares[i] > 0 ? block_length[i] / std::sqrt(squares[i]) : 0;
  out.items.clear();
  out.words.clear();
  out.items.reserve(found.size());
  out.words.reserve(found.size());
  for (const Found& item : found) {
    out.items.push_back({item.feature, item.weight * scales[static_cast<std::size_t>(item.block)]});
    out.words.push_back(item.word);
  }
}

}  // namespace sahut::nlu
