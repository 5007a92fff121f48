// The words that one city adds to the built-in lexicon: what its people say, and the standard words that stand for it.
// Editors write them, so what is wrong is told in the words editors read.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/lexicon.hpp"
#include "nlu/text_map.hpp"
#include "values/problem.hpp"

namespace sahut::nlu {

struct CityWord {
  std::string form;      ///< one word as people say it: "leding"
  std::string standard;  ///< the standard words it stands for: "air pdam"

  bool operator==(const CityWord&) const = default;
};

constexpr std::size_t city_words_max = 2'000;
constexpr std::size_t city_form_letters_min = 2;
constexpr std::size_t city_form_letters_max = 40;
constexpr std::size_t city_standard_letters_max = 80;

/// The word as the lexicon keeps it (lower case, no diacritics, single spaces), or what is wrong with it by itself.
/// `where` of a Problem is "form" or "standard".
[[nodiscard]] Result<CityWord> tidy(const CityWord& typed);

/// Words of one city that go together and with the built-in lexicon. A city knows its own words better: where the
/// built-in lexicon has another meaning for the same chat form, the city's wins. What is standard stays standard.
class CityWords {
 public:
  explicit CityWords(std::shared_ptr<const Lexicon> built_in) : built_in_(std::move(built_in)) {}

  /// Adds a word whose form is not among them. A Problem (`where` is "form" or "standard") leaves them as they were.
  [[nodiscard]] std::optional<Problem> add(const CityWord& typed);

  /// The built-in lexicon with these words; the built-in one itself if there are none. Costs what parsing it costs.
  [[nodiscard]] Result<std::shared_ptr<const Lexicon>> lexicon() const;

 private:
  [[nodiscard]] std::optional<Problem> refusal(const CityWord& word) const;

  std::shared_ptr<const Lexicon> built_in_;
  TextMap<std::string> standards_;  ///< form → standard
  TextMap<std::string> meant_by_;   ///< word of a standard side → a form that stands for it
};

}  // namespace sahut::nlu
