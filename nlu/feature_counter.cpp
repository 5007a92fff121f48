#include "nlu/feature_counter.hpp"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cmath>
#include <numeric>

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

void FeatureCounter::count(std::span<const Mention> mentions) {
  for (const Mention mention : mentions) {
    Counted& counted = counted_[mention.feature];
    const bool again = counted.last_text == texts_;
    if (again && counted.block != Block::characters) continue;
    counted.last_text = texts_;
    if (!again) ++counted.count;
    counted.texts += text_hash(texts_, mention.stop != 0);
  }
}

std::vector<std::uint32_t> FeatureCounter::file_in_columns() {
  // The block belongs to the key: a text's blocks are scaled differently, so only within one are the values the same.
  std::array<boost::unordered_flat_map<std::uint64_t, std::uint32_t>, block_count> column_of;
  std::vector<std::uint32_t> features_of;
  std::vector<std::uint32_t> texts_of;
  for (std::size_t i = 0; i < counted_.size(); ++i) {
    const auto next = static_cast<std::uint32_t>(features_of.size());
    const auto [place, added] =
        column_of[static_cast<std::size_t>(counted_[i].block)].try_emplace(counted_[i].texts, next);
    if (added) {
      features_of.push_back(0);
      texts_of.push_back(counted_[i].count);
    }
    ++features_of[place->second];
    known_[i].column = place->second;
  }
  // The columns of most texts first: what is asked for again and again lies together, in the processor's caches.
  std::vector<std::uint32_t> order(features_of.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [&texts_of](std::uint32_t column) { return texts_of[column]; });
  std::vector<std::uint32_t> new_place(order.size());
  std::vector<std::uint32_t> features_of_new(order.size());
  for (std::uint32_t place = 0; place < order.size(); ++place) {
    new_place[order[place]] = place;
    features_of_new[place] = features_of[order[place]];
  }
  for (KnownFeature& feature : known_) feature.column = new_place[feature.column];
  return features_of_new;
}

FeatureIndex FeatureCounter::finish() {
  known_.resize(counted_.size());
  const std::vector<std::uint32_t> features_of = file_in_columns();
  columns_ = features_of.size();
  const auto total = static_cast<float>(texts_);
  for (std::size_t i = 0; i < counted_.size(); ++i) {
    const auto count = static_cast<float>(counted_[i].count);
    known_[i].hash = counted_[i].hash;
    known_[i].block = counted_[i].block;
    known_[i].weight = std::sqrt(std::log((total + 1) / (count + 0.5F)) + 0.1F);
    known_[i].share = 1 / std::sqrt(static_cast<float>(features_of[known_[i].column]));
  }
  numbers_ = {};
  counted_ = {};
  return {known_, columns_, std::sqrt(std::log((total + 1) / 0.5F))};
}

Vectoriser::Vectoriser(const FeatureCounter& counter, const WordGrams& words)
    : counter_(counter),
      words_(words),
      last_text_of_feature_(counter.features()),
      last_text_of_column_(counter.columns()),
      places_(counter.columns()) {}

void Vectoriser::add(std::uint32_t column, float value, Block block, std::vector<Item>& out) {
  if (last_text_of_column_[column] == text_) {
    out[places_[column]].value += value;
    return;
  }
  last_text_of_column_[column] = text_;
  places_[column] = static_cast<std::uint32_t>(out.size());
  out.push_back({column, value});
  blocks_.push_back(static_cast<std::uint8_t>(block));
}

void Vectoriser::vectorise(std::span<const std::uint32_t> words, std::span<const Mention> others,
                           std::vector<Item>& out) {
  ++text_;
  out.clear();
  blocks_.clear();
  std::array<float, block_count> squares{};
  for (const std::uint32_t word : words) {
    squares[static_cast<std::size_t>(Block::characters)] += words_.square(word);
    for (const Item& item : words_.items(word)) add(item.feature, item.value, Block::characters, out);
  }
  for (const Mention mention : others) {
    if (last_text_of_feature_[mention.feature] == text_) continue;
    last_text_of_feature_[mention.feature] = text_;
    const KnownFeature& known = counter_.known(mention);
    const float weight = mention.stop != 0 ? known.weight * stop_share : known.weight;
    squares[static_cast<std::size_t>(known.block)] += weight * weight;
    add(known.column, weight * known.share, known.block, out);
  }
  const auto scales = block_scales(squares);
  for (std::size_t i = 0; i < out.size(); ++i) out[i].value *= scales[blocks_[i]];
}

void add_grams(std::span<const Mention> mentions, const FeatureCounter& counter, WordGrams& words) {
  std::vector<Item> items;
  float square = 0;
  for (const Mention mention : mentions) {
    const KnownFeature& known = counter.known(mention);
    const float weight = mention.stop != 0 ? known.weight * stop_share : known.weight;
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
