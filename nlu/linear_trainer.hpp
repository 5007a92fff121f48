// One-vs-rest linear classifiers with squared hinge loss, trained by dual coordinate descent (Hsieh et al., ICML 2008),
// several classes at once. No class knows of another, so a block of them gives the same weights as all together.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nlu/weight_table.hpp"

namespace sahut::nlu {

/// Training texts as vectors, in one block of memory.
class ExampleSet {
 public:
  void add(std::span<const Item> items, std::uint32_t label);
  [[nodiscard]] std::size_t size() const { return labels_.size(); }
  [[nodiscard]] std::span<const Item> items(std::size_t example) const {
    return std::span(items_).subspan(ends_[example], ends_[example + 1] - ends_[example]);
  }
  [[nodiscard]] std::uint32_t label(std::size_t example) const { return labels_[example]; }
  /// Squared length.
  [[nodiscard]] float square(std::size_t example) const { return squares_[example]; }

 private:
  std::vector<Item, LargeBlock<Item>> items_;
  std::vector<std::size_t> ends_ = {0};
  std::vector<std::uint32_t> labels_;
  std::vector<float> squares_;
};

struct TrainerOptions {
  float cost = 1.0F;           ///< C of the squared hinge loss
  float positive_cost = 1.0F;  ///< factor of C for examples of the class itself
  std::uint32_t seed = 1;
};

class LinearTrainer {
 public:
  /// For the labels [first, first + classes). The examples must outlive the trainer.
  LinearTrainer(const ExampleSet& examples, std::size_t features, std::uint32_t first, std::size_t classes,
                TrainerOptions options);

  /// Forgets everything and turns to as many labels from `first` on.
  void start_over(std::uint32_t first);
  /// Passes over the examples for which `chosen` is not 0 (all, if it is empty), in an order drawn from the seed.
  void train(std::size_t passes, std::span<const std::uint8_t> chosen = {});
  /// Takes the examples for which `chosen` is not 0 out of the weights, as if they had never been seen.
  void forget(std::span<const std::uint8_t> chosen);

  /// What was learnt so far, to come back to after forgetting.
  struct State {
    WeightTable table;
    std::vector<float> alphas;  ///< multipliers [example][class], with the sign of the class
  };
  [[nodiscard]] const State& state() const { return state_; }
  void return_to(const State& earlier) { state_ = earlier; }

  [[nodiscard]] const WeightTable& weights() const { return state_.table; }
  [[nodiscard]] WeightTable take_weights() && { return std::move(state_.table); }

 private:
  static std::uint64_t seeded(std::uint32_t seed) { return 0x9e3779b97f4a7c15ULL ^ seed; }
  void visit(std::size_t example);

  const ExampleSet& examples_;
  TrainerOptions options_;
  std::uint32_t first_;
  State state_;
  std::vector<float> scores_;
  std::vector<float> deltas_;
  std::uint64_t random_;
};

}  // namespace sahut::nlu
