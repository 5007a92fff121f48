// The centroid of each label: the mean direction of its texts. With one to three texts it is the better half of the
// model; its weight falls as texts are added.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nlu/example_set.hpp"
#include "nlu/model_options.hpp"

namespace sahut::nlu {

class Centroids {
 public:
  /// `emphasis[i]`: weight of example i in its centroid. Examples with label ≥ label_count have none. Examples,
  /// emphasis and options must outlive the centroids.
  Centroids(const ExampleSet& examples, std::span<const float> emphasis, std::size_t label_count,
            const ModelOptions& options);

  [[nodiscard]] std::size_t label_count() const { return starts_.size() - 1; }

  struct Centroid {
    std::vector<Item> weights;  ///< no feature twice
    float length = 0;           ///< of the sum of its label's vectors
  };
  /// `sums`: as many zeros as there are features, and zeros again when it returns.
  [[nodiscard]] Centroid of(std::uint32_t label, std::span<float> sums) const;

  /// What the own label's score of an example would be, had the example not been in the centroid.
  /// `own_score`: its score with it; `length`: of its label's centroid.
  [[nodiscard]] float score_without(std::size_t example, float own_score, float length) const;

 private:
  [[nodiscard]] float count(std::uint32_t label) const {
    return static_cast<float>(starts_[label + 1] - starts_[label]);
  }
  [[nodiscard]] float share(float texts) const;

  const ExampleSet& examples_;
  std::span<const float> emphasis_;
  const ModelOptions& options_;
  std::vector<std::uint32_t> by_label_;  ///< examples
  std::vector<std::size_t> starts_;      ///< [label] → first in by_label_; one more at the end
};

}  // namespace sahut::nlu
