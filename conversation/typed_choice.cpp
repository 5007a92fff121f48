#include "conversation/typed_choice.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace sahut::conversation {
namespace {

/// Words people put around a number or an ordinal.
constexpr std::array<std::string_view, 13> filler = {"yang", "yg",  "nomor", "no", "nomer",  "pilihan", "pilih",
                                                     "ke",   "the", "saya",  "ya", "option", "number"};
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
constexpr std::array<std::string_view, 5> none_of_these = {"bukan ini", "bukan itu", "bukan", "bukan semua",
                                                           "none of these"};

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

/// 1..10 if the words are one number with fillers around it, else 0.
std::size_t ordinal_of(std::string_view words) {
  std::size_t number = 0;
  while (!words.empty()) {
    const std::size_t space = words.find(' ');
    const std::string_view word = words.substr(0, space);
    words.remove_prefix(space == std::string_view::npos ? words.size() : space + 1);
    if (std::find(filler.begin(), filler.end(), word) != filler.end()) continue;
    const auto* const row = std::find_if(ordinals.begin(), ordinals.end(), [&](const auto& names) {
      return std::find(names.begin(), names.end(), word) != names.end();
    });
    if (row == ordinals.end() || number != 0) return 0;
    number = static_cast<std::size_t>(row - ordinals.begin()) + 1;
  }
  return number;
}

}  // namespace

const Choice* typed_choice(std::string_view text, const nlu::Utterance& utterance, const std::vector<Choice>& offered) {
  if (offered.empty() || utterance.tokens.size() > 16) return nullptr;
  const std::string words = folded_words(text);
  for (const Choice& choice : offered) {
    if (folded_words(choice.title) == words) return &choice;
  }
  if (std::find(none_of_these.begin(), none_of_these.end(), words) != none_of_these.end()) {
    for (const Choice& choice : offered) {
      if (choice.value == choice_none) return &choice;
    }
  }
  const std::size_t number = ordinal_of(words);
  return number >= 1 && number <= offered.size() ? &offered[number - 1] : nullptr;
}

}  // namespace sahut::conversation
