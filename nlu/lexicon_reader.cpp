#include "nlu/lexicon_reader.hpp"

#include <algorithm>
#include <array>

#include "nlu/phrases.hpp"
#include "nlu/word_forms.hpp"

namespace sahut::nlu {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string quoted(std::string_view word) {
  std::string text(1, '"');
  text.append(word).push_back('"');
  return text;
}

std::string place_of(std::string_view file, std::size_t line) {
  return std::string(file) + ":" + std::to_string(line);
}

/// Words are given as the normaliser sees them: lower case, single spaces, no signs.
bool folded_words(std::string_view text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
  char last = 'a';
  for (const char c : text) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!word && (c != ' ' || last == ' ')) return false;
    last = c;
  }
  return true;
}

struct UnitName {
  std::string_view name;
  Unit unit;
};
constexpr std::array<UnitName, 7> unit_names = {{{"money_before", Unit::money_before},
                                                 {"money_after", Unit::money_after},
                                                 {"month", Unit::month},
                                                 {"clock", Unit::clock},
                                                 {"rt_rw", Unit::rt_rw},
                                                 {"plate_area", Unit::plate_area},
                                                 {"family_card", Unit::family_card}}};

}  // namespace

const LexiconReader::Kind* LexiconReader::kind_of(std::string_view file_name) {
  static constexpr std::array<Kind, 11> kinds = {{{"chat", 2, 2, &LexiconReader::read_chat},
                                                  {"roots", 1, 1, &LexiconReader::read_root},
                                                  {"synonyms", 2, 2, &LexiconReader::read_synonyms},
                                                  {"signals", 2, 2, &LexiconReader::read_signal},
                                                  {"stopwords", 1, 1, &LexiconReader::read_stop},
                                                  {"fillers", 1, 1, &LexiconReader::read_filler},
                                                  {"known", 1, 1, &LexiconReader::read_known},
                                                  {"places", 1, 1, &LexiconReader::read_place},
                                                  {"facets", 3, 3, &LexiconReader::read_facet},
                                                  {"languages", 2, 2, &LexiconReader::read_language},
                                                  {"units", 2, 2, &LexiconReader::read_unit}}};
  if (const std::size_t slash = file_name.rfind('/'); slash != std::string_view::npos)
    file_name.remove_prefix(slash + 1);
  const std::string_view stem = file_name.substr(0, file_name.find_first_of("-."));
  const auto found = std::ranges::find(kinds, stem, &Kind::name);
  return found == kinds.end() ? nullptr : &*found;
}

std::optional<Problem> LexiconReader::read(const LexiconFile& file) {
  const Kind* kind = kind_of(file.name);
  if (kind == nullptr) {
    return Problem{
        "unknown_list", std::string(file.name), "This is not a word list that is known.",
        "Name it after its kind: chat, roots, synonyms, signals, stopwords, fillers, known, places, facets, languages "
        "or units."};
  }
  std::size_t number = 0;
  for (std::string_view text : split(file.tsv, '\n')) {
    ++number;
    if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
    if (text.empty() || text.front() == '#') continue;
    const Line line{file.name, number, split(text, '\t'), file.overrides};
    if (line.fields.size() < kind->fields_min || line.fields.size() > kind->fields_max) {
      return Problem{"wrong_columns", place_of(file.name, number),
                     "This line has " + std::to_string(line.fields.size()) + " columns instead of " +
                         std::to_string(kind->fields_min) + ".",
                     "Separate columns by one tab."};
    }
    if (!folded_words(line.fields.front())) {
      return Problem{"not_folded", place_of(file.name, number),
                     quoted(line.fields.front()) + " is not lower-case letters, digits and single spaces.", ""};
    }
    if (auto problem = (this->*kind->reader)(line)) return problem;
  }
  return std::nullopt;
}

