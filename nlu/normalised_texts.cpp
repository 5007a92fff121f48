#include "nlu/normalised_texts.hpp"

#include <algorithm>

#include "nlu/normaliser.hpp"

namespace sahut::nlu {
namespace {

constexpr std::size_t texts_per_task = 256;
constexpr std::size_t unused_factor = 2;  // of the texts in use, how many are kept at most

}  // namespace

std::uint32_t NormalisedTexts::number_of(const Token& token) {
  const auto next = static_cast<std::uint32_t>(words_.size());
  const auto [place, added] = numbers_.try_emplace(token.normal, next);
  if (added) words_.push_back({token.normal, token.stem, token.stop});
  return place->second;
}

NormalisedTexts::Known NormalisedTexts::at(std::uint32_t text, std::uint64_t key) const {
  const Ends begin = text > 0 ? ends_[text - 1] : Ends();
  const Ends end = ends_[text];
  return {.words = std::span(words_of_texts_).subspan(begin.words, end.words - begin.words),
          .phrases = std::span(phrases_of_texts_).subspan(begin.phrases, end.phrases - begin.phrases),
          .key = key};
}

std::vector<NormalisedTexts::Known> NormalisedTexts::known(std::span<const std::string_view> texts,
                                                           const std::shared_ptr<const Lexicon>& lexicon,
                                                           const ForEach& for_each) {
  const bool broken_off = texts_.size() != ends_.size();  // the last call, by an exception
  if (lexicon != lexicon_ || broken_off || texts_.size() > unused_factor * used_) {
    *this = NormalisedTexts();
    lexicon_ = lexicon;
  }
  std::vector<std::uint64_t> keys;
  std::vector<std::uint32_t> numbers;
  std::vector<std::size_t> missing;
  keys.reserve(texts.size());
  numbers.reserve(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    keys.push_back(hash_of_word(texts[i]));
    const auto [text, added] = texts_.try_emplace(keys.back(), static_cast<std::uint32_t>(texts_.size()));
    if (added) missing.push_back(i);
    numbers.push_back(text->second);
  }

  struct Normalised {
    std::vector<Token> tokens;
    std::vector<PhraseHit> phrases;
  };
  std::vector<Normalised> normalised(missing.size());
  for_each((missing.size() + texts_per_task - 1) / texts_per_task, [&](std::size_t task) {
    const std::size_t end = std::min(missing.size(), (task + 1) * texts_per_task);
    for (std::size_t i = task * texts_per_task; i < end; ++i) {
      normalised[i].tokens = normalise(texts[missing[i]], *lexicon).tokens;
      find_phrases(words_of(normalised[i].tokens, *lexicon), *lexicon, normalised[i].phrases);
    }
  });
  for (const auto& [tokens, phrases] : normalised) {
    for (const Token& token : tokens) words_of_texts_.push_back(number_of(token));
    phrases_of_texts_.insert(phrases_of_texts_.end(), phrases.begin(), phrases.end());
    ends_.push_back({words_of_texts_.size(), phrases_of_texts_.size()});
  }

  std::vector<Known> all;
  all.reserve(texts.size());
  std::vector<bool> used(ends_.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    all.push_back(at(numbers[i], keys[i]));
    used[numbers[i]] = true;
  }
  used_ = static_cast<std::size_t>(std::ranges::count(used, true));
  return all;
}

}  // namespace sahut::nlu
