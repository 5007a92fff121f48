#include "nlu/facets.hpp"

#include <vector>

#include "nlu/phrases.hpp"

namespace sahut::nlu {

AskedFacet asked_facet(const Utterance& utterance, const Lexicon& lexicon) {
  std::vector<Word> words;
  words.reserve(utterance.tokens.size());
  for (const Token& token : utterance.tokens) words.push_back({token.normal, token.stem, token.stop});
  std::vector<PhraseHit> hits;
  find_phrases(words, lexicon, hits);
  FacetHint best;
  std::vector<bool> covered(words.size(), false);
  for (const PhraseHit& hit : hits) {
    if (hit.phrase->facet.facet == Facet::none) continue;
    if (hit.phrase->facet.strength > best.strength) best = hit.phrase->facet;
    for (std::size_t i = hit.first; i < hit.last; ++i) covered[i] = true;
  }
  if (best.facet == Facet::none) return {};
  for (std::size_t i = 0; i < covered.size(); ++i) {
    const Token& token = utterance.tokens[i];
    if (!covered[i] && !lexicon.filler(token.normal) && !lexicon.filler(token.stem)) return {best.facet, false};
  }
  return {best.facet, true};
}

}  // namespace sahut::nlu
