#include "nlu/linear_trainer.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "nlu/shuffle.hpp"

namespace sahut::nlu {
namespace {

constexpr float wanted_score = 2.0F;
// Texts of neighbouring keys lie and stay together: with ten thousand, twenty, for the processor to read ahead; few
// enough for each pass to have an order of its own (one order for all passes cost half a percent of right answers).
// The number is the same for all sets, so an edit moves no text but its own. Were it drawn by place, one sentence more
// in one entry would change what is said to one question in thirty.
constexpr std::size_t chunk_count = 500;

struct Pass {
  std::span<const Example> texts;
  std::span<const std::uint32_t> starts;  ///< of chunks
  std::span<const std::uint32_t> chunks;
  const std::uint8_t* chosen;
  Whom whom;
  std::uint32_t first;
  std::size_t first_signal;  ///< row
  float diagonal;            ///< 1 / (2 C)
  float positive_cost;
};

SAHUT_WIDE_LOOP void visit_all(const Pass& pass, float* weights, float* alphas, std::uint8_t* restless) {
  const auto row = [weights](const Item& item) {
    return reinterpret_cast<LooseLane*>(weights + std::size_t{item.feature} * lane_floats);
  };
  const auto signal_row = [weights, &pass](const Item& item) {
    return reinterpret_cast<LooseLane*>(weights + (pass.first_signal + item.feature) * lane_floats);
  };
  const Lane nothing{};
  const LaneNumbers places = {0, 1, 2, 3, 4, 5, 6, 7};
  for (const std::uint32_t group : pass.chunks) {
    const std::size_t end = pass.starts[group + std::size_t{1}];
    for (std::size_t at = pass.starts[group]; at < end; ++at) {
      const Example& text = pass.texts[at];
      if (pass.chosen != nullptr && pass.chosen[at] == 0) continue;
      const std::uint32_t own = text.label - pass.first;  // huge if it lies before
      if (pass.whom == Whom::own && own >= lane_floats) continue;
      if (pass.whom == Whom::restless && restless[at] == 0) continue;
      const Item* items = text.items;
      const std::uint32_t count = text.shared;
      // Four sums of every fourth item, because each addition waits for the one before it.
      Lane a{}, b{}, c{}, d{};
      std::uint32_t i = 0;
      for (; i + 4 <= count; i += 4) {
        a += row(items[i])->lane * items[i].value;
        b += row(items[i + 1])->lane * items[i + 1].value;
        c += row(items[i + 2])->lane * items[i + 2].value;
        d += row(items[i + 3])->lane * items[i + 3].value;
      }
      for (; i < count; ++i) a += row(items[i])->lane * items[i].value;
      for (i = 0; i < text.signal_count; ++i) b += signal_row(text.signals[i])->lane * text.signals[i].value;
      const Lane scores = (a + b) + (c + d);
      LooseLane* alpha = reinterpret_cast<LooseLane*>(alphas + at * lane_floats);
      const Lane before = alpha->lane;
      // For the labels of others, which are all but one; alpha ≤ 0 there. What only this text has weighs alpha times
      // its value, so it needs no rows: it acts like more of the diagonal.
      const float diagonal = pass.diagonal / text.cost;
      const float step = 1.0F / (text.square + diagonal);
      Lane next = before - (scores + before * (text.own_square + diagonal)) * step;
      next = next < nothing ? next : nothing;
      if (own < lane_floats) {
        const float own_diagonal = diagonal / pass.positive_cost;
        const float own_step = 1.0F / (text.square + own_diagonal);
        Lane positive = before + (wanted_score - scores - before * (text.own_square + own_diagonal)) * own_step;
        positive = positive > nothing ? positive : nothing;
        next = places == static_cast<std::int32_t>(own) ? positive : next;
      }
      const Lane delta = next - before;
      alpha->lane = next;
      const bool moved = any(delta != nothing);
      restless[at] = moved ? 1 : 0;
      if (!moved) continue;
      for (i = 0; i < count; ++i) row(items[i])->lane += delta * items[i].value;
      for (i = 0; i < text.signal_count; ++i) signal_row(text.signals[i])->lane += delta * text.signals[i].value;
    }
  }
}

/// [chunk] → its first text; one more at the end.
std::vector<std::uint32_t> starts_of(const ExampleSet& examples) {
  std::vector<std::uint32_t> starts(chunk_count + 1);
  for (const Example& example : examples.all()) ++starts[(std::uint64_t{example.key} * chunk_count >> 32U) + 1];
  for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
  return starts;
}

}  // namespace

LaneTrainer::LaneTrainer(const ExampleSet& examples, std::size_t features, std::size_t signals, TrainerOptions options)
    : examples_(examples),
      options_(options),
      first_signal_(std::min(features, examples.first_own())),
      starts_(starts_of(examples)),
      chunks_(starts_.size() - 1),
      state_{.table = WeightTable(first_signal_ + signals, lane_floats),
             .alphas = std::vector<float>(examples.size() * lane_floats),
             .restless = std::vector<std::uint8_t>(examples.size())} {}

void LaneTrainer::begin(std::uint32_t first) {
  first_ = first;
  trained_ = 0;
  random_ = random_state(options_.seed);
  std::iota(chunks_.begin(), chunks_.end(), 0U);
  state_.table.clear();
  std::ranges::fill(state_.alphas, 0.0F);
  std::ranges::fill(state_.restless, std::uint8_t{0});
}

void LaneTrainer::train(std::size_t passes, std::span<const std::uint8_t> chosen) {
  for (std::size_t pass = 0; pass < passes; ++pass) {
    visit(trained_ >= 2 ? Whom::restless : trained_ == 1 ? Whom::all : Whom::own, chosen);
    ++trained_;
  }
}

void LaneTrainer::catch_up(std::span<const std::uint8_t> chosen) {
  visit(Whom::all, chosen);
}

void LaneTrainer::visit(Whom whom, std::span<const std::uint8_t> chosen) {
  shuffle(std::span(chunks_), random_);
  visit_all({.texts = examples_.all(),
             .starts = starts_,
             .chunks = chunks_,
             .chosen = chosen.empty() ? nullptr : chosen.data(),
             .whom = whom,
             .first = first_,
             .first_signal = first_signal_,
             .diagonal = 0.5F / options_.cost,
             .positive_cost = options_.positive_cost},
            state_.table.row(0), state_.alphas.data(), state_.restless.data());
}

void LaneTrainer::forget(std::span<const std::uint8_t> chosen) {
  std::array<float, lane_floats> deltas{};
  for (std::size_t at = 0; at < examples_.size(); ++at) {
    if (chosen[at] == 0) continue;
    const std::span<float> alpha = std::span(state_.alphas).subspan(at * lane_floats, lane_floats);
    if (std::ranges::all_of(alpha, [](float value) { return value == 0.0F; })) continue;
    for (std::size_t c = 0; c < lane_floats; ++c) deltas[c] = -alpha[c];
    state_.table.add(examples_.shared_items(at), deltas);
    state_.table.add(examples_.signals(at), deltas, first_signal_);
    std::ranges::fill(alpha, 0.0F);
  }
}

void LaneTrainer::scores(std::size_t text, std::span<float> out) const {
  state_.table.scores(examples_.shared_items(text), out);
  const std::span<const float> alpha = multipliers(text);
  for (std::size_t c = 0; c < lane_floats; ++c) out[c] += alpha[c] * examples_[text].own_square;
  for (const Item& signal : examples_.signals(text)) {
    for (std::size_t c = 0; c < lane_floats; ++c)
      out[c] += signal.value * state_.table.weight(static_cast<std::uint32_t>(first_signal_) + signal.feature, c);
  }
}

}  // namespace sahut::nlu
