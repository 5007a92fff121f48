#include "conversation/judgement.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "conversation/cues.hpp"
#include "nlu/phrases.hpp"

namespace sahut::conversation {
namespace {

/// A runner-up this likely is what many residents would have meant: ask.
constexpr double likely_rival = 0.45;
/// Of a text of one word ("ktp", "pajak") nothing less than this is sure: a topic is not a question yet. "kamu bot?" is
/// one.
constexpr double sure_of_one_word = 0.97;

/// Of a part of a message, which says less than the whole, nothing less than this is an emergency.
constexpr double plain_emergency_min = 0.98;

/// Where an entry surely fits, its answer says the number too from this confidence on. One question in fifty reads it
/// without need; of the emergencies, which end at about 0.55, none goes without it.
constexpr double alarming_beside_an_entry = 0.5;

/// Said once or twice, with courtesies or a "ya" around it.
bool is_one_word(const nlu::Utterance& utterance, const nlu::Lexicon& lexicon) {
  std::set<std::string_view> words;
  for (const nlu::Token& token : utterance.tokens) {
    if (!token.stop && !lexicon.filler(token.normal)) words.insert(token.surface);
  }
  return words.size() <= 1;
}

/// "tolong dibantu ya kak": help is asked for in general, nothing has happened.
bool only_pleads(const nlu::Utterance& utterance, const nlu::Lexicon& lexicon) {
  return utterance.tokens.size() > 1 && std::ranges::all_of(utterance.tokens, [&](const nlu::Token& token) {
           return token.stop || lexicon.filler(token.normal) || built_in_cues().has(Cue::plea, token.stem);
         });
}

/// "xqzv wklm": a guess at what nobody knows would be a nuisance, not a question.
bool has_known_word(const nlu::Utterance& utterance) {
  return std::ranges::any_of(utterance.tokens, [](const nlu::Token& token) { return token.known || token.stop; });
}

/// Of the entries behind the best one; gates that were not passed are no answers.
double rival_of(const std::vector<nlu::Candidate>& candidates, const knowledge::Snapshot& snapshot) {
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    if (!snapshot.matcher().label(candidates[i].label).starts_with('@')) return candidates[i].confidence;
  }
  return 0;
}

/// Asked for a person, or asked about one ("petugasnya balas hari minggu nggak")? Where an entry fits as well, both are
/// offered; whoever surely wants a person gets one.
constexpr double surely_a_person = 0.99;
constexpr double as_well = 0.08;

/// The rest of a message says less than the whole: of less than this it is open what it asks.
constexpr double sure_service_min = 0.8;

/// Of more than this it isn't.
constexpr double sure_of_it = 0.9;

/// Behind an entry that is about a facet of everything ("biaya akta kelahiran", and what all papers cost) stands the
/// service itself, which says it more exactly.
bool stands_second(std::string_view label, const Reading& reading, const knowledge::Snapshot& snapshot) {
  if (reading.candidates.size() < 2) return false;
  const knowledge::PublishedEntry* entry = snapshot.find(label);
  return entry != nullptr && snapshot.matcher().label(reading.candidates[1].label) == label &&
         entry->entry.facets.contains(reading.understood.facet);
}

/// Hints of this strength are about nothing but the facet.
constexpr std::uint8_t certain_hint = 3;

/// The words in standard form but for those that surely ask for a facet: "biaya ktp hilang" → "ktp hilang". Empty if
/// there is none.
std::string without_facet_words(const nlu::Utterance& utterance, const nlu::Lexicon& lexicon) {
  const std::vector<nlu::Word> words = nlu::words_of(utterance.tokens, lexicon);
  std::vector<nlu::PhraseHit> hits;
  nlu::find_phrases(words, lexicon, hits);
  std::string rest;
  std::size_t at = 0;
  const auto keep_until = [&](std::size_t end) {
    for (; at < end; ++at) rest.append(rest.empty() ? "" : " ").append(words[at].normal);
  };
  bool dropped = false;
  for (const nlu::PhraseHit& hit : hits) {
    if (hit.phrase->facet.facet == nlu::Facet::none || hit.phrase->facet.strength < certain_hint) continue;
    keep_until(hit.first);
    at = hit.last;
    dropped = true;
  }
  keep_until(words.size());
  return dropped ? rest : std::string();
}

}  // namespace

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
  const auto gate = reading.understood.match.gate;
  const bool emergency = gate && snapshot.matcher().label(*gate) == knowledge::emergency_label;
  if (gate && !(emergency && only_pleads(reading.understood.utterance, snapshot.lexicon()))) {
    // What passes a gate (an emergency, asking for a person) is that, whatever else it resembles.
    const auto passed = std::find_if(reading.candidates.begin(), reading.candidates.end(),
                                     [&](const nlu::Candidate& candidate) { return candidate.label == *gate; });
    const double confidence = passed == reading.candidates.end() ? 1.0 : passed->confidence;
    if (passed != reading.candidates.end()) reading.candidates.erase(passed);
    reading.candidates.insert(reading.candidates.begin(), {*gate, confidence});
    reading.label = snapshot.matcher().label(*gate);
    const bool contested =
        !emergency && confidence < surely_a_person && rival_of(reading.candidates, snapshot) >= confidence - as_well;
    reading.sureness = contested ? Sureness::unsure : Sureness::sure;
    return reading;
  }
  if (reading.candidates.empty()) return reading;
  const nlu::Thresholds& limits = reading.understood.match.evidence.thresholds;
  const double best = reading.candidates.front().confidence;
  const double second = rival_of(reading.candidates, snapshot);
  reading.label = snapshot.matcher().label(reading.candidates.front().label);
  const bool by_rule = !reading.understood.match.evidence.rule.empty();
  const knowledge::PublishedEntry* entry = snapshot.find(reading.label);
  const bool is_topic =
      entry != nullptr && !entry->entry.facets.empty() && is_one_word(reading.understood.utterance, snapshot.lexicon());
  const bool enough = by_rule || !is_topic || best >= sure_of_one_word;
  const bool alone = by_rule || second < likely_rival;
  const bool ours = by_rule || reading.understood.match.evidence.background <= limits.background;
  const bool passed_over = reading.label.starts_with('@');  // a gate that was not passed is at most a guess
  if (best >= limits.answer && best - second >= limits.margin && ours && enough && alone && !passed_over) {
    reading.sureness = Sureness::sure;
  } else if (best >= limits.clarify && has_known_word(reading.understood.utterance)) {
    reading.sureness = Sureness::unsure;
  }
  return reading;
}

