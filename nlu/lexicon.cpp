#include "nlu/lexicon.hpp"

#include "nlu/lexicon_reader.hpp"

namespace sahut::nlu {

Result<Lexicon> Lexicon::parse(std::span<const LexiconFile> files) {
  LexiconReader reader;
  for (const LexiconFile& file : files) {
    if (auto problem = reader.read(file)) return *std::move(problem);
  }
  return std::move(reader).finish();
}

Lexicon::Listed Lexicon::listed(std::string_view words) const {
  const auto found = records_.find(words);
  return found == records_.end() ? Listed() : Listed(*this, found->second);
}

std::optional<std::string_view> Lexicon::standard(std::string_view form) const {
  return listed(form).standard();
}
std::optional<std::string_view> Lexicon::stem(std::string_view word) const {
  return listed(word).stem();
}
bool Lexicon::stop(std::string_view word) const {
  return listed(word).stop();
}
bool Lexicon::filler(std::string_view word) const {
  return listed(word).filler();
}
bool Lexicon::place(std::string_view words) const {
  return listed(words).place();
}
bool Lexicon::known(std::string_view word) const {
  return listed(word).known();
}
bool Lexicon::standard_word(std::string_view word) const {
  return listed(word).standard_word();
}
const Phrase* Lexicon::phrase(std::string_view words) const {
  return listed(words).phrase();
}
Lexicon::InPhrases Lexicon::in_phrases(std::string_view word) const {
  return listed(word).in_phrases();
}
std::optional<Language> Lexicon::language(std::string_view word) const {
  return listed(word).language();
}
std::optional<Unit> Lexicon::unit(std::string_view word) const {
  return listed(word).unit();
}

}  // namespace sahut::nlu
