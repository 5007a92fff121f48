// One word as typed → its standard form: lengthened letters, "2" for reduplication, clitics, chat forms.
#pragma once

#include <string>
#include <string_view>

#include "nlu/lexicon.hpp"

namespace sahut::nlu {

/// Letters repeated three times or more → one ("bangettt"), or two if the lexicon knows that word ("maaaf" → "maaf").
[[nodiscard]] std::string squeeze(std::string_view word, const Lexicon& lexicon);

/// Nothing about the word needs to be taken out: no lengthened letters, no "2" for reduplication. So are nearly all.
[[nodiscard]] bool is_plain(std::string_view word);

/// Standard form of a folded word; may be several words joined by a space. A word it knows nothing about comes back as
/// it is. standard_form(standard_form(w)) == standard_form(w) for every word.
[[nodiscard]] std::string standard_form(std::string_view word, const Lexicon& lexicon);

}  // namespace sahut::nlu
