// One-vs-rest linear classifiers with squared hinge loss, trained by dual coordinate descent (Hsieh et al., ICML 2008),
// one lane of labels at a time: its weights stay in the processor's caches from pass to pass. No label knows of
// another, so a lane of them gives the same weights as all together.
//
// A text of the label wants a score of 2, all others 0 or less, and not 1 and −1: with a hundred labels nearly every
// text is one of the others, and so most of them are content before anything was learnt and cost nothing.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nlu/lane.hpp"
#include "nlu/weight_table.hpp"

namespace sahut::nlu {

/// Training texts as vectors, in one block of memory.
class ExampleSet {
 public:
  /// `cost`: how much a mistake at this text costs, as a factor of TrainerOptions::cost.
  void add(std::span<const Item> items, std::uint32_t label, float cost = 1);
  [[nodiscard]] std::size_t size() const { return labels_.size(); }
  /// Of all examples together.
  [[nodiscard]] std::size_t item_count() const { return items_.size(); }
  [[nodiscard]] std::span<const Item> items(std::size_t example) const {
    return std::span(items_).subspan(ends_[example], ends_[example + 1] - ends_[example]);
  }
  [[nodiscard]] std::uint32_t label(std::size_t example) const { return labels_[example]; }
  /// Squared length.
  [[nodiscard]] float square(std::size_t example) const { return squares_[example]; }
  [[nodiscard]] float cost(std::size_t example) const { return costs_[example]; }

 private:
  std::vector<Item, LargeBlock<Item>> items_;
  std::vector<std::size_t> ends_ = {0};
  std::vector<std::uint32_t> labels_;
  std::vector<float> squares_;
  std::vector<float> costs_;
};

struct TrainerOptions {
  float cost = 1.0F;           ///< C of the squared hinge loss
  float positive_cost = 1.0F;  ///< factor of C for examples of the label itself
  std::uint32_t seed = 1;      ///< of the order in which texts are visited
};

/// A training text as the trainer visits it.
struct TrainerText {
  std::uint32_t begin = 0;  ///< of its items
  std::uint32_t count = 0;
  std::uint32_t example = 0;
  std::uint32_t label = 0;
  float square = 0;
  float diagonal = 0;  ///< 1 / (2 C) of this text
};

class LinearTrainer {
 public:
  LinearTrainer(const ExampleSet& examples, std::size_t features, TrainerOptions options);

  /// Forgets everything and turns to the labels [first, first + lane_floats).
  void start(std::uint32_t first);
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
  [[nodiscard]] std::uint64_t seeded() const { return 0x9e3779b97f4a7c15ULL ^ options_.seed; }

  TrainerOptions options_;
  std::uint32_t first_ = 0;
  std::size_t trained_ = 0;  ///< passes since start()
  std::uint64_t random_ = 0;
  std::vector<TrainerText> texts_;  ///< in an order drawn from the seed
  std::vector<Item, LargeBlock<Item>> items_;
  std::vector<std::uint32_t> chunks_;  ///< of texts, in the order of the last pass
  State state_;
};

}  // namespace sahut::nlu
