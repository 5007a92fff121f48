// Choices where there are no buttons, or they don't fit: numbers in the text, which the turn understands when typed.
#pragma once

#include <string>

#include "conversation/outbound.hpp"

namespace sahut::adapters {

/// The message's text and its choices as "1. …" lines, at most `limit` code points: the text gives way, never the
/// choices (as long as they alone fit). Never blank. REQUIRES: limit ≥ 256.
[[nodiscard]] std::string text_with_numbers(const conversation::OutboundMessage& message, std::size_t limit);

/// Shown instead of a text without anything to see, which every channel refuses.
constexpr std::string_view nothing_to_say = "…";

/// A sentence from data/channels/words.tsv. REQUIRES: the key is there (a test reads each).
[[nodiscard]] const std::string& channel_words(std::string_view key);

}  // namespace sahut::adapters
