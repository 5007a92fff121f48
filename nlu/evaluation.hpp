// Trains on one labelled file, measures on another: the figures of `sahut evaluate`. The room has no clock: time and
// memory come from functions passed in.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/figures.hpp"
#include "nlu/for_each.hpp"
#include "nlu/lexicon.hpp"
#include "values/problem.hpp"

namespace sahut::nlu {

struct LabelledText {
  std::string text;
  std::string label;
  bool operator==(const LabelledText&) const = default;
};

/// TSV text<TAB>label, further columns ignored, empty lines skipped, CR LF accepted. `name` is used in the Problem,
/// which names the line.
[[nodiscard]] Result<std::vector<LabelledText>> parse_labelled(std::string_view tsv, std::string_view name);

/// What the room has not by itself.
struct Surroundings {
  std::function<std::int64_t()> nanoseconds;  ///< monotonic
  std::function<double()> rss_mb;             ///< resident memory of the process, MB
  ForEach for_each = one_after_another;       ///< of the training
};

struct EvaluationWatch {
  std::function<void(std::size_t done, std::size_t total)> progress;  ///< called at most a hundred times; may be empty
  std::stop_token stop;
};

/// `train` rows labelled `oos_label` join `background`. A Problem if a file is empty of labels or `watch.stop` was
/// asked.
[[nodiscard]] Result<Figures> evaluate(std::span<const LabelledText> train, std::span<const LabelledText> test,
                                       std::string_view oos_label, std::shared_ptr<const Lexicon> lexicon,
                                       std::span<const std::string> background, const Surroundings& surroundings,
                                       const EvaluationWatch& watch = {});

}  // namespace sahut::nlu
