#include "nlu/phrases.hpp"

#include <algorithm>
#include <array>

namespace sahut::nlu {
namespace {

/// Words joined by spaces; nothing once that is longer than any phrase.
class Joined {
 public:
  explicit Joined(std::string_view word) { add(word); }
  void add(std::string_view word) {
    too_long_ = too_long_ || size_ + word.size() >= letters_.size();
    if (too_long_) return;
    if (size_ > 0) letters_[size_++] = ' ';
    std::ranges::copy(word, letters_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += word.size();
  }
  [[nodiscard]] std::string_view text() const { return {letters_.data(), too_long_ ? 0 : size_}; }

 private:
  std::array<char, 128> letters_;
  std::size_t size_ = 0;
  bool too_long_ = false;
};

bool goes_on(const Word& word) {
  return word.form.later || word.root.later;
}

/// The longest phrase of two words or more that starts at word `at`.
PhraseHit long_phrase_at(std::span<const Word> words, const Lexicon& lexicon, std::uint32_t at) {
  PhraseHit hit;
  Joined normal(words[at].normal);
  Joined stems(words[at].stem);
  const auto end = static_cast<std::uint32_t>(std::min(words.size(), at + phrase_words_max));
  for (std::uint32_t next = at + 1; next < end && goes_on(words[next]); ++next) {
    normal.add(words[next].normal);
    stems.add(words[next].stem);
    const Phrase* phrase = lexicon.phrase(normal.text());
    if (phrase == nullptr) phrase = lexicon.phrase(stems.text());
    if (phrase != nullptr) hit = {phrase, at, next + 1};
  }
  return hit;
}

}  // namespace

void find_phrases(std::span<const Word> words, const Lexicon& lexicon, std::vector<PhraseHit>& out) {
  for (std::uint32_t at = 0; at < words.size();) {
    const Word& word = words[at];
    PhraseHit hit;
    if (word.form.first || word.root.first) hit = long_phrase_at(words, lexicon, at);
    if (hit.phrase == nullptr && (word.form.alone || word.root.alone))
      hit = {lexicon.phrase(word.form.alone ? word.normal : word.stem), at, at + 1};
    if (hit.phrase != nullptr) out.push_back(hit);
    at = hit.phrase != nullptr ? hit.last : at + 1;
  }
}

}  // namespace sahut::nlu
