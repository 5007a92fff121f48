#include "conversation/correction.hpp"

#include <algorithm>

namespace sahut::conversation {
namespace {

/// Words of a denial at `at` that really is one.
std::size_t denial_at(const CuedText& text, std::size_t at) {
  const std::size_t phrase = text.match(Cue::denial_phrase, at);
  const std::size_t bare = text.match(Cue::denial, at);
  if (bare <= phrase) return phrase;
  std::size_t next = at + bare;
  while (next < text.size() && !text.break_after(next - 1) && text.match(Cue::address, next) > 0) ++next;
  const bool parted = next >= text.size() || text.break_after(next - 1);
  const bool corrected =
      next < text.size() && (text.match(Cue::correction, next) > 0 || text.match(Cue::denial_phrase, next) > 0);
  return parted || corrected ? bare : 0;
}

std::size_t skip_openers(const CuedText& text) {
  std::size_t at = 0;
  while (at < text.size() && denial_at(text, at) == 0) {
    const std::size_t words = std::max({text.match(Cue::correction_opener, at), text.match(Cue::address, at)});
    if (words == 0) break;
    at += words;
  }
  return at;
}

/// "bukan kk tapi ktp": the word after "tapi", or 0.
std::size_t after_contrast(const CuedText& text, std::size_t at) {
  if (text.match(Cue::denial, at) == 0) return 0;
  const std::size_t contrast = text.find(Cue::contrast, at + 1);
  return contrast < text.size() ? contrast + text.match(Cue::contrast, contrast) : 0;
}

bool only_fillers(const CuedText& text, std::size_t from, const nlu::Lexicon& lexicon) {
  for (std::size_t at = from; at < text.size(); ++at) {
    if (!lexicon.filler(text.standard(at)) && text.match(Cue::address, at) == 0) return false;
  }
  return true;
}

}  // namespace

std::optional<Correction> read_correction(const CuedText& text, const nlu::Lexicon& lexicon) {
  Correction correction;
  bool found = false;
  std::size_t at = skip_openers(text);
  while (at < text.size()) {
    const std::size_t denial = denial_at(text, at);
    const std::size_t meaning = text.match(Cue::correction, at);
    const std::size_t between = found ? std::max({text.match(Cue::contrast, at), text.match(Cue::address, at),
                                                  text.match(Cue::correction_opener, at)})
                                      : 0;
    const std::size_t words = std::max({denial, meaning, between});
    if (words == 0) break;
    correction.denied = correction.denied || denial > 0;
    found = found || denial > 0 || meaning > 0;
    at += words;
  }
  if (!found) {
    at = at < text.size() ? after_contrast(text, at) : 0;
    if (at == 0) return std::nullopt;
    correction.denied = true;
  }
  if (!only_fillers(text, at, lexicon)) {
    correction.meant = text.rest_from(at);
  } else if (!correction.denied) {
    return std::nullopt;  // "maksudnya apa?" asks, it does not correct
  }
  return correction;
}

}  // namespace sahut::conversation
