#include "nlu/normalised_texts.hpp"

#include <utility>

#include "nlu/normaliser.hpp"

namespace sahut::nlu {
namespace {

constexpr std::size_t texts_per_task = 256;

}  // namespace

std::uint32_t NormalisedTexts::number_of(const Token& token) {
  const auto next = static_cast<std::uint32_t>(words_.size());
  const auto [place, added] = numbers_.try_emplace(token.normal, next);
  if (added) words_.push_back({token.normal, token.stem, token.stop});
  return place->second;
}

std::vector<NormalisedTexts::Known> NormalisedTexts::words_of(std::span<const std::string_view> texts,
                                                              const std::shared_ptr<const Lexicon>& lexicon,
                                                              const ForEach& for_each) {
  if (lexicon != lexicon_) {
    *this = NormalisedTexts();
    lexicon_ = lexicon;
  }
  ++uses_;
  std::vector<Known> known_texts(texts.size());  // the words stay where they are when the map grows
  std::vector<std::size_t> missing;
  std::size_t used = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::uint64_t key = hash_of_word(texts[i]);
    const auto [known, added] = texts_.try_emplace(key);
    if (std::exchange(known->second.last_use, uses_) != uses_) ++used;
    if (added) missing.push_back(i);
    known_texts[i] = {known->second.words, key};
  }
  std::vector<std::vector<Token>> tokens(missing.size());
  for_each((missing.size() + texts_per_task - 1) / texts_per_task, [&](std::size_t task) {
    const std::size_t end = std::min(missing.size(), (task + 1) * texts_per_task);
    for (std::size_t i = task * texts_per_task; i < end; ++i) tokens[i] = normalise(texts[missing[i]], *lexicon).tokens;
  });
  for (std::size_t i = 0; i < missing.size(); ++i) {
    std::vector<std::uint32_t>& of_text = texts_[known_texts[missing[i]].key].words;
    of_text.reserve(tokens[i].size());
    for (const Token& token : tokens[i]) of_text.push_back(number_of(token));
  }
  if (!missing.empty()) {  // a text may have come twice, and been missing only once
    for (Known& text : known_texts) text.words = texts_.find(text.key)->second.words;
  }
  if (used < texts_.size())
    boost::unordered::erase_if(texts_, [this](const auto& text) { return text.second.last_use != uses_; });
  return known_texts;
}

}  // namespace sahut::nlu
