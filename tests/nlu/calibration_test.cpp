#include "nlu/calibration.hpp"

#include <gtest/gtest.h>

#include "nlu/matcher.hpp"

namespace sahut::nlu {
namespace {

ScoreSummary summary(double best, double runner_up) {
  return {.best = best, .runner_up = runner_up, .background = -1, .known = 1};
}

TEST(Calibration, without_samples_a_clear_match_is_surer_than_a_tie) {
  const Calibration calibration = Calibration::fit({});
  EXPECT_GT(calibration.confidence(summary(1.5, -0.5)), 0.9);
  EXPECT_LT(calibration.confidence(summary(0.1, 0.1)), 0.5);
}

TEST(Calibration, learns_how_often_such_matches_are_right) {
  std::vector<CalibrationSample> samples;
  for (int i = 0; i < 1000; ++i) {
    samples.push_back({.scores = summary(1, 0), .right = i % 10 < 7});
    samples.push_back({.scores = summary(0, -0.1), .right = i % 10 < 2});
  }
  const Calibration calibration = Calibration::fit(samples);
  EXPECT_NEAR(calibration.confidence(summary(1, 0)), 0.7, 0.02);
  EXPECT_NEAR(calibration.confidence(summary(0, -0.1)), 0.2, 0.02);
}

TEST(Calibration, stays_finite_on_extreme_samples) {
  std::vector<CalibrationSample> samples;
  for (int i = 0; i < 500; ++i) samples.push_back({.scores = summary(1e6, -1e6), .right = true});
  const double confidence = Calibration::fit(samples).confidence(summary(1e6, -1e6));
  EXPECT_GT(confidence, 0.9);
  EXPECT_LE(confidence, 1.0);
}

TEST(Calibration, background_counts_a_fixed_share_however_many_sentences_it_has) {
  std::vector<CalibrationSample> samples(40);
  for (std::size_t i = 20; i < 40; ++i) samples[i].in_scope = false;
  balance(samples);
  EXPECT_DOUBLE_EQ(samples[0].weight, 1);
  EXPECT_DOUBLE_EQ(samples[20].weight, 0.5);
}

TEST(Thresholds, let_through_what_reaches_the_precision) {
  std::vector<HeldOut> samples;
  for (int i = 0; i < 1000; ++i) samples.push_back({.confidence = 0.9, .runner_up = 0.1, .right = i % 100 != 0});
  for (int i = 0; i < 1000; ++i) samples.push_back({.confidence = 0.6, .runner_up = 0.1, .right = i % 2 == 0});
  const Thresholds thresholds = choose_thresholds(samples, 0.97);
  EXPECT_GT(thresholds.answer, 0.6);
  EXPECT_LE(thresholds.answer, 0.9);
  EXPECT_LT(thresholds.clarify, thresholds.answer);
}

TEST(Thresholds, use_a_margin_where_close_calls_are_wrong) {
  std::vector<HeldOut> samples;
  for (int i = 0; i < 500; ++i) samples.push_back({.confidence = 0.8, .runner_up = 0.1, .right = true});
  for (int i = 0; i < 500; ++i) samples.push_back({.confidence = 0.8, .runner_up = 0.65, .right = false});
  EXPECT_GE(choose_thresholds(samples, 0.97).margin, 0.2);
}

TEST(Thresholds, leave_aside_what_looks_like_ordinary_talk) {
  std::vector<HeldOut> samples;
  for (int i = 0; i < 500; ++i) samples.push_back({.confidence = 0.65, .runner_up = 0.1, .right = true});
  for (int i = 0; i < 500; ++i) {
    samples.push_back({.confidence = 0.8, .runner_up = 0.1, .background = 0.9, .right = false});
  }
  EXPECT_LE(choose_thresholds(samples, 0.97).answer, 0.67) << "never answered, so they say nothing of the limit";
}

TEST(Thresholds, are_the_usual_ones_without_samples_and_strict_when_nothing_is_right) {
  EXPECT_DOUBLE_EQ(choose_thresholds({}, 0.97).answer, 0.7);
  std::vector<HeldOut> wrong(5000, HeldOut{.confidence = 0.95, .runner_up = 0, .right = false});
  EXPECT_GT(choose_thresholds(wrong, 0.97).answer, 0.95);
}

}  // namespace
}  // namespace sahut::nlu
