#include "nlu/phrases.hpp"

#include <algorithm>
#include <string>

namespace sahut::nlu {
namespace {

/// The longest phrase of two words or more that starts at word `at`.
PhraseHit long_phrase_at(std::span<const Word> words, const Lexicon& lexicon, std::size_t at) {
  PhraseHit hit;
  std::string normal(words[at].normal);
  std::string stems(words[at].stem);
  const std::size_t end = std::min(words.size(), at + phrase_words_max);
  for (std::size_t next = at + 1; next < end; ++next) {
    normal.append(1, ' ').append(words[next].normal);
    stems.append(1, ' ').append(words[next].stem);
    const Phrase* phrase = lexicon.phrase(normal);
    if (phrase == nullptr) phrase = lexicon.phrase(stems);
    if (phrase != nullptr) hit = {phrase, at, next + 1};
  }
  return hit;
}

}  // namespace

void find_phrases(std::span<const Word> words, const Lexicon& lexicon, std::vector<PhraseHit>& out) {
  for (std::size_t at = 0; at < words.size();) {
    const Word& word = words[at];
    const Lexicon::InPhrases form = lexicon.in_phrases(word.normal);
    const Lexicon::InPhrases stem = word.stem == word.normal ? form : lexicon.in_phrases(word.stem);
    PhraseHit hit;
    if (form.first || stem.first) hit = long_phrase_at(words, lexicon, at);
    if (hit.phrase == nullptr && (form.alone || stem.alone))
      hit = {lexicon.phrase(form.alone ? word.normal : word.stem), at, at + 1};
    if (hit.phrase != nullptr) out.push_back(hit);
    at = hit.phrase != nullptr ? hit.last : at + 1;
  }
}

}  // namespace sahut::nlu
