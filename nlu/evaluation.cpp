#include "nlu/evaluation.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "nlu/matcher.hpp"

namespace sahut::nlu {
namespace {

constexpr std::size_t progress_steps = 100;

TrainingSet training_set(std::span<const LabelledText> rows, std::string_view oos_label,
                         std::span<const std::string> background) {
  TrainingSet set;
  set.background.assign(background.begin(), background.end());
  std::map<std::string_view, std::size_t> places;
  for (const LabelledText& row : rows) {
    if (row.label == oos_label) {
      set.background.emplace_back(row.text);
      continue;
    }
    const auto [place, added] = places.emplace(row.label, set.labels.size());
    if (added) set.labels.push_back({.label = row.label, .examples = {}, .keywords = {}, .rules = {}});
    set.labels[place->second].examples.emplace_back(row.text);
  }
  return set;
}

Problem stopped() {
  return {"stopped", "", "The evaluation was stopped.", ""};
}

}  // namespace

Result<std::vector<LabelledText>> parse_labelled(std::string_view tsv, std::string_view name) {
  std::vector<LabelledText> rows;
  std::size_t number = 0;
  while (!tsv.empty()) {
    ++number;
    const std::size_t end = std::min(tsv.find('\n'), tsv.size());
    std::string_view line = tsv.substr(0, end);
    tsv.remove_prefix(std::min(end + 1, tsv.size()));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty()) continue;
    const std::size_t tab = line.find('\t');
    const std::string_view text = line.substr(0, tab);
    std::string_view label = tab == std::string_view::npos ? std::string_view{} : line.substr(tab + 1);
    label = label.substr(0, label.find('\t'));
    if (text.empty() || label.empty()) {
      return Problem{"bad_row", std::string(name) + ":" + std::to_string(number), "This line has no text or no label.",
                     "Write the text, one tab, the label."};
    }
    rows.push_back({std::string(text), std::string(label)});
  }
  return rows;
}

Result<Figures> evaluate(std::span<const LabelledText> train, std::span<const LabelledText> test,
                         std::string_view oos_label, std::shared_ptr<const Lexicon> lexicon,
                         std::span<const std::string> background, const Surroundings& surroundings,
                         const EvaluationWatch& watch) {
  TrainingSet set = training_set(train, oos_label, background);
  if (set.labels.empty()) {
    return Problem{"no_labels", "", "The training file has no row with a label to learn.",
                   "Give it labelled examples."};
  }
  if (test.empty()) return Problem{"no_rows", "", "The test file has no rows.", "Give it labelled questions."};
  if (watch.stop.stop_requested()) return stopped();
  const std::int64_t started = surroundings.nanoseconds();
  const auto built = Matcher::build(std::move(set), std::move(lexicon),
                                    {.model = {}, .for_each = surroundings.for_each, .known_texts = nullptr});
  if (!built) return built.problem();
  const std::int64_t trained = surroundings.nanoseconds();
  const Matcher& matcher = *built.value();

  std::vector<Outcome> outcomes;
  outcomes.reserve(test.size());
  const std::size_t step = std::max<std::size_t>(1, test.size() / progress_steps);
  for (const LabelledText& row : test) {
    if (watch.stop.stop_requested()) return stopped();
    const std::int64_t asked = surroundings.nanoseconds();
    const Match match = matcher.match(row.text);
    const std::int64_t answered = surroundings.nanoseconds();
    Outcome outcome;
    if (row.label != oos_label) outcome.truth = row.label;
    for (const Candidate& candidate : match.candidates) outcome.guesses.push_back(matcher.label(candidate.label));
    if (!match.candidates.empty()) outcome.confidence = match.candidates.front().confidence;
    outcome.microseconds = static_cast<double>(answered - asked) / 1e3;
    outcomes.push_back(std::move(outcome));
    if (watch.progress && outcomes.size() % step == 0) watch.progress(outcomes.size(), test.size());
  }
  Figures figures = figures_of(outcomes);
  figures.train_ms = static_cast<double>(trained - started) / 1e6;
  figures.rss_mb = surroundings.rss_mb();
  return figures;
}

}  // namespace sahut::nlu
