#include "nlu/language.hpp"

#include "nlu/lexicon.hpp"
#include "nlu/utterance.hpp"

namespace sahut::nlu {

std::string_view name_of(Language language) {
  return language == Language::id ? "id" : "en";
}

LanguageScore& LanguageScore::operator+=(const LanguageScore& other) {
  id += other.id;
  en += other.en;
  return *this;
}

Language LanguageScore::decide(Language otherwise) const {
  if (en >= 2 && en >= 2 * id) return Language::en;
  return id > 0 ? Language::id : otherwise;
}

LanguageScore language_score(const Utterance& utterance, const Lexicon& lexicon) {
  LanguageScore score;
  for (const Token& token : utterance.tokens) {
    // What was typed speaks first: "no" may be chat for "nomor" and is English as typed.
    auto language = lexicon.language(token.surface);
    if (!language) language = lexicon.language(token.normal);
    if (!language) continue;
    ++(*language == Language::en ? score.en : score.id);
  }
  return score;
}

}  // namespace sahut::nlu
