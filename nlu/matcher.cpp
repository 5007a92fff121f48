#include "nlu/matcher.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <span>
#include <utility>

#include "nlu/matcher_parts.hpp"
#include "nlu/normaliser.hpp"

namespace sahut::nlu {
namespace {

/// Scores of two labels that differ by this much have confidences that differ by a factor e.
constexpr double score_scale = 0.3;

}  // namespace

double runner_up_confidence(double best_confidence, double score_difference) {
  return best_confidence * std::exp(score_difference / score_scale);
}

Matcher::Matcher(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
Matcher::~Matcher() = default;

const std::string& Matcher::label(std::uint32_t label) const {
  return parts_->labels[label];
}
std::size_t Matcher::label_count() const {
  return parts_->entry_count;
}
Thresholds Matcher::thresholds() const {
  return parts_->thresholds;
}
const Lexicon& Matcher::lexicon() const {
  return *parts_->lexicon;
}

Match Matcher::match(std::string_view text) const {
  return match(normalise(text, *parts_->lexicon));
}

Match Matcher::match(const Utterance& utterance) const {
  Match match;
  match.evidence.thresholds = parts_->thresholds;
  if (parts_->labels.empty()) return match;
  Reading reading = parts_->read(utterance);
  match.phrases = std::move(reading.phrases);
  if (parts_->entry_count > 0) {
    // Not zeroed: with ten thousand labels that alone would be a microsecond.
    const auto memory = std::make_unique_for_overwrite<float[]>(parts_->model.stride());
    const std::span scores(memory.get(), parts_->model.stride());
    parts_->model.scores(reading.vector, scores);
    parts_->rank(scores, reading, match);
  }
  parts_->pass_gates(reading, match);
  if (const Rule* rule =
          parts_->rules.empty() ? nullptr : parts_->rules.first_match(utterance.normal_text(), utterance.folded)) {
    match.evidence.rule = rule->pattern;
    match.gate.reset();
    std::erase_if(match.candidates, [rule](const Candidate& candidate) { return candidate.label == rule->label; });
    match.candidates.insert(match.candidates.begin(), Candidate{rule->label, 1.0});
    if (match.candidates.size() > max_candidates) match.candidates.pop_back();
  }
  return match;
}

Evidence Matcher::explain(const Utterance& utterance, std::uint32_t label) const {
  Evidence evidence;
  evidence.thresholds = parts_->thresholds;
  if (label >= parts_->labels.size()) return evidence;
  if (const Rule* rule =
          parts_->rules.empty() ? nullptr : parts_->rules.first_match(utterance.normal_text(), utterance.folded)) {
    if (rule->label == label) evidence.rule = rule->pattern;
  }
  const Reading reading = parts_->read(utterance);
  std::vector<double> weights(reading.words.size(), 0.0);
  for (const auto& [item, word] : parts_->features.shares(reading.known_words, reading.features)) {
    const float weight =
        label < parts_->entry_count
            ? parts_->model.weight(item.feature, label)
            : parts_->gates.weight(item.feature, label - static_cast<std::uint32_t>(parts_->entry_count));
    weights[word] += static_cast<double>(item.value * weight);
  }
  for (std::size_t i = 0; i < weights.size(); ++i)
    evidence.words.push_back({std::string(reading.words[i].normal), weights[i]});
  std::ranges::stable_sort(evidence.words, std::ranges::greater{},
                           [](const WordWeight& word) { return std::abs(word.weight); });
  if (evidence.words.size() > max_evidence_words) evidence.words.resize(max_evidence_words);
  if (label >= parts_->entry_count) return evidence;
  const std::vector<std::string>& stems = parts_->keyword_stems[label];
  for (const Word& word : reading.words) {
    const bool new_keyword = std::ranges::binary_search(stems, word.stem) &&
                             std::ranges::find(evidence.keywords, word.normal) == evidence.keywords.end();
    if (new_keyword) evidence.keywords.emplace_back(word.normal);
  }
  return evidence;
}

}  // namespace sahut::nlu
