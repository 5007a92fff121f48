#include "nlu/word_normaliser.hpp"

#include <algorithm>
#include <array>

namespace sahut::nlu {
namespace {

constexpr std::size_t base_letters_min = 2;  // "kknya": the shortest base a clitic hangs on

bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}

/// "lamaaa": a letter three times or more in a row.
bool has_long_run(std::string_view word) {
  for (std::size_t i = 2; i < word.size(); ++i) {
    if (word[i] == word[i - 1] && word[i] == word[i - 2] && is_letter(word[i])) return true;
  }
  return false;
}

/// "anak2" → "anak", "syarat2nya" → "syarat" + "nya"; other words with digits come back as they are.
std::string without_reduplication_sign(std::string_view word) {
  const std::size_t two = word.find('2');
  if (two == std::string_view::npos || two < base_letters_min) return std::string(word);
  const std::string_view base = word.substr(0, two);
  const std::string_view tail = word.substr(two + 1);
  const bool letters = std::ranges::all_of(base, is_letter) && std::ranges::all_of(tail, is_letter);
  const bool ending = tail.empty() || tail == "nya" || tail == "an" || tail == "ku" || tail == "mu" || tail == "x";
  if (!letters || !ending) return std::string(word);
  return std::string(base).append(tail == "x" ? "nya" : tail);
}

struct Clitic {
  std::string_view ending;
  std::size_t known_base_min;    ///< letters of a base that the lexicon knows
  std::size_t unknown_base_min;  ///< letters of one that nobody knows; 0: such a word is left alone
};
// -nya is nearly never part of a longer word. "x" and "ny" are chat for it ("biayax", "biayany"), -ne and -e Javanese
// ("carane", "syarate").
constexpr std::array<Clitic, 13> clitics = {{{"nyakah", 2, 0},
                                             {"nyalah", 2, 0},
                                             {"nya", 2, 4},
                                             {"kah", 2, 0},
                                             {"lah", 2, 0},
                                             {"pun", 2, 0},
                                             {"ku", 2, 0},
                                             {"mu", 2, 0},
                                             {"ny", 2, 0},
                                             {"nye", 2, 0},
                                             {"x", 2, 0},
                                             {"ne", 3, 0},
                                             {"e", 4, 0}}};

/// The standard form of the base under a clitic, or empty.
std::string base_under_clitic(std::string_view word, const Lexicon& lexicon) {
  for (const Clitic& clitic : clitics) {
    if (!word.ends_with(clitic.ending) || word.size() < clitic.ending.size() + clitic.known_base_min) continue;
    const std::string_view base = word.substr(0, word.size() - clitic.ending.size());
    const Lexicon::Listed listed = lexicon.listed(base);
    if (const auto standard = listed.standard()) return std::string(*standard);
    if (listed.known()) return std::string(base);
    if (clitic.unknown_base_min > 0 && base.size() >= clitic.unknown_base_min) return std::string(base);
  }
  return {};
}

std::string known_form(std::string_view word, const Lexicon& lexicon) {
  const Lexicon::Listed listed = lexicon.listed(word);
  if (const auto standard = listed.standard()) return std::string(*standard);
  if (listed.known()) return std::string(word);
  std::string base = base_under_clitic(word, lexicon);
  return base.empty() ? std::string(word) : base;
}

}  // namespace

std::string squeeze(std::string_view word, const Lexicon& lexicon) {
  if (!has_long_run(word)) return std::string(word);
  std::string one;
  std::string two;
  for (std::size_t i = 0; i < word.size();) {
    std::size_t end = i;
    while (end < word.size() && word[end] == word[i]) ++end;
    const std::size_t run = end - i;
    const bool long_run = run >= 3 && is_letter(word[i]);
    one.append(long_run ? 1 : run, word[i]);
    two.append(long_run ? 2 : run, word[i]);
    i = end;
  }
  return lexicon.known(two) && !lexicon.known(one) ? two : one;
}

bool is_plain(std::string_view word) {
  return !has_long_run(word) && word.find('2') == std::string_view::npos;
}

std::string standard_form(std::string_view word, const Lexicon& lexicon) {
  if (is_plain(word)) return known_form(word, lexicon);
  if (const auto standard = lexicon.standard(word)) return std::string(*standard);
  return known_form(without_reduplication_sign(squeeze(word, lexicon)), lexicon);
}

}  // namespace sahut::nlu
