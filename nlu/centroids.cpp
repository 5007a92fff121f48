#include "nlu/centroids.hpp"

#include <cmath>

namespace sahut::nlu {
namespace {

constexpr float least_share = 0.04F;  // below it, which is from some sixty texts on, nobody would hear it

}  // namespace

Centroids::Centroids(const ExampleSet& examples, std::span<const float> emphasis, std::size_t label_count,
                     const ModelOptions& options)
    : examples_(examples), emphasis_(emphasis), options_(options), starts_(label_count + 1) {
  for (const Example& example : examples.all()) {
    if (example.label < label_count) ++starts_[example.label + 1];
  }
  for (std::size_t label = 0; label < label_count; ++label) starts_[label + 1] += starts_[label];
  by_label_.resize(starts_.back());
  std::vector<std::size_t> next = starts_;
  for (std::uint32_t i = 0; i < examples.size(); ++i) {
    if (const std::uint32_t label = examples.label(i); label < label_count) by_label_[next[label]++] = i;
  }
}

Centroids::Centroid Centroids::of(std::uint32_t label, std::span<float> sums) const {
  Centroid centroid;
  if (share(count(label)) == 0.0F) return centroid;
  std::vector<std::uint32_t> touched;
  for (std::size_t at = starts_[label]; at < starts_[label + 1]; ++at) {
    const std::uint32_t example = by_label_[at];
    for (const Item& item : examples_.items(example)) {
      if (sums[item.feature] == 0.0F) touched.push_back(item.feature);
      sums[item.feature] += emphasis_[example] * item.value;
    }
  }
  float square = 0;
  for (const std::uint32_t feature : touched) square += sums[feature] * sums[feature];
  centroid.length = std::sqrt(square);
  const float scale = square > 0 ? share(count(label)) / centroid.length : 0.0F;
  centroid.weights.reserve(touched.size());
  for (const std::uint32_t feature : touched) {
    centroid.weights.push_back({feature, sums[feature] * scale});
    sums[feature] = 0;
  }
  return centroid;
}

float Centroids::share(float texts) const {
  const float share = options_.centroid / (1.0F + (texts - 1.0F) / options_.centroid_halving);
  return share < least_share ? 0.0F : share;
}

float Centroids::score_without(std::size_t example, float own_score, float length) const {
  const std::uint32_t label = examples_.label(example);
  if (label >= label_count() || count(label) < 2 || length == 0.0F) return 0;
  const float weight = emphasis_[example];
  const float square = examples_[example].square;
  const float dot = own_score * length / share(count(label));  // vector · sum
  const float rest = length * length - 2 * weight * dot + weight * weight * square;
  if (rest <= 1e-6F) return 0;
  return share(count(label) - 1) * (dot - weight * square) / std::sqrt(rest);
}

}  // namespace sahut::nlu
