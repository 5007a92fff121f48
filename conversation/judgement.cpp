#include "conversation/judgement.hpp"

#include <algorithm>
#include <utility>

namespace sahut::conversation {

Reading read(std::string text, const knowledge::Snapshot& snapshot, std::span<const std::string> refused) {
  Reading reading;
  reading.text = std::move(text);
  reading.understood = snapshot.understand(reading.text);
  reading.candidates = reading.understood.match.candidates;
  if (!refused.empty()) {
    std::erase_if(reading.candidates, [&](const nlu::Candidate& candidate) {
      return std::find(refused.begin(), refused.end(), snapshot.matcher().label(candidate.label)) != refused.end();
    });
  }
  if (const auto gate = reading.understood.match.gate) {
    // What passes a gate (an emergency, asking for a person) is that, whatever else it resembles.
    const auto passed = std::find_if(reading.candidates.begin(), reading.candidates.end(),
                                     [&](const nlu::Candidate& candidate) { return candidate.label == *gate; });
    const double confidence = passed == reading.candidates.end() ? 1.0 : passed->confidence;
    if (passed != reading.candidates.end()) reading.candidates.erase(passed);
    reading.candidates.insert(reading.candidates.begin(), {*gate, confidence});
    reading.label = snapshot.matcher().label(*gate);
    reading.sureness = Sureness::sure;
    return reading;
  }
  if (reading.candidates.empty()) return reading;
  const nlu::Thresholds& limits = reading.understood.match.evidence.thresholds;
  const double best = reading.candidates.front().confidence;
  const double second = reading.candidates.size() < 2 ? 0 : reading.candidates[1].confidence;
  reading.label = snapshot.matcher().label(reading.candidates.front().label);
  if (best >= limits.answer && best - second >= limits.margin) {
    reading.sureness = Sureness::sure;
  } else if (best >= limits.clarify) {
    reading.sureness = Sureness::unsure;
  }
  return reading;
}

std::string without_facet_words(const Reading& reading, const nlu::Lexicon& lexicon) {
  const auto asks = [&](const std::string& word) {
    const nlu::Phrase* phrase = lexicon.phrase(word);
    return phrase != nullptr && phrase->facet.facet != nlu::Facet::none;
  };
  std::string rest;
  for (const nlu::Token& token : reading.understood.utterance.tokens) {
    if (asks(token.normal) || asks(token.stem)) continue;
    if (!rest.empty()) rest += ' ';
    rest += token.normal;
  }
  return rest;
}

bool better(const Reading& first, const Reading& second) {
  if (first.sureness != second.sureness) return first.sureness > second.sureness;
  return first.best() > second.best();
}

Alarm alarm_of(const Reading& reading, const knowledge::Snapshot& snapshot) {
  if (reading.sure()) return reading.label == knowledge::emergency_label ? Alarm::certain : Alarm::none;
  const double enough = reading.understood.match.evidence.thresholds.clarify;
  const bool likely = std::any_of(reading.candidates.begin(), reading.candidates.end(), [&](const auto& candidate) {
    return candidate.confidence >= enough && snapshot.matcher().label(candidate.label) == knowledge::emergency_label;
  });
  return likely ? Alarm::likely : Alarm::none;
}

}  // namespace sahut::conversation
