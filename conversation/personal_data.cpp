#include "conversation/personal_data.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <vector>

#include "conversation/cues.hpp"
#include "nlu/normaliser.hpp"
#include "values/ascii.hpp"

namespace sahut::conversation {
namespace {

constexpr std::size_t shortest_number = 9;
constexpr std::size_t longest_number = 20;
constexpr std::size_t longest_name = 4;

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0;
}
bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

struct Place {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::vector<Place> places_of_words(std::string_view text) {
  std::vector<Place> places;
  for (std::size_t i = 0; i < text.size() && places.size() < CuedText::words_max;) {
    if (!is_word_byte(text[i])) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    while (i < text.size() && is_word_byte(text[i])) ++i;
    places.push_back({begin, i});
  }
  return places;
}

std::string lower(std::string_view word) {
  std::string out(word);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
  return out;
}

std::string_view text_of(std::string_view text, Place place) {
  return text.substr(place.begin, place.end - place.begin);
}

bool ends_sentence(std::string_view signs) {
  return signs.find_first_of(",.;!?\n") != std::string_view::npos;
}

/// Words of the longest phrase of this kind among `words` from `at` on; 0 if none.
std::size_t phrase_at(Cue kind, std::string_view text, const std::vector<Place>& words, std::size_t at) {
  std::size_t longest = 0;
  std::string phrase;
  for (std::size_t n = 1; n <= cue_words_max && at + n <= words.size(); ++n) {
    if (n > 1) phrase += ' ';
    phrase += lower(text_of(text, words[at + n - 1]));
    if (built_in_cues().has(kind, phrase)) longest = n;
  }
  return longest;
}

/// Where the words begin that announce the number ("no hp saya"), or the number itself if none do.
std::size_t start_with_announcement(std::string_view text, const std::vector<Place>& words, std::size_t number,
                                    NumberWord identity) {
  const auto before = std::find_if(words.rbegin(), words.rend(), [&](Place word) { return word.end <= number; });
  const auto count = static_cast<std::size_t>(words.rend() - before);
  if (count == 0 || ends_sentence(text.substr(before->end, number - before->end))) return number;
  for (std::size_t n = std::min(cue_words_max, count); n > 0; --n) {
    if (phrase_at(Cue::telephone, text, words, count - n) == n) return words[count - n].begin;
    const bool named = identity == NumberWord::drop && phrase_at(Cue::identity, text, words, count - n) == n;
    if (named) return words[count - n].begin;
  }
  return number;
}

void find_numbers(std::string_view text, const std::vector<Place>& words, NumberWord identity,
                  std::vector<Place>& found) {
  for (std::size_t i = 0; i < text.size();) {
    if (!is_digit(text[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    std::size_t digits = 0;
    for (std::size_t at = i; at < text.size(); ++at) {
      if (is_digit(text[at])) {
        ++digits;
        end = at + 1;
      } else if (text[at] != ' ' && text[at] != '.' && text[at] != '-') {
        break;
      }
    }
    if (digits >= shortest_number && digits <= longest_number) {
      found.push_back({start_with_announcement(text, words, i, identity), end});
    }
    i = end;
  }
}

void find_names(std::string_view text, const std::vector<Place>& words, const nlu::Lexicon& lexicon,
                std::vector<Place>& found) {
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t cue = phrase_at(Cue::name, text, words, at);
    if (cue == 0) {
      ++at;
      continue;
    }
    // In a text typed in capitals a capital says nothing.
    const bool capitals_tell = !is_capital(text[words[at + cue - 1].begin]);
    std::size_t next = at + cue;
    while (next < words.size() && next - at - cue < longest_name) {
      const std::string_view word = text_of(text, words[next]);
      const bool parted =
          next > at + cue && ends_sentence(text.substr(words[next - 1].end, words[next].begin - words[next - 1].end));
      const bool a_name = !lexicon.known(lower(word)) || (capitals_tell && is_capital(word.front()));
      if (parted || !a_name || is_digit(word.front())) break;
      ++next;
    }
    if (next > at + cue) found.push_back({words[at].begin, words[next - 1].end});
    at = next;
  }
}

}  // namespace

Impersonal without_personal_data(std::string_view text, const nlu::Lexicon& lexicon, NumberWord identity) {
  text = text.substr(0, nlu::max_text_bytes);
  const std::vector<Place> words = places_of_words(text);
  std::vector<Place> found;
  find_numbers(text, words, identity, found);
  find_names(text, words, lexicon, found);
  std::sort(found.begin(), found.end(), [](Place a, Place b) { return a.begin < b.begin; });
  Impersonal rest{.text = {}, .removed = !found.empty()};
  std::size_t from = 0;
  for (const Place& place : found) {
    if (place.begin > from) rest.text.append(text.substr(from, place.begin - from)).append(" ");
    from = std::max(from, place.end);
  }
  rest.text.append(text.substr(from));
  return rest;
}

}  // namespace sahut::conversation