std::optional<Problem> LexiconReader::read_chat(const Line& line) {
  const std::string_view form = line.fields[0];
  const std::string_view standard = line.fields[1];
  if (!folded_words(standard) || form.find(' ') != std::string_view::npos || form == standard) {
    return Problem{"bad_form", place_of(line.file, line.number),
                   "A chat form is one word, and its standard form is other words in lower case.", ""};
  }
  Lexicon::Record& listed = record(form);
  const bool added = listed.standard == Lexicon::nothing;
  if (!added && line.overrides) {
    chat_places_.insert_or_assign(std::string(form), place_of(line.file, line.number));
  } else if (!added && standard_of(form) != standard) {
    return Problem{"two_meanings", place_of(line.file, line.number),
                   quoted(form) + " already stands for " + quoted(standard_of(form)) + " in " +
                       chat_places_.find(form)->second + ".",
                   "Keep one of the two."};
  }
  listed.standard = number_of(standard);
  chat_places_.emplace(form, place_of(line.file, line.number));
  return std::nullopt;
}

std::optional<Problem> LexiconReader::read_root(const Line& line) {
  const std::string_view root = line.fields[0];
  if (root.size() < 2 || root.find(' ') != std::string_view::npos) {
    return Problem{"bad_root", place_of(line.file, line.number), "A root is one word of two letters or more.", ""};
  }
  roots_.emplace_back(root);
  return std::nullopt;
}

Phrase& LexiconReader::add_phrase(std::string_view words) {
  const std::vector<std::string_view> parts = split(words, ' ');
  for (const std::string_view word : parts) add_flag(word, Lexicon::Flag::known);
  if (parts.size() > 1) add_flag(parts.front(), Lexicon::Flag::starts_phrase);
  for (std::size_t i = 1; i < parts.size(); ++i) add_flag(parts[i], Lexicon::Flag::continues_phrase);
  Lexicon::Record& listed = record(words);
  if (listed.phrase == Lexicon::nothing) {
    listed.phrase = static_cast<std::uint32_t>(lexicon_.phrases_.size());
    lexicon_.phrases_.emplace_back();
  }
  return lexicon_.phrases_[listed.phrase];
}

std::uint32_t LexiconReader::number_of(std::string_view text) {
  const auto next = static_cast<std::uint32_t>(lexicon_.texts_.size());
  const auto [place, added] = text_numbers_.try_emplace(std::string(text), next);
  if (added) lexicon_.texts_.emplace_back(text);
  return place->second;
}

std::string_view LexiconReader::standard_of(std::string_view form) const {
  return lexicon_.texts_[lexicon_.records_.find(form)->second.standard];
}

std::optional<Problem> LexiconReader::read_synonyms(const Line& line) {
  const std::string_view head = *lexicon_.heads_.emplace(line.fields[0]).first;
  for (std::string_view words : split(line.fields[1], ',')) {
    if (words.starts_with(' ')) words.remove_prefix(1);
    if (!folded_words(words) || split(words, ' ').size() > phrase_words_max) {
      return Problem{"bad_phrase", place_of(line.file, line.number),
                     quoted(words) + " is not one to three lower-case words.",
                     "Separate synonyms by a comma and a space."};
    }
    Phrase& phrase = add_phrase(words);
    if (!phrase.head.empty() && phrase.head != head) {
      return Problem{"two_meanings", place_of(line.file, line.number),
                     quoted(words) + " is already a synonym of " + quoted(phrase.head) + ".", "Keep it in one group."};
    }
    phrase.head = head;
  }
  return std::nullopt;
}

void LexiconReader::add_flag(std::string_view word, Lexicon::Flag flag) {
  record(word).flags |= static_cast<std::uint8_t>(flag);
}

std::optional<Problem> LexiconReader::read_signal(const Line& line) {
  if (split(line.fields[0], ' ').size() > phrase_words_max || !folded_words(line.fields[1])) {
    return Problem{"bad_phrase", place_of(line.file, line.number),
                   "A signal phrase has at most three words, and its signal is one word.", ""};
  }
  Phrase& phrase = add_phrase(line.fields[0]);
  if (!phrase.signal.empty()) {
    return Problem{"two_meanings", place_of(line.file, line.number),
                   quoted(line.fields[0]) + " already is a sign of " + quoted(phrase.signal) + ".",
                   "Keep one of the two."};
  }
  phrase.signal = *lexicon_.heads_.emplace(line.fields[1]).first;
  return std::nullopt;
}

std::optional<Problem> LexiconReader::read_stop(const Line& line) {
  add_flag(line.fields[0], Lexicon::Flag::stop);
  return std::nullopt;
}

std::optional<Problem> LexiconReader::read_filler(const Line& line) {
  add_flag(line.fields[0], Lexicon::Flag::filler);
  return std::nullopt;
}