Reading settled_by_service(Reading reading, const knowledge::Snapshot& snapshot) {
  if (reading.sureness == Sureness::nothing || reading.understood.facet == nlu::Facet::none) return reading;
  if (reading.sure() && reading.best() >= sure_of_it) return reading;
  if (reading.understood.only_facet) return reading;  // "saya mau tanya biayanya" names no service
  const std::string words = without_facet_words(reading.understood.utterance, snapshot.lexicon());
  if (words.empty() || reading.label.starts_with('@')) return reading;
  Reading service = read(words, snapshot);
  if (!service.sure() || service.best() < sure_service_min) return reading;
  const bool same = service.label == reading.label;
  if (same && !better(service, reading)) return reading;
  if (!same && !stands_second(service.label, reading, snapshot)) return reading;
  service.understood.facet = reading.understood.facet;
  return service;
}

bool better(const Reading& first, const Reading& second) {
  if (first.sureness != second.sureness) return first.sureness > second.sureness;
  return first.best() > second.best();
}

bool is_plain_emergency(const Reading& reading) {
  return reading.sure_of(knowledge::emergency_label) && reading.best() >= plain_emergency_min;
}

Alarm alarm_of(const Reading& reading, const knowledge::Snapshot& snapshot) {
  if (reading.sure_of(knowledge::emergency_label)) return Alarm::certain;
  const double enough =
      reading.sure() ? alarming_beside_an_entry : reading.understood.match.evidence.thresholds.clarify;
  const bool likely = std::any_of(reading.candidates.begin(), reading.candidates.end(), [&](const auto& candidate) {
    return candidate.confidence >= enough && snapshot.matcher().label(candidate.label) == knowledge::emergency_label;
  });
  return likely ? Alarm::likely : Alarm::none;
}

}  // namespace sahut::conversation
