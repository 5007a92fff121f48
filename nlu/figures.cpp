#include "nlu/figures.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace sahut::nlu {
namespace {

constexpr std::size_t top_count = 3;
constexpr double in_scope_passing = 0.95;

struct LabelCounts {
  double right = 0;
  double guessed = 0;
  double present = 0;
};

double share(double part, double whole) {
  return whole > 0 ? part / whole : 0;
}

double macro_f1(std::span<const Outcome* const> in_scope) {
  std::map<std::string, LabelCounts> counts;
  for (const Outcome* outcome : in_scope) counts[outcome->truth].present += 1;
  for (const Outcome* outcome : in_scope) {
    if (outcome->guesses.empty()) continue;
    const auto guessed = counts.find(outcome->guesses.front());
    if (guessed == counts.end()) continue;
    guessed->second.guessed += 1;
    if (guessed->first == outcome->truth) guessed->second.right += 1;
  }
  double sum = 0;
  for (const auto& [label, count] : counts) sum += share(2 * count.right, count.guessed + count.present);
  return share(sum, static_cast<double>(counts.size()));
}

/// Chance that a random in-scope row has a higher confidence than a random out-of-scope one; ties count half.
double auroc(std::vector<double> in_scope, std::vector<double> out_of_scope) {
  std::ranges::sort(in_scope);
  std::ranges::sort(out_of_scope);
  double wins = 0;
  for (const double confidence : in_scope) {
    const auto below = std::ranges::lower_bound(out_of_scope, confidence) - out_of_scope.begin();
    const auto not_above = std::ranges::upper_bound(out_of_scope, confidence) - out_of_scope.begin();
    wins += static_cast<double>(below) + 0.5 * static_cast<double>(not_above - below);
  }
  return wins / (static_cast<double>(in_scope.size()) * static_cast<double>(out_of_scope.size()));
}

double recall_at_95(std::vector<double> in_scope, std::span<const double> out_of_scope) {
  std::ranges::sort(in_scope);
  const auto failing =
      static_cast<std::size_t>(std::floor((1 - in_scope_passing) * static_cast<double>(in_scope.size()) + 1e-9));
  const double gate = in_scope[std::min(failing, in_scope.size() - 1)];
  const auto below = std::ranges::count_if(out_of_scope, [gate](double confidence) { return confidence < gate; });
  return static_cast<double>(below) / static_cast<double>(out_of_scope.size());
}

/// Nearest-rank percentile.
double percentile(std::vector<double> values, double part) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const auto rank = static_cast<std::size_t>(std::ceil(part * static_cast<double>(values.size())));
  return values[std::max<std::size_t>(rank, 1) - 1];
}

}  // namespace

Figures figures_of(std::span<const Outcome> outcomes) {
  std::vector<const Outcome*> in_scope;
  std::vector<double> in_confidence;
  std::vector<double> out_confidence;
  std::vector<double> times;
  for (const Outcome& outcome : outcomes) {
    times.push_back(outcome.microseconds);
    if (outcome.truth.empty()) {
      out_confidence.push_back(outcome.confidence);
    } else {
      in_scope.push_back(&outcome);
      in_confidence.push_back(outcome.confidence);
    }
  }
  Figures figures;
  figures.n = outcomes.size();
  double right = 0;
  double among_top = 0;
  for (const Outcome* outcome : in_scope) {
    const auto place =
        static_cast<std::size_t>(std::ranges::find(outcome->guesses, outcome->truth) - outcome->guesses.begin());
    if (place == 0 && !outcome->guesses.empty()) right += 1;
    if (place < std::min(top_count, outcome->guesses.size())) among_top += 1;
  }
  figures.accuracy = share(right, static_cast<double>(in_scope.size()));
  figures.top3 = share(among_top, static_cast<double>(in_scope.size()));
  figures.macro_f1 = macro_f1(in_scope);
  if (!in_confidence.empty() && !out_confidence.empty()) {
    figures.oos_auroc = auroc(in_confidence, out_confidence);
    figures.oos_recall_at_95 = recall_at_95(in_confidence, out_confidence);
  }
  figures.p50_us = percentile(times, 0.50);
  figures.p99_us = percentile(times, 0.99);
  return figures;
}

}  // namespace sahut::nlu
