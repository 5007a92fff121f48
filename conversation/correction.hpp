// "Bukan, maksud saya KK": the resident says that we were wrong, and often what was meant.
#pragma once

#include <optional>
#include <string>

#include "conversation/cues.hpp"

namespace sahut::conversation {

struct Correction {
  bool denied = false;  ///< said no to what we said, not only "maksud saya …"
  std::string meant;    ///< what was meant; empty if that was not said
};

/// The correction at the beginning of a message, or nothing. A bare "bukan" or "salah" counts only before a comma,
/// before "maksud saya" or its like, before "… tapi …", or alone: "salah nama di KK" is a question.
[[nodiscard]] std::optional<Correction> read_correction(const CuedText& text, const nlu::Lexicon& lexicon);

}  // namespace sahut::conversation
