#include "nlu/matcher_parts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "nlu/phrases.hpp"

namespace sahut::nlu {
namespace {

constexpr std::uint8_t hint_strength_min = 2;  // weaker facet words are used for too many other things
constexpr double background_steepness = 4.0;   // equal scores: one half; a score of 1 ahead: 0.02
constexpr double gate_candidate_min = 0.3;
constexpr std::uint32_t rank_block = 16;
constexpr double corrected_counts = 0.5;  // a corrected word is known half

}  // namespace

double background_share(double best, double background) {
  return 1.0 / (1.0 + std::exp(background_steepness * (best - background)));
}

Hints hints_of(std::span<const PhraseHit> phrases) {
  Hints hints;
  hints.entries.reserve(phrases.size() * 2);
  hints.gates.reserve(phrases.size());
  for (const PhraseHit& hit : phrases) {
    const auto word = static_cast<std::uint16_t>(hit.first);
    if (!hit.phrase->head.empty()) hints.entries.push_back({hit.phrase->head, word});
    if (!hit.phrase->signal.empty()) hints.gates.push_back({hit.phrase->signal, word});
    if (hit.phrase->facet.strength >= hint_strength_min)
      hints.entries.push_back({name_of(hit.phrase->facet.facet), word});
  }
  return hints;
}

Reading Matcher::Parts::read(const Utterance& utterance) const {
  Reading reading;
  reading.words.reserve(utterance.tokens.size());
  reading.known_words.reserve(utterance.tokens.size());
  reading.stems.reserve(utterance.tokens.size());
  reading.features.reserve(utterance.tokens.size() * 4);
  double known = 0;
  double all = 0;
  for (const Token& token : utterance.tokens) {
    const double share = token.stop ? stop_word_counts : 1.0;
    all += share;
    const TypoIndex::Entry* entry = words.find(token.normal);
    if (entry != nullptr) {
      known += share;
    } else if (!token.known) {
      entry = words.nearest(token.normal);
      if (entry != nullptr) known += corrected_counts * share;
    }
    const auto position = static_cast<std::uint16_t>(reading.words.size());
    if (entry != nullptr) {
      const std::uint32_t number = words.number_of(*entry);
      reading.words.push_back(known_words[number]);
      const bool repeated =
          std::ranges::find(reading.known_words, number, &KnownWord::number) != reading.known_words.end();
      if (!repeated) reading.known_words.push_back({number, position});
      if (!entry->stop) reading.stems.push_back(stem_of_word[number]);
    } else {
      const bool repeated = std::ranges::find(reading.words, token.normal, &Word::normal) != reading.words.end();
      reading.words.push_back(word_of(token.normal, token.stem, token.stop, *lexicon));
      if (!repeated) extract_grams(reading.words.back(), position, reading.features);
      if (!token.stop) reading.stems.push_back(label_words.find(token.stem));
    }
  }
  if (all > 0) reading.known = known / all;
  reading.phrases.reserve(reading.words.size());
  find_phrases(reading.words, *lexicon, reading.phrases);
  const Hints hints = hints_of(reading.phrases);
  extract_stems(reading.words, reading.features);
  extract_pairs(reading.words, reading.features);
  extract_hints(hints.entries, reading.features);
  features.vectorise(reading.known_words, reading.features, reading.vector);
  if (gates.size() > 0 && !hints.gates.empty()) {
    std::vector<RawFeature> raw_signals;
    extract_signals(hints.gates, raw_signals);
    signals.vectorise({}, raw_signals, reading.signals);
  }
  return reading;
}

void Matcher::Parts::rank(std::span<const float> scores, const Reading& reading, Match& match) const {
  // One pass with a short sorted list: with ten thousand labels a sort would cost more than the scores.
  std::array<std::uint32_t, max_candidates> best{};
  std::size_t count = 0;
  const auto consider = [&](std::uint32_t label) {
    const float score = scores[label];
    if (count == max_candidates && score <= scores[best[count - 1]]) return;
    std::size_t place = count < max_candidates ? count++ : count - 1;
    for (; place > 0 && score > scores[best[place - 1]]; --place) best[place] = best[place - 1];
    best[place] = label;
  };
  const auto end = static_cast<std::uint32_t>(entry_count);
  std::uint32_t label = 0;
  for (; label < std::min<std::uint32_t>(end, max_candidates); ++label) consider(label);
  // Nearly all blocks hold nothing better, and asking a whole block is one branch.
  for (; label + rank_block <= end; label += rank_block) {
    const float limit = scores[best[count - 1]];
    std::uint32_t better = 0;
    for (std::uint32_t i = 0; i < rank_block; ++i) better += scores[label + i] > limit ? 1U : 0U;
    if (better == 0) continue;
    for (std::uint32_t i = 0; i < rank_block; ++i) consider(label + i);
  }
  for (; label < end; ++label) consider(label);
  const double first = static_cast<double>(scores[best[0]]);
  const double second = count > 1 ? static_cast<double>(scores[best[1]]) : 0.0;
  const double background = static_cast<double>(scores[entry_count]);
  const double confidence =
      calibration.confidence({first, second, background, reading.known, label_words.covered(best[0], reading.stems),
                              static_cast<double>(reading.stems.size())});
  for (std::size_t i = 0; i < count; ++i) {
    const double difference = static_cast<double>(scores[best[i]]) - first;
    match.candidates.push_back({best[i], runner_up_confidence(confidence, difference)});
  }
  match.evidence.background = background_share(first, background);
}

void Matcher::Parts::pass_gates(const Reading& reading, Match& match) const {
  if (gates.size() == 0) return;
  std::vector<double> confidences(gates.size());
  gates.confidences(reading.vector, reading.signals, confidences);
  const double entry = match.candidates.empty() ? 0 : match.candidates.front().confidence;
  double best = 0;
  for (std::uint32_t gate = 0; gate < gates.size(); ++gate) {
    const double confidence = confidences[gate];
    if (confidence < gate_candidate_min) continue;
    const auto label = static_cast<std::uint32_t>(entry_count + gate);
    const auto place = std::ranges::find_if(
        match.candidates, [confidence](const Candidate& candidate) { return candidate.confidence < confidence; });
    match.candidates.insert(place, {label, confidence});
    if (match.candidates.size() > max_candidates) match.candidates.pop_back();
    const GateLimits& limits = gate_limits[gate];
    const bool over_entries = confidence >= limits.over_entries || confidence >= entry - limits.behind_max;
    const bool over_talk = confidence >= limits.over_background || match.evidence.background <= limits.background_max;
    if (confidence >= limits.passes && confidence >= best && over_entries && over_talk) {
      best = confidence;
      match.gate = label;
    }
  }
}

}  // namespace sahut::nlu
