// The first step of understanding: any bytes → plain lower-case text, and that text → words by their place.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/utterance.hpp"

namespace sahut::nlu {

/// Text in compatibility form, case-folded, without diacritics, zero-width signs, broken bytes (each becomes a space)
/// and apostrophes inside words ("jum'at" → "jumat"). At most `max_bytes` of the input are read and at most twice as
/// many written; `cut` tells whether anything was dropped. Pure ASCII costs one pass.
struct Folded {
  std::string text;
  bool cut = false;
};
[[nodiscard]] Folded fold(std::string_view text, std::size_t max_bytes);

/// Words of folded text: runs of letters and digits, and class words such as "<phone>". At most `max_words`.
[[nodiscard]] std::vector<Span> split_words(std::string_view folded, std::size_t max_words);

}  // namespace sahut::nlu
