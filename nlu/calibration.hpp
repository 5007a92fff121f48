// From scores to a confidence that means the same in every knowledge base: a logistic regression on held-out examples,
// and from held-out confidences to the thresholds of the decision.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sahut::nlu {

struct Thresholds;

/// What is known of a match before its confidence.
struct ScoreSummary {
  double best = 0;        ///< score of the best label
  double runner_up = 0;   ///< of the second; equal to `best` − 2 if there is none
  double background = 0;  ///< of the background class
  double known = 0;       ///< share of the words that the knowledge base knows, 0..1
  double covered = 0;     ///< share of the words that texts of the best label use, 0..1
  double words = 0;       ///< how many there are, without stop words: of a longer text a like score says more
};

struct CalibrationSample {
  ScoreSummary scores;
  double weight = 1;
  bool in_scope = true;  ///< the text belongs to a label
  bool right = false;    ///< the best label was the true one
};

class Calibration {
 public:
  static constexpr std::size_t inputs = 7;

  /// Fits on held-out samples; with few of them it stays close to a prior fitted on other knowledge bases.
  [[nodiscard]] static Calibration fit(std::span<const CalibrationSample> samples);
  /// 0..1: how likely the best label is right.
  [[nodiscard]] double confidence(const ScoreSummary& scores) const;

  std::array<double, inputs> weights{};
};

/// A held-out decision: confidence of the best and of the runner-up.
struct HeldOut {
  double confidence = 0;
  double runner_up = 0;
  double background = 0;  ///< as Evidence::background
  double weight = 1;
  bool right = false;
};

/// Sets the weights of out-of-scope samples so that together they count as a fixed share of the in-scope ones: how many
/// background sentences the product brings must not decide how sure it is.
void balance(std::span<CalibrationSample> samples);

/// The lowest `answer` with which held-out answers reach `target_precision`, and a `clarify` below it.
[[nodiscard]] Thresholds choose_thresholds(std::span<const HeldOut> samples, double target_precision);

}  // namespace sahut::nlu
