#include "nlu/own_features.hpp"

#include <algorithm>

namespace sahut::nlu {

OwnFeatures::OwnFeatures(const ExampleSet& examples, std::size_t features)
    : first_(std::min(features, examples.first_own())), own_(features - first_) {
  for (std::uint32_t text = 0; text < examples.size(); ++text) {
    for (const Item& item : examples.own_items(text)) own_[item.feature - first_] = {text, item.value};
  }
}

void OwnFeatures::add_to(WeightTable& lane, const LaneTrainer& trainer) const {
  float* row = own_.empty() ? nullptr : lane.row(static_cast<std::uint32_t>(first_));
  for (const Own& own : own_) {
    const std::span<const float> multipliers = trainer.multipliers(own.text);
    for (std::size_t c = 0; c < lane_floats; ++c) row[c] += multipliers[c] * own.value;
    row += lane_floats;
  }
}

}  // namespace sahut::nlu
