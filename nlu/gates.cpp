#include "nlu/gates.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <utility>

#include "nlu/linear_trainer.hpp"
#include "nlu/own_features.hpp"

namespace sahut::nlu {
namespace {

constexpr std::size_t held_out_share = 3;  // one sentence in three waits until it was scored unseen
constexpr std::size_t passes_without = 4;
constexpr std::size_t passes_with = 3;  // after it has caught up
constexpr float cost = 1.0F;            // flat from 0.25 to 4
constexpr int newton_steps = 30;
constexpr double usual_steepness = 3;  // where there is nothing to learn from
constexpr double longest_move = 1;     // of one Newton step

}  // namespace

Gates::Curve Gates::fit(std::span<const float> passing, std::span<const float> others) {
  // Platt's method with his smoothed targets; both sides weigh the same, however many sentences each has.
  Curve curve{.offset = 0, .steepness = usual_steepness};
  const auto pass_count = static_cast<double>(passing.size());
  const auto other_count = static_cast<double>(others.size());
  for (int step = 0; step < newton_steps; ++step) {
    double rise = 0;
    double rise_steep = 0.1 * (usual_steepness - curve.steepness);
    double bend = 1e-6;
    double bend_both = 0;
    double bend_steep = 0.1;
    const auto add = [&](std::span<const float> scores, double target, double weight) {
      for (const float score : scores) {
        const auto x = static_cast<double>(score);
        const double p = 1 / (1 + std::exp(-(curve.offset + curve.steepness * x)));
        const double error = weight * (target - p);
        const double spread = weight * p * (1 - p);
        rise += error;
        rise_steep += error * x;
        bend += spread;
        bend_both += spread * x;
        bend_steep += spread * x * x;
      }
    };
    add(passing, (pass_count + 1) / (pass_count + 2), 1);
    add(others, 1 / (other_count + 2), other_count > 0 ? pass_count / other_count : 0);
    const double determinant = bend * bend_steep - bend_both * bend_both;
    if (determinant <= 1e-12) break;
    const double move = (bend_steep * rise - bend_both * rise_steep) / determinant;
    const double move_steep = (bend * rise_steep - bend_both * rise) / determinant;
    curve.offset += std::clamp(move, -longest_move, longest_move);
    curve.steepness += std::clamp(move_steep, -longest_move, longest_move);
    if (std::abs(move) + std::abs(move_steep) < 1e-6) break;
  }
  return curve;
}

Gates::Gates(const ExampleSet& examples, std::size_t signals, std::size_t columns, const WordGrams& words,
             std::size_t gate_count, const ModelOptions& options)
    : signals_(signals, gate_count), table_(columns + words.size(), gate_count) {
  assert(gate_count < lane_floats);  // all gates and what passes none are learnt at once
  if (gate_count == 0) return;
  LaneTrainer trainer(examples, columns, signals,
                      {.cost = cost, .positive_cost = options.positive_cost, .seed = options.seed});
  trainer.begin(0);
  std::vector<std::uint8_t> left_out(examples.size());
  std::vector<std::uint8_t> kept(examples.size());
  for (std::size_t i = 0; i < examples.size(); ++i) {
    left_out[i] = i % held_out_share == 0 ? 1 : 0;
    kept[i] = left_out[i] == 0 ? 1 : 0;
  }
  trainer.train(passes_without, kept);
  std::vector<std::vector<float>> passing(gate_count);
  std::vector<std::vector<float>> others(gate_count);
  std::array<float, lane_floats> scores{};
  for (std::size_t i = 0; i < examples.size(); ++i) {
    if (left_out[i] == 0) continue;
    trainer.scores(i, scores);
    for (std::size_t gate = 0; gate < gate_count; ++gate) {
      (examples.label(i) == gate ? passing : others)[gate].push_back(scores[gate]);
    }
  }
  trainer.catch_up(left_out);
  trainer.train(passes_with);
  for (std::size_t gate = 0; gate < gate_count; ++gate) {
    curves_.push_back(fit(passing[gate], others[gate]));
  }
  const std::size_t split = trainer.first_signal() * lane_floats;
  table_.add(trainer.weights().all().first(split));
  signals_.add(trainer.weights().all().subspan(split));
  OwnFeatures(examples, columns).add_to(table_, trainer);
  words.fill_rows(table_, columns);
}

void Gates::confidences(std::span<const Item> items, std::span<const Item> signals, std::span<double> out) const {
  if (curves_.empty()) return;
  std::array<float, lane_floats> of_items{};
  std::array<float, lane_floats> of_signals{};
  table_.scores(items, of_items);
  signals_.scores(signals, of_signals);
  for (std::size_t gate = 0; gate < curves_.size(); ++gate) {
    const auto score = static_cast<double>(of_items[gate] + of_signals[gate]);
    out[gate] = 1 / (1 + std::exp(-(curves_[gate].offset + curves_[gate].steepness * score)));
  }
}

}  // namespace sahut::nlu
