#include "nlu/feature_counter.hpp"

#include <algorithm>
#include <bit>

namespace sahut::nlu {
namespace {

constexpr std::size_t fewest_slots = 1024;

}  // namespace

void TextSet::add(std::uint32_t text, bool stop) {
  last = text * 2 + (stop ? 1 : 0);
  std::uint64_t value = last * 0x9e3779b97f4a7c15ULL;
  value ^= value >> 29U;
  value *= 0xbf58476d1ce4e5b9ULL;
  hash += value ^ (value >> 32U);
  ++count;
}

FeatureCounter::FeatureCounter(std::size_t expected) {
  counted_.reserve(expected);
  grow(std::bit_ceil(std::max(fewest_slots, expected * 2)));
}

std::uint32_t& FeatureCounter::number_of(std::uint64_t hash) {
  const std::size_t mask = numbers_.size() - 1;
  std::size_t at = hash & mask;
  while (numbers_[at] != 0 && counted_[numbers_[at] - 1].hash != hash) at = (at + 1) & mask;
  return numbers_[at];
}

void FeatureCounter::grow(std::size_t slots) {
  numbers_.assign(slots, 0);
  for (std::uint32_t i = 0; i < counted_.size(); ++i) number_of(counted_[i].hash) = i + 1;
}

Mention FeatureCounter::mention(const RawFeature& feature) {
  if ((counted_.size() + 1) * 2 > numbers_.size()) grow(numbers_.size() * 2);
  std::uint32_t& number = number_of(feature.hash);
  if (number == 0) {
    counted_.push_back({.hash = feature.hash, .texts = {}, .block = feature.block});
    number = static_cast<std::uint32_t>(counted_.size());
  }
  return {.feature = (number - 1) & 0x7fffffffU, .stop = feature.stop ? 1U : 0U};
}

bool FeatureCounter::count(Mention mention) {
  Counted& counted = counted_[mention.feature];
  if (counted.last_text == texts_) return false;
  counted.last_text = texts_;
  counted.texts.add(texts_, mention.stop != 0);
  return true;
}

}  // namespace sahut::nlu
