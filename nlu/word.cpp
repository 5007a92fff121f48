#include "nlu/word.hpp"

#include "nlu/features.hpp"

namespace sahut::nlu {

Word word_of(std::string_view normal, std::string_view stem, bool stop, const Lexicon& lexicon) {
  const Lexicon::InPhrases form = lexicon.in_phrases(normal);
  return {.normal = normal,
          .stem = stem,
          .stop = stop,
          .form = form,
          .root = stem == normal ? form : lexicon.in_phrases(stem),
          .stem_feature = stem_feature(stem)};
}

std::vector<Word> words_of(std::span<const Token> tokens, const Lexicon& lexicon) {
  std::vector<Word> words;
  words.reserve(tokens.size());
  for (const Token& token : tokens) words.push_back(word_of(token.normal, token.stem, token.stop, lexicon));
  return words;
}

}  // namespace sahut::nlu
