// Text as people type it → words in standard form. Any bytes are accepted; time is bounded by max_text_bytes.
#pragma once

#include <cstddef>
#include <string_view>

#include "nlu/lexicon.hpp"
#include "nlu/utterance.hpp"

namespace sahut::nlu {

/// What is read of one message; a question fits in a tenth of it, and matching cost stays bounded.
inline constexpr std::size_t max_text_bytes = 4096;
/// Words read of one message.
inline constexpr std::size_t max_tokens = 256;

/// Thread: any. Never throws but std::bad_alloc. Same text and lexicon, same utterance.
[[nodiscard]] Utterance normalise(std::string_view text, const Lexicon& lexicon);

}  // namespace sahut::nlu
