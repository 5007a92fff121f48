#include "nlu/facets.hpp"

#include <vector>

namespace sahut::nlu {

AskedFacet asked_facet(const Utterance& utterance, std::span<const PhraseHit> phrases, const Lexicon& lexicon) {
  FacetHint best;
  for (const PhraseHit& hit : phrases) {
    if (hit.phrase->facet.strength > best.strength) best = hit.phrase->facet;
  }
  if (best.facet == Facet::none) return {};
  std::vector<bool> covered(utterance.tokens.size(), false);
  for (const PhraseHit& hit : phrases) {
    if (hit.phrase->facet.facet == Facet::none) continue;
    for (std::size_t i = hit.first; i < hit.last; ++i) covered[i] = true;
  }
  for (std::size_t i = 0; i < covered.size(); ++i) {
    const Token& token = utterance.tokens[i];
    if (!covered[i] && !lexicon.filler(token.normal) && !lexicon.filler(token.stem)) return {best.facet, false};
  }
  return {best.facet, true};
}

}  // namespace sahut::nlu
