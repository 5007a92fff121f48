// Reads the word lists into a Lexicon; knows their formats (data/lexicon/README.md) and names file and line of an
// error.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/lexicon.hpp"
#include "values/problem.hpp"

namespace sahut::nlu {

class LexiconReader {
 public:
  /// Reads one file; the Problem says where it stopped.
  [[nodiscard]] std::optional<Problem> read(const LexiconFile& file);
  /// Adds the generated forms and checks the whole: no chains of chat forms.
  [[nodiscard]] Result<Lexicon> finish() &&;

 private:
  struct Line {
    std::string_view file;
    std::size_t number = 0;
    std::vector<std::string_view> fields;
    bool overrides = false;
  };
  using Reader = std::optional<Problem> (LexiconReader::*)(const Line&);
  struct Kind {
    std::string_view name;
    std::size_t fields_min;
    std::size_t fields_max;
    Reader reader;
  };
  static const Kind* kind_of(std::string_view file_name);

  std::optional<Problem> read_chat(const Line& line);
  std::optional<Problem> read_root(const Line& line);
  std::optional<Problem> read_synonyms(const Line& line);
  std::optional<Problem> read_signal(const Line& line);
  std::optional<Problem> read_stop(const Line& line);
  std::optional<Problem> read_filler(const Line& line);
  std::optional<Problem> read_known(const Line& line);
  std::optional<Problem> read_place(const Line& line);
  std::optional<Problem> read_facet(const Line& line);
  std::optional<Problem> read_language(const Line& line);
  std::optional<Problem> read_unit(const Line& line);

  Phrase& add_phrase(std::string_view words);
  void add_flag(std::string_view word, Lexicon::Flag flag);
  [[nodiscard]] Lexicon::Record& record(std::string_view words) { return lexicon_.records_[std::string(words)]; }
  /// The number of a text in the lexicon's.
  [[nodiscard]] std::uint32_t number_of(std::string_view text);
  [[nodiscard]] std::string_view standard_of(std::string_view form) const;
  void generate_forms();
  void mark_what_is_meant();
  [[nodiscard]] std::optional<Problem> check_chains() const;

  Lexicon lexicon_;
  TextMap<std::uint32_t> text_numbers_;
  std::vector<std::string> roots_;
  std::map<std::string, std::string, std::less<>>
      chat_places_;  ///< chat form → "file:line", for the errors of finish()
};

}  // namespace sahut::nlu
