// The features that only one training text has. They need no place in what is learnt pass by pass: the weight of such a
// feature is the text's multiplier times its value.
#pragma once

#include <cstdint>
#include <vector>

#include "nlu/example_set.hpp"
#include "nlu/linear_trainer.hpp"

namespace sahut::nlu {

class OwnFeatures {
 public:
  OwnFeatures() = default;
  /// `features`: of all texts, shared ones too.
  OwnFeatures(const ExampleSet& examples, std::size_t features);

  /// Adds what was learnt of them to their rows of a lane.
  void add_to(WeightTable& lane, const LaneTrainer& trainer) const;

 private:
  struct Own {
    std::uint32_t text = 0;
    float value = 0;  ///< 0 if none of these texts has it
  };
  std::size_t first_ = 0;
  std::vector<Own> own_;  ///< [feature − first_]
};

}  // namespace sahut::nlu
