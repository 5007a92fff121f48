// Which facet an utterance asks for, and whether it asks for nothing else ("biayanya?" after an answer).
#pragma once

#include <span>

#include "nlu/facet.hpp"
#include "nlu/lexicon.hpp"
#include "nlu/phrases.hpp"
#include "nlu/utterance.hpp"

namespace sahut::nlu {

struct AskedFacet {
  Facet facet = Facet::none;  ///< where two are named the more certain phrase wins, then the earlier one
  bool only = false;          ///< names no service: all other words are fillers. Such a message is a follow-up
};
/// `phrases`: of the utterance's words, corrected or not.
[[nodiscard]] AskedFacet asked_facet(const Utterance& utterance, std::span<const PhraseHit> phrases,
                                     const Lexicon& lexicon);

}  // namespace sahut::nlu
