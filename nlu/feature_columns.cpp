#include "nlu/feature_columns.hpp"

#include <algorithm>
#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cmath>

namespace sahut::nlu {
namespace {

struct Column {
  std::uint32_t texts = 0;
  std::uint32_t features = 0;
};

constexpr std::uint32_t no_column = 0xffffffffU;

/// The column of a set of texts. The block belongs to the key: a text's blocks are scaled differently, so only within
/// one are the values the same.
class ColumnsOfTexts {
 public:
  ColumnsOfTexts(std::size_t features, std::uint32_t texts) : of_many_(features / 2) {
    for (std::vector<std::uint32_t>& columns : of_one_) columns.assign((texts + std::size_t{1}) * 2, no_column);
  }
  std::uint32_t& column(const FeatureCounter::Counted& feature) {
    const auto block = static_cast<std::size_t>(feature.block);
    // Most features have one text.
    if (feature.texts.count == 1) return of_one_[block][feature.texts.last];
    return of_many_.try_emplace(feature.texts.hash + block * 0xd6e8feb86659fd93ULL, no_column).first->second;
  }

 private:
  std::array<std::vector<std::uint32_t>, block_count> of_one_;  ///< [how which text has it]
  boost::unordered_flat_map<std::uint64_t, std::uint32_t> of_many_;
};

/// The place of each column once those of most texts stand first: what is asked for again and again lies together, in
/// the processor's caches.
std::vector<std::uint32_t> places_of(const std::vector<Column>& columns) {
  std::uint32_t most = 0;
  for (const Column& column : columns) most = std::max(most, column.texts);
  std::vector<std::uint32_t> next(most + std::size_t{2});  // [most − texts]: place of the next such column
  for (const Column& column : columns) ++next[most - column.texts + 1];
  for (std::size_t i = 1; i < next.size(); ++i) next[i] += next[i - 1];
  std::vector<std::uint32_t> places;
  places.reserve(columns.size());
  for (const Column& column : columns) places.push_back(next[most - column.texts]++);
  return places;
}

}  // namespace

FeatureColumns::FeatureColumns(std::span<const FeatureCounter* const> counters, std::uint32_t texts) {
  std::size_t features = 0;
  for (const FeatureCounter* counter : counters) features += counter->counted().size();
  known_.reserve(features);
  std::vector<Column> columns;
  ColumnsOfTexts of_texts(features, texts);
  for (const FeatureCounter* counter : counters) {
    for (const FeatureCounter::Counted& feature : counter->counted()) {
      std::uint32_t& column = of_texts.column(feature);
      if (column == no_column) {
        column = static_cast<std::uint32_t>(columns.size());
        columns.push_back({.texts = feature.texts.count});
      }
      ++columns[column].features;
      known_.push_back({.hash = feature.hash, .column = column, .block = feature.block});
    }
  }
  columns_ = columns.size();
  shared_ = columns_ - static_cast<std::size_t>(
                           std::ranges::count_if(columns, [](const Column& column) { return column.texts <= 1; }));
  const std::vector<std::uint32_t> places = places_of(columns);

  const auto total = static_cast<float>(texts);
  std::vector<float> weights(texts + std::size_t{1});  // [texts], where they were asked for
  const auto weight_of = [&](std::uint32_t count) {
    float& weight = weights[std::min(count, texts)];  // characters may come more than once a text
    if (weight == 0.0F)
      weight = std::sqrt(std::log((total + 1) / (static_cast<float>(std::min(count, texts)) + 0.5F)) + 0.1F);
    return weight;
  };
  unknown_weight_ = std::sqrt(std::log((total + 1) / 0.5F));
  for (KnownFeature& feature : known_) {
    const Column& column = columns[feature.column];
    feature.weight = weight_of(column.texts);
    if (column.features > 1) feature.share = 1 / std::sqrt(static_cast<float>(column.features));
    feature.column = places[feature.column];
  }
}

}  // namespace sahut::nlu
