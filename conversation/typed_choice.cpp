#include "conversation/typed_choice.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>

#include "nlu/normaliser.hpp"

namespace sahut::conversation {
namespace {

/// Words people put around a number or an ordinal.
constexpr std::array<std::string_view, 30> filler = {
    "yang", "yg",     "nomor",  "no",  "nomer", "pilihan", "pilih", "ke",   "the",  "saya",
    "ya",   "option", "number", "aja", "saja",  "aj",      "min",   "kak",  "pak",  "bu",
    "mas",  "mbak",   "admin",  "deh", "dong",  "itu",     "opsi",  "poin", "dulu", "mau"};
constexpr std::array<std::array<std::string_view, 5>, 10> ordinals = {{
    {"1", "satu", "pertama", "first", "one"},
    {"2", "dua", "kedua", "second", "two"},
    {"3", "tiga", "ketiga", "third", "three"},
    {"4", "empat", "keempat", "fourth", "four"},
    {"5", "lima", "kelima", "fifth", "five"},
    {"6", "enam", "keenam", "sixth", "six"},
    {"7", "tujuh", "ketujuh", "seventh", "seven"},
    {"8", "delapan", "kedelapan", "eighth", "eight"},
    {"9", "sembilan", "kesembilan", "ninth", "nine"},
    {"10", "sepuluh", "kesepuluh", "tenth", "ten"},
}};
constexpr std::array<std::string_view, 3> last_of_all = {"terakhir", "paling bawah", "last"};

constexpr std::size_t longest_choice_words = 16;  ///< a longer text is a question
constexpr std::size_t longest_part_words = 6;

std::string folded_words(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80) {
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

/// Takes the first word off.
std::string_view next_word(std::string_view& words) {
  const std::size_t space = words.find(' ');
  const std::string_view word = words.substr(0, space);
  words.remove_prefix(space == std::string_view::npos ? words.size() : space + 1);
  return word;
}

/// 1..10 if the words are one number with fillers around it, else 0.
std::size_t ordinal_of(std::string_view words) {
  std::size_t number = 0;
  while (!words.empty()) {
    std::string_view word = next_word(words);
    if (std::find(filler.begin(), filler.end(), word) != filler.end()) continue;
    if (word.size() > 2 && word.starts_with("ke") && std::isdigit(static_cast<unsigned char>(word[2])) != 0) {
      word.remove_prefix(2);
    }
    const auto* const row = std::find_if(ordinals.begin(), ordinals.end(), [&](const auto& names) {
      return std::find(names.begin(), names.end(), word) != names.end();
    });
    if (row == ordinals.end() || number != 0) return 0;
    number = static_cast<std::size_t>(row - ordinals.begin()) + 1;
  }
  return number;
}

bool means_last(std::string_view words) {
  bool last = false;
  while (!words.empty()) {
    if (words == last_of_all[1]) return true;
    const std::string_view word = next_word(words);
    if (std::find(filler.begin(), filler.end(), word) != filler.end()) continue;
    if (last || std::find(last_of_all.begin(), last_of_all.end(), word) == last_of_all.end()) return false;
    last = true;
  }
  return last;
}

/// What the words of a text are about: stems without fillers.
std::vector<std::string> stems_of(std::string_view text, const nlu::Lexicon& lexicon) {
  std::vector<std::string> stems;
  for (const nlu::Token& token : nlu::normalise(text, lexicon).tokens) {
    const bool says_nothing = token.stop || std::find(filler.begin(), filler.end(), token.surface) != filler.end();
    if (!says_nothing) stems.push_back(token.stem);
  }
  return stems;
}

/// The only choice whose title has all the words of the text.
const Choice* part_of_title(std::string_view text, const std::vector<Choice>& offered, const nlu::Lexicon& lexicon) {
  const std::vector<std::string> wanted = stems_of(text, lexicon);
  if (wanted.empty() || wanted.size() > longest_part_words) return nullptr;
  const Choice* found = nullptr;
  for (const Choice& choice : offered) {
    const std::vector<std::string> title = stems_of(choice.title, lexicon);
    const bool fits = std::all_of(wanted.begin(), wanted.end(), [&](const std::string& stem) {
      return std::find(title.begin(), title.end(), stem) != title.end();
    });
    if (!fits) continue;
    if (found != nullptr) return nullptr;
    found = &choice;
  }
  return found;
}

}  // namespace

bool is_entry(const Choice& choice) {
  return choice.value.starts_with(choice_entry_prefix);
}

bool names_number(std::string_view text) {
  return ordinal_of(folded_words(text)) > 0;
}

const Choice* typed_choice(std::string_view text, const std::vector<Choice>& offered, const nlu::Lexicon& lexicon) {
  if (offered.empty()) return nullptr;
  const std::string words = folded_words(text);
  if (std::count(words.begin(), words.end(), ' ') >= static_cast<std::ptrdiff_t>(longest_choice_words)) return nullptr;
  for (const Choice& choice : offered) {
    if (folded_words(choice.title) == words) return &choice;
  }
  const std::size_t number = ordinal_of(words);
  if (number >= 1) return number <= offered.size() ? &offered[number - 1] : nullptr;
  if (means_last(words)) {
    const auto last = std::find_if(offered.rbegin(), offered.rend(), is_entry);
    return last == offered.rend() ? nullptr : &*last;
  }
  return part_of_title(text, offered, lexicon);
}

}  // namespace sahut::conversation
