#include "nlu/linear_trainer.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "nlu/shuffle.hpp"

namespace sahut::nlu {
namespace {

constexpr float wanted_score = 2.0F;
// Texts that lie and stay together: long enough for the processor to read ahead, short enough for each pass to have an
// order of its own. One order for all passes cost half a percent of right answers.
constexpr std::size_t chunk = 8;

/// Whom a pass visits: texts of the lane's own labels, all, or those that moved the weights when last visited.
enum class Whom : std::uint8_t { own, all, restless };

struct Pass {
  std::span<const Example> texts;
  std::span<const std::uint32_t> chunks;
  const std::uint8_t* chosen;
  Whom whom;
  std::uint32_t first;
  float diagonal;  ///< 1 / (2 C)
  float positive_cost;
};

SAHUT_WIDE_LOOP void visit_all(const Pass& pass, float* weights, float* alphas, std::uint8_t* restless) {
  const auto row = [weights](const Item& item) {
    return reinterpret_cast<LooseLane*>(weights + std::size_t{item.feature} * lane_floats);
  };
  const Lane nothing{};
  for (const std::uint32_t group : pass.chunks) {
    const std::size_t end = std::min(pass.texts.size(), (group + std::size_t{1}) * chunk);
    for (std::size_t at = group * chunk; at < end; ++at) {
      const Example& text = pass.texts[at];
      if (pass.chosen != nullptr && pass.chosen[at] == 0) continue;
      const std::uint32_t own = text.label - pass.first;  // huge if it lies before
      if (pass.whom == Whom::own && own >= lane_floats) continue;
      if (pass.whom == Whom::restless && restless[at] == 0) continue;
      const Item* items = text.items;
      // Four sums of every fourth item, because each addition waits for the one before it.
      Lane a{}, b{}, c{}, d{};
      std::size_t i = 0;
      for (; i + 4 <= text.count; i += 4) {
        a += row(items[i])->lane * items[i].value;
        b += row(items[i + 1])->lane * items[i + 1].value;
        c += row(items[i + 2])->lane * items[i + 2].value;
        d += row(items[i + 3])->lane * items[i + 3].value;
      }
      for (; i < text.count; ++i) a += row(items[i])->lane * items[i].value;
      const Lane scores = (a + b) + (c + d);
      LooseLane* alpha = reinterpret_cast<LooseLane*>(alphas + at * lane_floats);
      const Lane before = alpha->lane;
      // For the labels of others, which are all but one; alpha ≤ 0 there.
      const float text_diagonal = pass.diagonal / text.cost;
      const float step = 1.0F / (text.square + text_diagonal);
      Lane next = before - (scores + before * text_diagonal) * step;
      next = next < nothing ? next : nothing;
      if (own < lane_floats) {
        const float diagonal = text_diagonal / pass.positive_cost;
        const float gradient = wanted_score - scores[own] - before[own] * diagonal;
        next[own] = std::max(before[own] + gradient / (text.square + diagonal), 0.0F);
      }
      const Lane delta = next - before;
      alpha->lane = next;
      bool moved = false;
      for (std::size_t k = 0; k < lane_floats; ++k) {
        moved |= delta[k] != 0;
      }
      restless[at] = moved ? 1 : 0;
      if (!moved) continue;
      for (i = 0; i < text.count; ++i) row(items[i])->lane += delta * items[i].value;
    }
  }
}

}  // namespace

LaneTrainer::LaneTrainer(const ExampleSet& examples, std::size_t rows, std::uint32_t first, TrainerOptions options)
    : examples_(examples),
      options_(options),
      first_(first),
      random_(random_state(options.seed)),
      chunks_((examples.size() + chunk - 1) / chunk),
      state_{.table = WeightTable(rows, lane_floats),
             .alphas = std::vector<float>(examples.size() * lane_floats),
             .restless = std::vector<std::uint8_t>(examples.size())} {
  std::iota(chunks_.begin(), chunks_.end(), 0U);
}

void LaneTrainer::train(std::size_t passes, std::span<const std::uint8_t> chosen) {
  for (std::size_t pass = 0; pass < passes; ++pass) {
    shuffle(std::span(chunks_), random_);
    const Whom whom = trained_ >= 2 ? Whom::restless : trained_ == 1 ? Whom::all : Whom::own;
    ++trained_;
    visit_all({.texts = examples_.all(),
               .chunks = chunks_,
               .chosen = chosen.empty() ? nullptr : chosen.data(),
               .whom = whom,
               .first = first_,
               .diagonal = 0.5F / options_.cost,
               .positive_cost = options_.positive_cost},
              state_.table.row(0), state_.alphas.data(), state_.restless.data());
  }
}

void LaneTrainer::forget(std::span<const std::uint8_t> chosen) {
  std::array<float, lane_floats> deltas{};
  for (std::size_t at = 0; at < examples_.size(); ++at) {
    if (chosen[at] == 0) continue;
    const std::span<float> alpha = std::span(state_.alphas).subspan(at * lane_floats, lane_floats);
    if (std::ranges::all_of(alpha, [](float value) { return value == 0.0F; })) continue;
    for (std::size_t c = 0; c < lane_floats; ++c) deltas[c] = -alpha[c];
    state_.table.add(examples_.items(at), deltas);
    std::ranges::fill(alpha, 0.0F);
  }
}

}  // namespace sahut::nlu