std::optional<Problem> LexiconReader::read_known(const Line& line) {
  for (const std::string_view word : split(line.fields[0], ' ')) add_flag(word, Lexicon::Flag::known);
  return std::nullopt;
}

std::optional<Problem> LexiconReader::read_place(const Line& line) {
  add_flag(line.fields[0], Lexicon::Flag::place);
  add_flag(split(line.fields[0], ' ').front(), Lexicon::Flag::starts_place);
  for (const std::string_view word : split(line.fields[0], ' ')) add_flag(word, Lexicon::Flag::known);
  return std::nullopt;
}

std::optional<Problem> LexiconReader::read_facet(const Line& line) {
  const auto facet = facet_named(line.fields[1]);
  const std::string_view strength = line.fields[2];
  if (!facet || strength.size() != 1 || strength[0] < '1' || strength[0] > '3') {
    return Problem{"bad_facet", place_of(line.file, line.number),
                   "A facet phrase has a facet and a strength from 1 to 3.",
                   "Facets: requirements, procedure, duration, fee, place, hours, complaints."};
  }
  if (split(line.fields[0], ' ').size() > phrase_words_max) {
    return Problem{"bad_phrase", place_of(line.file, line.number), "A phrase has at most three words.", ""};
  }
  add_phrase(line.fields[0]).facet = {*facet, static_cast<std::uint8_t>(strength[0] - '0')};
  return std::nullopt;
}

std::optional<Problem> LexiconReader::read_language(const Line& line) {
  const std::string_view name = line.fields[1];
  if (name != "id" && name != "en") {
    return Problem{"bad_language", place_of(line.file, line.number), "A language is id or en.", ""};
  }
  record(line.fields[0]).language = name == "id" ? Language::id : Language::en;
  add_flag(line.fields[0], Lexicon::Flag::known);
  return std::nullopt;
}

std::optional<Problem> LexiconReader::read_unit(const Line& line) {
  const auto found = std::ranges::find(unit_names, line.fields[1], &UnitName::name);
  if (found == unit_names.end()) {
    return Problem{"bad_unit", place_of(line.file, line.number), quoted(line.fields[1]) + " is no unit.",
                   "Units: money_before, money_after, month, clock, rt_rw, plate_area, family_card."};
  }
  record(line.fields[0]).unit = found->unit;
  return std::nullopt;
}

void LexiconReader::generate_forms() {
  for (const std::string& root : roots_) record(root).stem = number_of(root);
  // What a person wrote wins over what is generated, and a root over a form of another root.
  for (const std::string& root : roots_) {
    for (const std::string& form : standard_forms(root)) {
      Lexicon::Record& listed = record(form);
      if (listed.stem == Lexicon::nothing) listed.stem = number_of(root);
    }
  }
  for (const std::string& root : roots_) {
    for (const ChatForm& chat : chat_forms(root)) {
      if (!lexicon_.known(chat.form)) record(chat.form).standard = number_of(chat.standard);
    }
  }
}

void LexiconReader::mark_what_is_meant() {
  std::vector<std::uint32_t> standards;
  for (const auto& [form, listed] : lexicon_.records_) {
    if (listed.standard != Lexicon::nothing) standards.push_back(listed.standard);
  }
  lexicon_.chat_forms_ = standards.size();
  for (const std::uint32_t standard : standards) {
    for (const std::string_view word : split(lexicon_.texts_[standard], ' ')) add_flag(word, Lexicon::Flag::meant);
  }
}

std::optional<Problem> LexiconReader::check_chains() const {
  for (const auto& [form, place] : chat_places_) {
    const std::string_view standard = standard_of(form);
    for (const std::string_view word : split(standard, ' ')) {
      if (!lexicon_.standard(word)) continue;
      return Problem{
          "chain", place,
          quoted(form) + " stands for " + quoted(standard) + ", but " + quoted(word) + " is a chat form itself.",
          "Give the last form of the chain."};
    }
  }
  return std::nullopt;
}

Result<Lexicon> LexiconReader::finish() && {
  generate_forms();
  if (auto problem = check_chains()) return *std::move(problem);
  mark_what_is_meant();
  return std::move(lexicon_);
}

}  // namespace sahut::nlu
