// A word as the matcher sees it, with all that is asked of it again and again: what the lexicon's phrases make of it
// and the feature of its stem. The words of a knowledge base are made once, those of a message as they come.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "nlu/lexicon.hpp"
#include "nlu/utterance.hpp"

namespace sahut::nlu {

/// The views must outlive the use.
struct Word {
  std::string_view normal;
  std::string_view stem;
  bool stop = false;               ///< says nothing about the subject
  Lexicon::InPhrases form = {};    ///< of the normal form
  Lexicon::InPhrases root = {};    ///< of the stem
  std::uint64_t stem_feature = 0;  ///< hash of the feature that is its stem
};

[[nodiscard]] Word word_of(std::string_view normal, std::string_view stem, bool stop, const Lexicon& lexicon);
[[nodiscard]] std::vector<Word> words_of(std::span<const Token> tokens, const Lexicon& lexicon);

}  // namespace sahut::nlu
