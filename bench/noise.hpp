// How people type: the same sentence with slips of the thumb, with chat abbreviations, or with both. Deterministic: the
// same text and seed give the same noise on every machine.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sahut::bench {

class Noise {
 public:
  /// Abbreviations are the chat forms of the built-in lexicon, read backwards.
  explicit Noise(std::uint32_t seed);

  /// A slip in about every fifth word of four letters or more: a neighbouring key, a letter left out, doubled or
  /// swapped.
  [[nodiscard]] std::string typos(std::string_view text) const;
  /// Two of three words that have a chat form take one; of the others every eighth long one loses its inner vowels
  /// ("dokumen" → "dkmn"), which is in no lexicon.
  [[nodiscard]] std::string slang(std::string_view text) const;
  [[nodiscard]] std::string both(std::string_view text) const { return typos(slang(text)); }

 private:
  std::uint32_t seed_;
  std::map<std::string, std::vector<std::string>, std::less<>> chat_forms_;  ///< of a standard word
};

}  // namespace sahut::bench
