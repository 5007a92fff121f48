#include "nlu/facets.hpp"

#include <vector>

#include "nlu/phrases.hpp"

namespace sahut::nlu {
namespace {

std::vector<Word> words_of(const Utterance& utterance) {
  std::vector<Word> words;
  words.reserve(utterance.tokens.size());
  for (const Token& token : utterance.tokens) words.push_back({token.normal, token.stem, token.stop});
  return words;
}

}  // namespace

Facet detect_facet(const Utterance& utterance, const Lexicon& lexicon) {
  std::vector<PhraseHit> hits;
  find_phrases(words_of(utterance), lexicon, hits);
  FacetHint best;
  for (const PhraseHit& hit : hits) {
    if (hit.phrase->facet.strength > best.strength) best = hit.phrase->facet;
  }
  return best.facet;
}

bool only_facet(const Utterance& utterance, const Lexicon& lexicon) {
  std::vector<PhraseHit> hits;
  find_phrases(words_of(utterance), lexicon, hits);
  std::vector<bool> covered(utterance.tokens.size(), false);
  bool any = false;
  for (const PhraseHit& hit : hits) {
    if (hit.phrase->facet.facet == Facet::none) continue;
    any = true;
    for (std::size_t i = hit.first; i < hit.last; ++i) covered[i] = true;
  }
  if (!any) return false;
  for (std::size_t i = 0; i < covered.size(); ++i) {
    const Token& token = utterance.tokens[i];
    if (!covered[i] && !lexicon.filler(token.normal) && !lexicon.filler(token.stem)) return false;
  }
  return true;
}

}  // namespace sahut::nlu
