// One-vs-rest linear classifiers with squared hinge loss, trained by dual coordinate descent (Hsieh et al., ICML 2008),
// one lane of labels at a time: its weights stay in the processor's caches from pass to pass. No label knows of
// another, so a lane of them gives the same weights as all together, and lanes may be learnt side by side.
//
// A text of the label wants a score of 2, all others 0 or less, and not 1 and −1: with a hundred labels nearly every
// text is one of the others, and so most of them are content before anything was learnt and cost nothing.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nlu/example_set.hpp"
#include "nlu/lane.hpp"
#include "nlu/weight_table.hpp"

namespace sahut::nlu {

struct TrainerOptions {
  float cost = 1.0F;           ///< C of the squared hinge loss
  float positive_cost = 1.0F;  ///< factor of C for examples of the label itself
  std::uint32_t seed = 1;      ///< of the order in which texts are visited
};

class LaneTrainer {
 public:
  /// For the labels [first, first + lane_floats). `rows`: of its table, at least as many as the items have features.
  /// The examples must outlive it; they are visited in runs that lie side by side, so their order should be a mixed
  /// one.
  LaneTrainer(const ExampleSet& examples, std::size_t rows, std::uint32_t first, TrainerOptions options);

  /// Passes over the examples for which `chosen` is not 0 (all, if it is empty), in an order drawn from the seed. The
  /// first pass visits the labels' own examples, the second all, later ones those that were not content when they were
  /// last visited.
  void train(std::size_t passes, std::span<const std::uint8_t> chosen = {});
  /// Takes the examples for which `chosen` is not 0 out of the weights, as if they had never been seen.
  void forget(std::span<const std::uint8_t> chosen);

  /// What was learnt so far, to come back to after forgetting.
  struct State {
    WeightTable table;
    std::vector<float> alphas;           ///< multipliers [text][label], with the sign of the label
    std::vector<std::uint8_t> restless;  ///< [text]: it moved the weights when it was last visited
  };
  [[nodiscard]] const State& state() const { return state_; }
  void return_to(const State& earlier) { state_ = earlier; }

  [[nodiscard]] const WeightTable& weights() const { return state_.table; }

 private:
  const ExampleSet& examples_;
  TrainerOptions options_;
  std::uint32_t first_;
  std::size_t trained_ = 0;  ///< passes
  std::uint64_t random_;
  std::vector<std::uint32_t> chunks_;  ///< of texts, in the order of the last pass
  State state_;
};

}  // namespace sahut::nlu
