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

/// Whom a pass visits: texts of the lane's own labels, all, or those that moved the weights when last visited.
enum class Whom : std::uint8_t { own, all, restless };

class LaneTrainer {
 public:
  /// `features`, `signals`: how many the texts have. The examples must outlive it and be sorted by key: those of
  /// neighbouring keys are visited together, so keys should be well mixed.
  LaneTrainer(const ExampleSet& examples, std::size_t features, std::size_t signals, TrainerOptions options);

  /// Forgets all, and learns the labels [first, first + lane_floats) from now on. Its memory stays: fresh megabytes for
  /// each lane would cost as much as learning it.
  void begin(std::uint32_t first);

  /// Passes over the examples for which `chosen` is not 0 (all, if it is empty), in an order drawn from the seed. The
  /// first pass visits the labels' own examples, the second all, later ones those that were not content when they were
  /// last visited.
  void train(std::size_t passes, std::span<const std::uint8_t> chosen = {});
  /// Visits the examples for which `chosen` is not 0, which the passes so far left out, once. The next pass visits all
  /// of them that are not content then.
  void catch_up(std::span<const std::uint8_t> chosen);
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

  /// Of the features that texts share, and behind them of the signals.
  [[nodiscard]] const WeightTable& weights() const { return state_.table; }
  [[nodiscard]] std::size_t first_signal() const { return first_signal_; }
  /// out[0, lane_floats) = what it says of one of its texts.
  void scores(std::size_t text, std::span<float> out) const;
  /// The multipliers of a text, one a label: what only this text has weighs these times its value.
  [[nodiscard]] std::span<const float> multipliers(std::size_t text) const {
    return std::span(state_.alphas).subspan(text * lane_floats, lane_floats);
  }

 private:
  void visit(Whom whom, std::span<const std::uint8_t> chosen);

  const ExampleSet& examples_;
  TrainerOptions options_;
  std::size_t first_signal_;  ///< row
  std::uint32_t first_ = 0;
  std::size_t trained_ = 0;  ///< passes
  std::uint64_t random_ = 0;
  std::vector<std::uint32_t> starts_;  ///< [chunk] → its first text; one more at the end
  std::vector<std::uint32_t> chunks_;  ///< in the order of the last pass
  State state_;
};

}  // namespace sahut::nlu
