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

  /// What the lists say of one word, or of up to three joined by a space.
  class Listed;
  /// One look-up for all that may be asked of it; a message asks for each of its words.
  [[nodiscard]] Listed listed(std::string_view words) const;

  /// Standard form of a chat form (one or more words), or nullopt. `form` is folded.
  [[nodiscard]] std::optional<std::string_view> standard(std::string_view form) const;
  /// Stem of a standard word that the root table knows, or nullopt (then libstemmer decides).
  [[nodiscard]] std::optional<std::string_view> stem(std::string_view word) const;
  [[nodiscard]] bool stop(std::string_view word) const;
  /// Standard or chat word of any list: must not be "corrected".
  [[nodiscard]] bool known(std::string_view word) const;
  /// A word that means itself: a list knows it and it is no chat form, or a chat form stands for it.
  [[nodiscard]] bool standard_word(std::string_view word) const;
  /// Phrase of one to three standard words (or stems) joined by a space, or null.
  [[nodiscard]] const Phrase* phrase(std::string_view words) const;
  /// Whether the word is a phrase, and whether some phrase of two words or more starts or goes on with it: one look-up
  /// for what is nearly always nothing of that.
  struct InPhrases {
    bool alone = false;
    bool first = false;
    bool later = false;
  };
  [[nodiscard]] InPhrases in_phrases(std::string_view word) const;
  /// A word that may stand beside a facet phrase without naming a service ("kak", "itu", "ya").
  [[nodiscard]] bool filler(std::string_view word) const;
  [[nodiscard]] std::optional<Language> language(std::string_view word) const;
  /// A name of a place of the city, one to three words joined by a space.
  [[nodiscard]] bool place(std::string_view words) const;
  /// What a word does beside a number ("rp", "juli", "pukul", "rt", "kt").
  [[nodiscard]] std::optional<Unit> unit(std::string_view word) const;

  /// Number of chat forms, generated ones included.
  [[nodiscard]] std::size_t chat_forms() const { return chat_forms_; }

 private:
  enum class Flag : std::uint8_t {
    stop = 1,
    filler = 2,
    known = 4,
    place = 8,
    starts_phrase = 16,
    meant = 32,  ///< a part of what a chat form stands for, and says no more
    continues_phrase = 64,
    starts_place = 128
  };
  static constexpr std::uint32_t nothing = 0xffffffffU;
  struct Record {
    std::uint32_t standard = nothing;  ///< in texts_
    std::uint32_t stem = nothing;      ///< in texts_
    std::uint32_t phrase = nothing;    ///< in phrases_
    std::uint8_t flags = 0;            ///< bits of Flag
    std::optional<Unit> unit = {};
    std::optional<Language> language = {};
  };

  friend class LexiconReader;

  TextMap<Record> records_;
  std::vector<std::string> texts_;  ///< standard forms and stems, each once
  std::vector<Phrase> phrases_;
  std::set<std::string, std::less<>> heads_;  ///< what Phrase::head and Phrase::signal point to
  std::size_t chat_forms_ = 0;
};

/// Holds as long as its lexicon.
class Lexicon::Listed {
 public:
  /// Listed nowhere.
  Listed() = default;

  [[nodiscard]] std::optional<std::string_view> standard() const { return text(record_.standard); }
  [[nodiscard]] std::optional<std::string_view> stem() const { return text(record_.stem); }
  [[nodiscard]] bool stop() const { return has(Flag::stop); }
  [[nodiscard]] bool filler() const { return has(Flag::filler); }
  [[nodiscard]] bool known() const {
    const bool flagged = (record_.flags & ~static_cast<unsigned>(Flag::meant)) != 0;
    return flagged || record_.standard != nothing || record_.stem != nothing;
  }
  [[nodiscard]] bool standard_word() const { return has(Flag::meant) || (known() && record_.standard == nothing); }
  [[nodiscard]] const Phrase* phrase() const {
    return record_.phrase == nothing ? nullptr : &lexicon_->phrases_[record_.phrase];
  }
  [[nodiscard]] InPhrases in_phrases() const {
    return {
        .alone = record_.phrase != nothing, .first = has(Flag::starts_phrase), .later = has(Flag::continues_phrase)};
  }
  [[nodiscard]] bool place() const { return has(Flag::place); }
  /// Some place's name starts with this word.
  [[nodiscard]] bool starts_place() const { return has(Flag::starts_place); }
  [[nodiscard]] std::optional<Unit> unit() const { return record_.unit; }
  [[nodiscard]] std::optional<Language> language() const { return record_.language; }

 private:
  friend class Lexicon;
  Listed(const Lexicon& lexicon, const Record& record) : lexicon_(&lexicon), record_(record) {}
  [[nodiscard]] bool has(Flag flag) const { return (record_.flags & static_cast<unsigned>(flag)) != 0; }
  [[nodiscard]] std::optional<std::string_view> text(std::uint32_t number) const {
    return number == nothing ? std::nullopt : std::optional<std::string_view>(lexicon_->texts_[number]);
  }

  const Lexicon* lexicon_ = nullptr;
  Record record_;
};

}  // namespace sahut::nlu
