#include "nlu/lexicon.hpp"

#include "nlu/lexicon_reader.hpp"

namespace sahut::nlu {
namespace {

template <typename Map>
auto find(const Map& map, std::string_view key) -> const typename Map::mapped_type* {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

}  // namespace

Result<Lexicon> Lexicon::parse(std::span<const LexiconFile> files) {
  LexiconReader reader;
  for (const LexiconFile& file : files) {
    if (auto problem = reader.read(file)) return *std::move(problem);
  }
  return std::move(reader).finish();
}

std::optional<std::string_view> Lexicon::standard(std::string_view form) const {
  const std::string* found = find(chat_, form);
  return found == nullptr ? std::nullopt : std::optional<std::string_view>(*found);
}

std::optional<std::string_view> Lexicon::stem(std::string_view word) const {
  const std::string* found = find(stems_, word);
  return found == nullptr ? std::nullopt : std::optional<std::string_view>(*found);
}

std::uint8_t Lexicon::flags(std::string_view word) const {
  const std::uint8_t* found = find(flags_, word);
  return found == nullptr ? std::uint8_t{0} : *found;
}

bool Lexicon::stop(std::string_view word) const {
  return flag(word, Flag::stop);
}
bool Lexicon::filler(std::string_view word) const {
  return flag(word, Flag::filler);
}
bool Lexicon::starts_place(std::string_view word) const {
  return flag(word, Flag::starts_place);
}
bool Lexicon::place(std::string_view words) const {
  return flag(words, Flag::place);
}
bool Lexicon::known(std::string_view word, std::uint8_t flags) const {
  const bool listed = (flags & ~static_cast<unsigned>(Flag::meant)) != 0;
  return listed || chat_.contains(word) || stems_.contains(word);
}
bool Lexicon::known(std::string_view word) const {
  return known(word, flags(word));
}
Lexicon::Standing Lexicon::standing(std::string_view word) const {
  const std::uint8_t of_word = flags(word);
  return {.stop = has(of_word, Flag::stop), .known = known(word, of_word)};
}
bool Lexicon::standard_word(std::string_view word) const {
  return flag(word, Flag::meant) || (known(word) && !chat_.contains(word));
}

const Phrase* Lexicon::phrase(std::string_view words) const {
  return find(phrases_, words);
}
Lexicon::InPhrases Lexicon::in_phrases(std::string_view word) const {
  const std::uint8_t of_word = flags(word);
  return {.alone = has(of_word, Flag::phrase), .first = has(of_word, Flag::starts_phrase)};
}

std::optional<Language> Lexicon::language(std::string_view word) const {
  const Language* found = find(languages_, word);
  return found == nullptr ? std::nullopt : std::optional<Language>(*found);
}

std::optional<Unit> Lexicon::unit(std::string_view word) const {
  const Unit* found = find(units_, word);
  return found == nullptr ? std::nullopt : std::optional<Unit>(*found);
}

}  // namespace sahut::nlu
