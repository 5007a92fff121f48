// choose_thresholds of calibration.hpp.
#include <algorithm>
#include <array>
#include <vector>

#include "nlu/calibration.hpp"
#include "nlu/matcher.hpp"

namespace sahut::nlu {
namespace {

constexpr std::array<double, 4> margins = {0.05, 0.1, 0.2, 0.3};
// A held-out example lacks its own wording, so unseen questions at this confidence are right more often than not;
// lower, no guess is an answer, whatever the sample says. From 0.6 on a half percent more would be answered at once,
// and more than three percent of what is no affair of the city.
constexpr double answer_min = 0.64;
constexpr double answer_max = 0.98;
constexpr double clarify_share =
    0.2;  // of the answer limit; among three choices the right one is far more often than first
constexpr double clarify_min = 0.1;
constexpr double clarify_max = 0.4;

// What larger knowledge bases come out at; a small one's few samples move it only so far.
constexpr Thresholds usual = {.answer = 0.7, .clarify = 0.15, .margin = 0.05};
constexpr double usual_weight = 30;

struct Choice {
  double answer = answer_max;
  double answered = 0;
};

/// The lowest confidence with which those over it and over the margin reach the precision. One more wrong answer than
/// was seen is counted, so that a handful of lucky rows doesn't open the gate.
Choice lowest_answer(std::vector<HeldOut> samples, double margin, double target_precision) {
  std::erase_if(samples, [margin](const HeldOut& sample) {
    return sample.confidence - sample.runner_up < margin || sample.background > Thresholds{}.background;
  });
  std::ranges::stable_sort(samples, std::ranges::greater{}, &HeldOut::confidence);
  Choice choice;
  double right = 0;
  double answered = 0;
  for (std::size_t i = 0; i < samples.size() && samples[i].confidence >= answer_min; ++i) {
    answered += samples[i].weight;
    right += samples[i].right ? samples[i].weight : 0.0;
    const bool same_as_next = i + 1 < samples.size() && samples[i + 1].confidence == samples[i].confidence;
    if (!same_as_next && right >= target_precision * (answered + 1)) choice = {samples[i].confidence, answered};
  }
  return choice;
}

}  // namespace

Thresholds choose_thresholds(std::span<const HeldOut> samples, double target_precision) {
  const std::vector<HeldOut> all(samples.begin(), samples.end());
  Choice best;
  double margin_of_best = margins.front();
  double evidence = 0;
  for (const HeldOut& sample : all) evidence += sample.weight;
  for (const double margin : margins) {
    const Choice choice = lowest_answer(all, margin, target_precision);
    if (choice.answered <= best.answered) continue;
    best = choice;
    margin_of_best = margin;
  }
  const double answer = (evidence * best.answer + usual_weight * usual.answer) / (evidence + usual_weight);
  return {.answer = std::clamp(answer, answer_min, answer_max),
          .clarify = std::clamp(answer * clarify_share, clarify_min, clarify_max),
          .margin = margin_of_best};
}

}  // namespace sahut::nlu
