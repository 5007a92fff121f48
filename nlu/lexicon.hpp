// The project's own knowledge of how people write: chat forms and their standard forms, roots and the forms made from
// them, stop words, synonyms, facet phrases, words that give a language away. Data (data/lexicon/*.tsv), not code; the
// formats are in data/lexicon/README.md.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/facet.hpp"
#include "nlu/language.hpp"
#include "nlu/text_map.hpp"
#include "values/problem.hpp"

namespace sahut::nlu {

/// One word-list file: its name decides what it holds ("chat-banjar.tsv" is of kind "chat").
struct LexiconFile {
  std::string_view name;
  std::string_view tsv;
  bool overrides = false;  ///< its chat forms win over those of the files before it: the words of a city
};

/// How strongly a facet phrase points at its facet.
struct FacetHint {
  Facet facet = Facet::none;
  std::uint8_t strength = 0;  ///< 1 weak (also used for other things) … 3 certain
};

/// What a phrase of one to three standard words says; at least one of the three.
struct Phrase {
  FacetHint facet;          ///< the side of a service it asks for
  std::string_view head;    ///< the word that stands for its group of synonyms, or empty; owned by the lexicon
  std::string_view signal;  ///< the kind of thing it tells of ("fire", "weapon"), or empty; owned by the lexicon
};

/// What a word makes of the number beside it.
enum class Unit : std::uint8_t { money_before, money_after, month, clock, rt_rw, plate_area, family_card };

/// Immutable; may be read from any thread.
class Lexicon {
 public:
  /// Reads the word lists. A Problem names the file and the line. Files of one kind add up; a form given twice with
  /// different standard forms is an error unless the later file overrides, as is a chain (a standard form that is
  /// itself a chat form).
  [[nodiscard]] static Result<Lexicon> parse(std::span<const LexiconFile> files);

  /// Standard form of a chat form (one or more words), or nullopt. `form` is folded.
  [[nodiscard]] std::optional<std::string_view> standard(std::string_view form) const;
  /// Stem of a standard word that the root table knows, or nullopt (then libstemmer decides).
  [[nodiscard]] std::optional<std::string_view> stem(std::string_view word) const;
  [[nodiscard]] bool stop(std::string_view word) const;
  /// stop() and known() in one look-up.
  struct Standing {
    bool stop = false;
    bool known = false;
  };
  [[nodiscard]] Standing standing(std::string_view word) const;
  /// Standard or chat word of any list: must not be "corrected".
  [[nodiscard]] bool known(std::string_view word) const;
  /// A word that means itself: a list knows it and it is no chat form, or a chat form stands for it.
  [[nodiscard]] bool standard_word(std::string_view word) const;
  /// Phrase of one to three standard words (or stems) joined by a space, or null.
  [[nodiscard]] const Phrase* phrase(std::string_view words) const;
  /// Whether the word is a phrase, and whether some phrase of two words or more starts with it: one look-up for what is
  /// nearly always neither.
  struct InPhrases {
    bool alone = false;
    bool first = false;
  };
  [[nodiscard]] InPhrases in_phrases(std::string_view word) const;
  /// A word that may stand beside a facet phrase without naming a service ("kak", "itu", "ya").
  [[nodiscard]] bool filler(std::string_view word) const;
  [[nodiscard]] std::optional<Language> language(std::string_view word) const;
  /// Some place's name starts with this word.
  [[nodiscard]] bool starts_place(std::string_view word) const;
  /// A name of a place of the city, one to three words joined by a space.
  [[nodiscard]] bool place(std::string_view words) const;
  /// What a word does beside a number ("rp", "juli", "pukul", "rt", "kt").
  [[nodiscard]] std::optional<Unit> unit(std::string_view word) const;

  /// Number of chat forms, generated ones included.
  [[nodiscard]] std::size_t chat_forms() const { return chat_.size(); }

 private:
  enum class Flag : std::uint8_t {
    stop = 1,
    filler = 2,
    known = 4,
    place = 8,
    starts_phrase = 16,
    meant = 32,
    phrase = 64,
    starts_place = 128
  };
  [[nodiscard]] std::uint8_t flags(std::string_view word) const;
  [[nodiscard]] bool flag(std::string_view word, Flag flag) const { return has(flags(word), flag); }
  [[nodiscard]] static bool has(std::uint8_t flags, Flag flag) {
    return (flags & static_cast<std::uint8_t>(flag)) != 0;
  }
  [[nodiscard]] bool known(std::string_view word, std::uint8_t flags) const;

  friend class LexiconReader;

  TextMap<std::string> chat_;
  TextMap<std::string> stems_;
  TextMap<Phrase> phrases_;
  std::set<std::string, std::less<>> heads_;  ///< what Phrase::head and Phrase::signal point to
  TextMap<Language> languages_;
  TextMap<Unit> units_;
  TextMap<std::uint8_t> flags_;  ///< bits of Flag; `meant` is a part of what a chat form stands for, and says no more
};

}  // namespace sahut::nlu
