#include "nlu/matcher_parts.hpp"

#include <array>
#include <cmath>

#include "nlu/phrases.hpp"

namespace sahut::nlu {
namespace {

constexpr std::uint8_t hint_strength_min = 2;  // weaker facet words are used for too many other things
constexpr double background_steepness = 4.0;   // equal scores: one half; a score of 1 ahead: 0.02
constexpr double corrected_counts = 0.5;       // a corrected word is known half

}  // namespace

void words_to_features(std::span<const Word> words, const Lexicon& lexicon, std::vector<RawFeature>& out) {
  std::vector<PhraseHit> hits;
  find_phrases(words, lexicon, hits);
  std::vector<Hint> hints;
  for (const PhraseHit& hit : hits) {
    const auto word = static_cast<std::uint16_t>(hit.first);
    if (!hit.phrase->head.empty()) hints.push_back({hit.phrase->head, word});
    if (hit.phrase->facet.strength >= hint_strength_min) hints.push_back({name_of(hit.phrase->facet.facet), word});
  }
  extract_features(words, hints, out);
}

Reading Matcher::Parts::read(const Utterance& utterance) const {
  Reading reading;
  reading.words.reserve(utterance.tokens.size());
  double known = 0;
  for (const Token& token : utterance.tokens) {
    const TypoIndex::Entry* entry = words.find(token.normal);
    if (entry != nullptr) {
      known += 1;
    } else if (!token.known) {
      entry = words.nearest(token.normal);
      if (entry != nullptr) known += corrected_counts;
    }
    if (entry != nullptr) {
      reading.words.push_back({entry->word, entry->stem, entry->stop});
    } else {
      reading.words.push_back({token.normal, token.stem, token.stop});
    }
  }
  if (!reading.words.empty()) reading.known = known / static_cast<double>(reading.words.size());
  std::vector<RawFeature> raw;
  raw.reserve(reading.words.size() * 24);
  words_to_features(reading.words, *lexicon, raw);
  features.vectorise(raw, reading.vector);
  return reading;
}

void Matcher::Parts::rank(std::span<const float> scores, double known, Match& match) const {
  // One pass with a short sorted list: with ten thousand labels a sort would cost more than the scores.
  std::array<std::uint32_t, max_candidates> best{};
  std::size_t count = 0;
  for (std::uint32_t label = 0; label < labels.size(); ++label) {
    const float score = scores[label];
    if (count == max_candidates && score <= scores[best[count - 1]]) continue;
    std::size_t place = count < max_candidates ? count++ : count - 1;
    for (; place > 0 && score > scores[best[place - 1]]; --place) best[place] = best[place - 1];
    best[place] = label;
  }
  const double first = static_cast<double>(scores[best[0]]);
  const double second = count > 1 ? static_cast<double>(scores[best[1]]) : 0.0;
  const double background = static_cast<double>(scores[labels.size()]);
  const double confidence = calibration.confidence({first, second, background, known});
  for (std::size_t i = 0; i < count; ++i) {
    const double difference = static_cast<double>(scores[best[i]]) - first;
    match.candidates.push_back({best[i], runner_up_confidence(confidence, difference)});
  }
  match.evidence.background = 1.0 / (1.0 + std::exp(background_steepness * (first - background)));
}

}  // namespace sahut::nlu
