// The centroid of each label: the mean direction of its texts. With one to three texts it is the better half of the
// model; its weight falls as texts are added.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "nlu/linear_trainer.hpp"
#include "nlu/model_options.hpp"

namespace sahut::nlu {

class Centroids {
 public:
  /// Receives the weights, label by label.
  using Put = std::function<void(std::uint32_t feature, std::uint32_t label, float weight)>;

  /// `emphasis[i]`: weight of example i in its centroid. Examples with label ≥ label_count have none. Examples,
  /// emphasis and options must outlive the centroids.
  Centroids(const ExampleSet& examples, std::span<const float> emphasis, std::size_t features, std::size_t label_count,
            const ModelOptions& options, const Put& put);

  /// What the own label's score of an example would be, had the example not been in the centroid.
  /// `own_score`: its score with it.
  [[nodiscard]] float score_without(std::size_t example, float own_score) const;

 private:
  [[nodiscard]] float share(float texts) const;

  const ExampleSet& examples_;
  std::span<const float> emphasis_;
  const ModelOptions& options_;
  std::vector<float> counts_;   ///< texts of each label
  std::vector<float> lengths_;  ///< length of the sum of its vectors
};

}  // namespace sahut::nlu
