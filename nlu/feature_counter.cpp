#include "nlu/feature_counter.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace sahut::nlu {
namespace {

constexpr std::size_t first_numbers = 1024;

/// Of one text, to be added up over the texts of a feature.
std::uint64_t text_hash(std::uint32_t text, bool stop) {
  std::uint64_t value = (std::uint64_t{text} * 2 + (stop ? 1 : 0)) * 0x9e3779b97f4a7c15ULL;
  value ^= value >> 29U;
  value *= 0xbf58476d1ce4e5b9ULL;
  return value ^ (value >> 32U);
}

}  // namespace

std::uint32_t& FeatureCounter::number_of(std::uint64_t hash) {
  const std::size_t mask = numbers_.size() - 1;
  std::size_t at = hash & mask;
  while (numbers_[at] != 0 && counted_[numbers_[at] - 1].hash != hash) at = (at + 1) & mask;
  return numbers_[at];
}

void FeatureCounter::grow() {
  numbers_.assign(std::max(first_numbers, numbers_.size() * 2), 0);
  for (std::uint32_t i = 0; i < counted_.size(); ++i) number_of(counted_[i].hash) = i + 1;
}

Mention FeatureCounter::mention(const RawFeature& feature) {
  if ((counted_.size() + 1) * 2 > numbers_.size()) grow();
  std::uint32_t& number = number_of(feature.hash);
  if (number == 0) {
    counted_.push_back({.hash = feature.hash, .block = feature.block});
    number = static_cast<std::uint32_t>(counted_.size());
  }
  return {.feature = (number - 1) & 0x7fffffffU, .stop = feature.stop ? 1U : 0U};
}

void FeatureCounter::count(std::span<const Mention> text) {
  ++texts_;
  for (const Mention mention : text) {
    Counted& counted = counted_[mention.feature];
    if (counted.last_text == texts_) continue;
    counted.last_text = texts_;
    ++counted.count;
    counted.texts += text_hash(texts_, mention.stop != 0);
  }
}

std::vector<std::uint32_t> FeatureCounter::file_in_columns() {
  // The block belongs to the key: a text's blocks are scaled differently, so only within one are the values the same.
  std::array<std::unordered_map<std::uint64_t, std::uint32_t>, block_count> column_of;
  std::vector<std::uint32_t> features_of;
  for (std::size_t i = 0; i < counted_.size(); ++i) {
    const auto next = static_cast<std::uint32_t>(features_of.size());
    const auto [place, added] =
        column_of[static_cast<std::size_t>(counted_[i].block)].try_emplace(counted_[i].texts, next);
    if (added) features_of.push_back(0);
    ++features_of[place->second];
    known_[i].column = place->second;
  }
  return features_of;
}

FeatureIndex FeatureCounter::finish() {
  known_.resize(counted_.size());
  const std::vector<std::uint32_t> features_of = file_in_columns();
  const auto total = static_cast<float>(texts_);
  for (std::size_t i = 0; i < counted_.size(); ++i) {
    const auto count = static_cast<float>(counted_[i].count);
    known_[i].hash = counted_[i].hash;
    known_[i].weight = std::sqrt(std::log((total + 1) / (count + 0.5F)) + 0.1F);
    known_[i].share = 1 / std::sqrt(static_cast<float>(features_of[known_[i].column]));
    counted_[i].last_text = 0;
  }
  numbers_ = {};
  places_.resize(features_of.size());
  last_text_.resize(features_of.size());
  texts_ = 0;
  return {known_, features_of.size(), std::sqrt(std::log((total + 1) / 0.5F))};
}

void FeatureCounter::vectorise(std::span<const Mention> text, std::vector<Item>& out) {
  ++texts_;
  std::array<float, block_count> squares{};
  out.clear();
  blocks_.clear();
  for (const Mention mention : text) {
    Counted& counted = counted_[mention.feature];
    if (counted.last_text == texts_) continue;
    counted.last_text = texts_;
    const KnownFeature& known = known_[mention.feature];
    const float weight = mention.stop != 0 ? known.weight * stop_share : known.weight;
    const auto block = static_cast<std::uint8_t>(counted.block);
    squares[block] += weight * weight;
    if (last_text_[known.column] == texts_) {
      out[places_[known.column]].value += weight * known.share;
      continue;
    }
    last_text_[known.column] = texts_;
    places_[known.column] = static_cast<std::uint32_t>(out.size());
    out.push_back({known.column, weight * known.share});
    blocks_.push_back(block);
  }
  const auto scales = block_scales(squares);
  for (std::size_t i = 0; i < out.size(); ++i) out[i].value *= scales[blocks_[i]];
}

}  // namespace sahut::nlu
