// Texts that were normalised before, kept from one training to the next: an edit changes one text in ten thousand.
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
    std::uint64_t key = 0;                 ///< hash of the text, by which it is known
  };
  /// Of each text; valid until the next call. Texts that are not among these are forgotten; with another lexicon all
  /// are.
  [[nodiscard]] std::vector<Known> words_of(std::span<const std::string_view> texts,
                                            const std::shared_ptr<const Lexicon>& lexicon, const ForEach& for_each);
  [[nodiscard]] const Word& word(std::uint32_t number) const { return words_[number]; }
  [[nodiscard]] std::size_t word_count() const { return words_.size(); }

 private:
  struct Text {
    std::vector<std::uint32_t> words;
    std::uint32_t last_use = 0;
  };
  std::uint32_t number_of(const Token& token);

  std::shared_ptr<const Lexicon> lexicon_;
  std::uint32_t uses_ = 0;
  boost::unordered_flat_map<std::uint64_t, Text> texts_;
  std::vector<Word> words_;
  TextMap<std::uint32_t> numbers_;  ///< by the normal form
};

}  // namespace sahut::nlu
