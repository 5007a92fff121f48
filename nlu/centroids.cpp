#include "nlu/centroids.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sahut::nlu {

Centroids::Centroids(const ExampleSet& examples, std::span<const float> emphasis, std::size_t features,
                     std::size_t label_count, const ModelOptions& options, const Put& put)
    : examples_(examples),
      emphasis_(emphasis),
      options_(options),
      counts_(label_count, 0.0F),
      lengths_(label_count, 0.0F) {
  std::vector<std::size_t> by_label(examples.size());
  std::iota(by_label.begin(), by_label.end(), std::size_t{0});
  std::ranges::stable_sort(by_label, {}, [&examples](std::size_t i) { return examples.label(i); });
  std::vector<float> sum(features, 0.0F);
  std::vector<std::uint32_t> touched;
  for (std::size_t at = 0; at < by_label.size();) {
    const std::uint32_t label = examples.label(by_label[at]);
    if (label >= label_count) break;
    touched.clear();
    for (; at < by_label.size() && examples.label(by_label[at]) == label; ++at) {
      counts_[label] += 1;
      for (const Item& item : examples.items(by_label[at])) {
        if (sum[item.feature] == 0.0F) touched.push_back(item.feature);
        sum[item.feature] += emphasis[by_label[at]] * item.value;
      }
    }
    float square = 0;
    for (const std::uint32_t feature : touched) square += sum[feature] * sum[feature];
    lengths_[label] = std::sqrt(square);
    const float scale = square > 0 ? share(counts_[label]) / lengths_[label] : 0.0F;
    for (const std::uint32_t feature : touched) {
      put(feature, label, sum[feature] * scale);
      sum[feature] = 0;
    }
  }
}

float Centroids::share(float texts) const {
  return options_.centroid / (1.0F + (texts - 1.0F) / options_.centroid_halving);
}

float Centroids::score_without(std::size_t example, float own_score) const {
  const std::uint32_t label = examples_.label(example);
  if (label >= counts_.size() || counts_[label] < 2) return 0;
  const float weight = emphasis_[example];
  const float square = examples_.square(example);
  const float dot = own_score * lengths_[label] / share(counts_[label]);  // vector · sum
  const float rest = lengths_[label] * lengths_[label] - 2 * weight * dot + weight * weight * square;
  if (rest <= 1e-6F) return 0;
  return share(counts_[label] - 1) * (dot - weight * square) / std::sqrt(rest);
}

}  // namespace sahut::nlu
