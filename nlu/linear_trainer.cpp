#include "nlu/linear_trainer.hpp"

#include <algorithm>
#include <utility>

namespace sahut::nlu {
namespace {

std::uint64_t next_random(std::uint64_t& state) {  // xorshift64*
  state ^= state >> 12U;
  state ^= state << 25U;
  state ^= state >> 27U;
  return state * 0x2545f4914f6cdd1dULL;
}

}  // namespace

void ExampleSet::add(std::span<const Item> items, std::uint32_t label) {
  items_.insert(items_.end(), items.begin(), items.end());
  ends_.push_back(items_.size());
  labels_.push_back(label);
  float square = 0;
  for (const Item& item : items) square += item.value * item.value;
  squares_.push_back(square);
}

LinearTrainer::LinearTrainer(const ExampleSet& examples, std::size_t features, std::uint32_t first, std::size_t classes,
                             TrainerOptions options)
    : examples_(examples),
      options_(options),
      first_(first),
      state_{.table = WeightTable(features, classes), .alphas = {}},
      scores_(state_.table.stride()),
      deltas_(state_.table.stride()),
      random_(seeded(options.seed)) {
  state_.alphas.resize(examples.size() * state_.table.stride());
}

void LinearTrainer::start_over(std::uint32_t first) {
  first_ = first;
  state_.table.clear();
  std::ranges::fill(state_.alphas, 0.0F);
  random_ = seeded(options_.seed);
}

void LinearTrainer::visit(std::size_t example) {
  WeightTable& table = state_.table;
  const std::size_t stride = table.stride();
  table.scores(examples_.items(example), scores_);
  float* alpha = state_.alphas.data() + example * stride;
  const float square = examples_.square(example);
  const float diagonal_negative = 0.5F / options_.cost;
  const float step_negative = 1.0F / (square + diagonal_negative);
  // Written for the negative classes, which are all but one; alpha ≤ 0 there.
  for (std::size_t i = 0; i < stride; ++i) {
    const float gradient = -scores_[i] - 1.0F - alpha[i] * diagonal_negative;
    deltas_[i] = std::min(alpha[i] + gradient * step_negative, 0.0F) - alpha[i];
  }
  if (const std::uint32_t label = examples_.label(example); label >= first_ && label - first_ < table.classes()) {
    const std::size_t own = label - first_;
    const float diagonal_positive = diagonal_negative / options_.positive_cost;
    const float gradient = 1.0F - scores_[own] - alpha[own] * diagonal_positive;
    deltas_[own] = std::max(alpha[own] + gradient / (square + diagonal_positive), 0.0F) - alpha[own];
  }
  for (std::size_t i = table.classes(); i < stride; ++i) deltas_[i] = 0;
  for (std::size_t i = 0; i < stride; ++i) alpha[i] += deltas_[i];
  table.add(examples_.items(example), deltas_);
}

void LinearTrainer::train(std::size_t passes, std::span<const std::uint8_t> chosen) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < examples_.size(); ++i) {
    if (chosen.empty() || chosen[i] != 0) order.push_back(i);
  }
  for (std::size_t pass = 0; pass < passes; ++pass) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[next_random(random_) % i]);
    for (const std::size_t example : order) visit(example);
  }
}

void LinearTrainer::forget(std::span<const std::uint8_t> chosen) {
  for (std::size_t i = 0; i < examples_.size(); ++i) {
    if (chosen[i] == 0) continue;
    float* alpha = state_.alphas.data() + i * deltas_.size();
    for (std::size_t c = 0; c < deltas_.size(); ++c) deltas_[c] = -alpha[c];
    state_.table.add(examples_.items(i), deltas_);
    std::fill_n(alpha, deltas_.size(), 0.0F);
  }
}

}  // namespace sahut::nlu
