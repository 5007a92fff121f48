#include "bench/noise.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <embedded/lexicon.hpp>
#include <functional>
#include <utility>

namespace sahut::bench {
namespace {

constexpr std::size_t typo_letters_min = 4;
constexpr std::size_t abbreviated_letters_min = 6;

/// Of one text: the same draws each time.
class Dice {
 public:
  Dice(std::string_view text, std::uint32_t seed) : state_(0x9e3779b97f4a7c15ULL ^ seed) {
    for (const char c : text) state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    if (state_ == 0) state_ = 1;
  }
  [[nodiscard]] std::size_t below(std::size_t count) {
    state_ ^= state_ >> 12U;
    state_ ^= state_ << 25U;
    state_ ^= state_ >> 27U;
    return static_cast<std::size_t>((state_ * 0x2545f4914f6cdd1dULL) >> 33U) % count;
  }

 private:
  std::uint64_t state_;
};

bool is_vowel(char c) {
  return std::string_view("aeiou").find(c) != std::string_view::npos;
}

char beside_on_the_keyboard(char c, Dice& dice) {
  static constexpr std::array<std::string_view, 3> rows = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
  for (const std::string_view row : rows) {
    const std::size_t at = row.find(c);
    if (at == std::string_view::npos) continue;
    const bool right = at == 0 || (at + 1 < row.size() && dice.below(2) == 0);
    return row[right ? at + 1 : at - 1];
  }
  return c;
}

std::string with_slip(std::string word, Dice& dice) {
  const std::size_t at = 1 + dice.below(word.size() - 2);  // the first and the last letter are hit far less often
  switch (dice.below(4)) {
    case 0:
      word[at] = beside_on_the_keyboard(word[at], dice);
      break;
    case 1:
      word.erase(at, 1);
      break;
    case 2:
      word.insert(at, 1, word[at]);
      break;
    default:
      std::swap(word[at], word[at + 1]);
  }
  return word;
}

std::string without_inner_vowels(std::string_view word) {
  std::string rest(1, word.front());
  for (std::size_t i = 1; i < word.size(); ++i) {
    if (!is_vowel(word[i]) || i + 1 == word.size()) rest += word[i];
  }
  return rest;
}

/// The text with each word of letters (lower-cased) replaced by what `change` makes of it.
std::string by_words(std::string_view text, const std::function<std::string(std::string)>& change) {
  std::string out;
  std::string word;
  const auto flush = [&] {
    if (!word.empty()) out += change(std::exchange(word, {}));
  };
  for (const char c : text) {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else {
      flush();
      out += c;
    }
  }
  flush();
  return out;
}

}  // namespace

Noise::Noise(std::uint32_t seed) : seed_(seed) {
  for (const embedded::File& file : embedded::lexicon()) {
    if (!file.path.starts_with("chat-words")) continue;
    for (std::string_view rest = file.bytes; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const std::size_t tab = line.find('\t');
      if (line.starts_with('#') || tab == std::string_view::npos) continue;
      const std::string_view standard = line.substr(tab + 1);
      if (standard.find(' ') == std::string_view::npos) {
        chat_forms_[std::string(standard)].emplace_back(line.substr(0, tab));
      }
    }
  }
}

std::string Noise::typos(std::string_view text) const {
  Dice dice(text, seed_);
  return by_words(text, [&dice](std::string word) {
    return word.size() >= typo_letters_min && dice.below(5) == 0 ? with_slip(std::move(word), dice) : word;
  });
}

std::string Noise::slang(std::string_view text) const {
  Dice dice(text, seed_ + 1);
  return by_words(text, [&](std::string word) {
    const auto forms = chat_forms_.find(word);
    if (forms != chat_forms_.end()) return dice.below(3) < 2 ? forms->second[dice.below(forms->second.size())] : word;
    return word.size() >= abbreviated_letters_min && dice.below(8) == 0 ? without_inner_vowels(word) : word;
  });
}

}  // namespace sahut::bench
