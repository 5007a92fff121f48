#include "nlu/calibration.hpp"

#include <algorithm>
#include <cmath>

#include "nlu/matcher.hpp"

namespace sahut::nlu {
namespace {

using Inputs = std::array<double, Calibration::inputs>;

// Fitted on pooled held-out rows of several sets; where a knowledge base is too small to say otherwise, this holds.
constexpr Inputs prior_weights = {-1.9, 1.2, 2.6, 1.0, 0.6, 0.0, 0.0};
constexpr double prior_strength = 4.0;  ///< in samples' worth of curvature
// About one message in five belongs to no entry. They count twice that: answering them is what a confidence must
// prevent first.
constexpr double out_of_scope_share = 0.5;
constexpr int newton_steps = 25;  // converges in under ten; the bound is for odd data

Inputs inputs_of(const ScoreSummary& scores) {
  const auto bounded = [](double value) { return std::clamp(value, -2.0, 2.0); };
  return {1.0,
          bounded(scores.best),
          bounded(scores.best - scores.runner_up),
          bounded(scores.best - scores.background),
          scores.known,
          scores.covered,
          std::log1p(scores.words)};
}

double dot(const Inputs& a, const Inputs& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

double logistic(double value) {
  return 1.0 / (1.0 + std::exp(-value));
}

using Matrix = std::array<Inputs, Calibration::inputs>;

/// Solves a × x = b for a symmetric positive definite `a` (Cholesky).
Inputs solve(Matrix a, Inputs b) {
  constexpr std::size_t n = Calibration::inputs;
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t k = 0; k < j; ++k) a[j][j] -= a[j][k] * a[j][k];
    a[j][j] = std::sqrt(a[j][j]);
    for (std::size_t i = j + 1; i < n; ++i) {
      for (std::size_t k = 0; k < j; ++k) a[i][j] -= a[i][k] * a[j][k];
      a[i][j] /= a[j][j];
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= a[i][k] * b[k];
    b[i] /= a[i][i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) b[i] -= a[k][i] * b[k];
    b[i] /= a[i][i];
  }
  return b;
}

/// Log posterior of the weights, and where it rises.
struct Posterior {
  double value = 0;
  Inputs gradient{};
  Matrix curvature{};  ///< lower triangle
};

Posterior posterior(const Inputs& weights, std::span<const CalibrationSample> samples) {
  Posterior at;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double away = weights[i] - prior_weights[i];
    at.value -= 0.5 * prior_strength * away * away;
    at.gradient[i] = -prior_strength * away;
    at.curvature[i][i] = prior_strength;
  }
  for (const CalibrationSample& sample : samples) {
    const Inputs x = inputs_of(sample.scores);
    const double z = dot(weights, x);
    const double p = logistic(z);
    at.value -= sample.weight * std::log1p(std::exp(sample.right ? -z : z));
    const double error = sample.weight * ((sample.right ? 1.0 : 0.0) - p);
    const double spread = sample.weight * p * (1 - p);
    for (std::size_t i = 0; i < x.size(); ++i) {
      at.gradient[i] += error * x[i];
      for (std::size_t j = 0; j <= i; ++j) at.curvature[i][j] += spread * x[i] * x[j];
    }
  }
  return at;
}

}  // namespace

Calibration Calibration::fit(std::span<const CalibrationSample> samples) {
  Calibration fitted;
  fitted.weights = prior_weights;
  Posterior now = posterior(fitted.weights, samples);
  for (int step = 0; step < newton_steps; ++step) {
    const Inputs move = solve(now.curvature, now.gradient);
    double length = 1;
    for (; length > 1e-3; length /= 2) {  // a full Newton step may overshoot where the samples are far from the prior
      Inputs moved = fitted.weights;
      for (std::size_t i = 0; i < inputs; ++i) moved[i] += length * move[i];
      const Posterior next = posterior(moved, samples);
      if (next.value <= now.value) continue;
      const double gained = next.value - now.value;
      fitted.weights = moved;
      now = next;
      if (gained < 1e-6) return fitted;
      break;
    }
    if (length <= 1e-3) break;
  }
  return fitted;
}

void balance(std::span<CalibrationSample> samples) {
  const auto in_scope = static_cast<double>(std::ranges::count_if(samples, &CalibrationSample::in_scope));
  const double out_of_scope = static_cast<double>(samples.size()) - in_scope;
  if (out_of_scope <= 0) return;
  for (CalibrationSample& sample : samples) {
    if (!sample.in_scope) sample.weight = out_of_scope_share * in_scope / out_of_scope;
  }
}

double Calibration::confidence(const ScoreSummary& scores) const {
  return logistic(dot(weights, inputs_of(scores)));
}

}  // namespace sahut::nlu
