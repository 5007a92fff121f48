// Texts that were normalised before, with the phrases found in them, kept from one training to the next: an edit
// changes one text in ten thousand.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/for_each.hpp"
#include "nlu/lexicon.hpp"
#include "nlu/phrases.hpp"
#include "nlu/text_map.hpp"
#include "nlu/utterance.hpp"

namespace sahut::nlu {

/// Thread: one at a time.
class NormalisedTexts {
 public:
  struct Word {
    std::string normal;
    std::string stem;
    bool stop = false;
  };

  struct Known {
    std::span<const std::uint32_t> words;  ///< by number
    std::span<const PhraseHit> phrases;
    std::uint64_t key = 0;  ///< hash of the text, by which it is known
  };
  /// Of each text; valid until the next call. With another lexicon, or when most texts are used no more, all is
  /// forgotten first.
  [[nodiscard]] std::vector<Known> known(std::span<const std::string_view> texts,
                                         const std::shared_ptr<const Lexicon>& lexicon, const ForEach& for_each);
  [[nodiscard]] const Word& word(std::uint32_t number) const { return words_[number]; }
  [[nodiscard]] std::size_t word_count() const { return words_.size(); }

 private:
  /// Where a text ends in words_of_texts_ and phrases_of_texts_; it begins where the one before it ends.
  struct Ends {
    std::size_t words = 0;
    std::size_t phrases = 0;
  };
  std::uint32_t number_of(const Token& token);
  [[nodiscard]] Known at(std::uint32_t text, std::uint64_t key) const;

  std::shared_ptr<const Lexicon> lexicon_;
  std::size_t used_ = 0;                                           ///< different texts of the last call
  boost::unordered_flat_map<std::uint64_t, std::uint32_t> texts_;  ///< key → number
  std::vector<Ends> ends_;                                         ///< [text]
  std::vector<std::uint32_t> words_of_texts_;
  std::vector<PhraseHit> phrases_of_texts_;
  std::vector<Word> words_;
  TextMap<std::uint32_t> numbers_;  ///< by the normal form
};

}  // namespace sahut::nlu
