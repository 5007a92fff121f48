#include "conversation/follow_up.hpp"

#include <algorithm>
#include <array>

namespace sahut::conversation {
namespace {

/// A longer question says more than a service and what happened to it.
constexpr std::size_t exchanged_words_max = 8;

}  // namespace

bool asks_source(const CuedText& text) {
  bool asked = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t source = text.match(Cue::source, at);
    const std::size_t words = std::max(source, text.match(Cue::source_beside, at));
    if (words == 0) return false;
    asked = asked || source > 0;
    at += words;
  }
  return asked;
}

Aspect only_aspect(const CuedText& text, const nlu::Lexicon& lexicon) {
  Aspect found = Aspect::none;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t online = text.match(Cue::online, at);
    const std::size_t by_proxy = text.match(Cue::by_proxy, at);
    std::size_t words = std::max({online, by_proxy, text.match(Cue::instead, at), text.match(Cue::address, at)});
    if (words == 0 && lexicon.filler(text.standard(at))) words = 1;
    if (words == 0) return Aspect::none;
    if (online > 0) found = Aspect::online;
    if (by_proxy > 0) found = Aspect::by_proxy;
    at += words;
  }
  return found;
}

nlu::Facet facet_about(Aspect aspect, const knowledge::Entry& entry, const nlu::Lexicon& lexicon) {
  constexpr std::array<nlu::Facet, 4> likely_first = {nlu::Facet::procedure, nlu::Facet::requirements,
                                                      nlu::Facet::place, nlu::Facet::duration};
  for (const nlu::Facet facet : likely_first) {
    const auto text = entry.facets.find(facet);
    if (text != entry.facets.end() && speaks_of(aspect, text->second, lexicon)) return facet;
  }
  return nlu::Facet::none;
}

bool speaks_of(Aspect aspect, std::string_view text, const nlu::Lexicon& lexicon) {
  const CuedText words(text, lexicon);
  return words.find(aspect == Aspect::online ? Cue::online_told : Cue::by_proxy_told) < words.size();
}

std::optional<std::string> asked_instead(const CuedText& text) {
  std::size_t at = 0;
  std::size_t instead = 0;
  while (at < text.size()) {
    const std::size_t here = text.match(Cue::instead, at);
    const std::size_t words = std::max({here, text.match(Cue::address, at), text.match(Cue::correction_opener, at),
                                        text.match(Cue::joiner, at), text.match(Cue::acknowledgement, at)});
    if (words == 0) break;
    instead += here;
    at += words;
  }
  if (instead == 0 || at >= text.size()) return std::nullopt;
  return text.rest_from(at);
}

std::string_view settled_by(std::string_view question, const Reading& alone, const knowledge::Snapshot& snapshot,
                            std::span<const std::string> refused) {
  if (question.empty() || alone.candidates.empty()) return {};
  const Reading together = read(std::string(question) + " " + alone.text, snapshot, refused);
  if (together.sureness == Sureness::nothing) return {};
  return leaves_open(alone, together.candidates.front().label, open_share) ? together.label : std::string_view();
}

std::string_view exchanged_in(std::string_view question, const Reading& alone, const knowledge::Snapshot& snapshot,
                              std::span<const std::string> refused) {
  // "kalau stnk?": a word that points at no service at all is exchanged for nothing.
  if (alone.best() < snapshot.matcher().thresholds().answer / 2) return {};
  const CuedText words(question, snapshot.lexicon());
  if (words.size() < 2 || words.size() > exchanged_words_max) return {};
  std::string_view found;
  double best = 0;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string before = at == 0 ? std::string() : words.text_of(0, at) + " ";
    const std::string after = at + 1 == words.size() ? std::string() : " " + words.text_of(at + 1, words.size());
    const Reading reading = read(before + alone.text + after, snapshot, refused);
    if (!reading.sure() || reading.best() <= best) continue;
    if (!leaves_open(alone, reading.candidates.front().label, trace_share)) continue;
    best = reading.best();
    found = reading.label;
  }
  return found;
}

bool leaves_open(const Reading& reading, std::uint32_t label, double share) {
  return std::any_of(reading.candidates.begin(), reading.candidates.end(), [&](const nlu::Candidate& candidate) {
    return candidate.label == label && candidate.confidence >= share * reading.best();
  });
}

}  // namespace sahut::conversation
