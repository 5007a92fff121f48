// The arithmetic of an evaluation: from one outcome a row to the figures. Apart from evaluation.hpp so that it can be
// checked by hand-computed cases.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sahut::nlu {

/// What the matcher said of one test row.
struct Outcome {
  std::string truth;                 ///< label of the row; empty: out of scope
  std::vector<std::string> guesses;  ///< best first
  double confidence = 0;             ///< of the best guess
  double microseconds = 0;
};

struct Figures {
  std::size_t n = 0;  ///< rows of the test file
  double accuracy =
      0;  ///< in-scope rows whose best guess is right; rows of labels never seen in training count as wrong
  double macro_f1 = 0;              ///< over the labels of the in-scope rows
  double top3 = 0;                  ///< in-scope rows whose label is among the first three guesses
  std::optional<double> oos_auroc;  ///< confidence as a detector of in-scope rows; none without rows of both kinds
  std::optional<double> oos_recall_at_95;  ///< out-of-scope rows below the confidence that 95 % of in-scope rows reach
  double p50_us = 0;
  double p99_us = 0;
  double train_ms = 0;
  double rss_mb = 0;  ///< resident memory of the process after measuring
};

/// All but train_ms and rss_mb.
[[nodiscard]] Figures figures_of(std::span<const Outcome> outcomes);

}  // namespace sahut::nlu
