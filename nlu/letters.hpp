// Letters as the Indonesian spelling sees them, after folding. Private to this room.
#pragma once

namespace sahut::nlu {

[[nodiscard]] constexpr bool is_vowel(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

}  // namespace sahut::nlu
