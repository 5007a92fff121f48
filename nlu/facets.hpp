// Which facet an utterance asks for, and whether it asks for nothing else ("biayanya?" after an answer).
#pragma once

#include "nlu/facet.hpp"
#include "nlu/lexicon.hpp"
#include "nlu/utterance.hpp"

namespace sahut::nlu {

/// The facet asked for, or Facet::none. Where two are named the more certain phrase wins, then the earlier one.
[[nodiscard]] Facet detect_facet(const Utterance& utterance, const Lexicon& lexicon);

/// The utterance asks for a facet and names no service: all other words are fillers. Such a message is a follow-up.
[[nodiscard]] bool only_facet(const Utterance& utterance, const Lexicon& lexicon);

}  // namespace sahut::nlu
