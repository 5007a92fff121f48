// Words that say what a message does rather than what it is about: greetings, thanks, insults, corrections, joints
// between two questions. The lists are data/sentences/cues.txt.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/lexicon.hpp"
#include "nlu/utterance.hpp"
#include "values/problem.hpp"

namespace sahut::conversation {

enum class Cue : std::uint8_t {
  greeting,
  thanks,
  goodbye,
  acknowledgement,
  courtesy_beside,  ///< says nothing alone
  address,
  function_word,  ///< English words that name nothing; the lexicon knows the Indonesian ones
  abuse,
  mild_abuse,         ///< an insult only where nothing else is said ("anjing" may be a dog)
  mild_abuse_beside,  ///< what may stand beside it
  yes,
  no,
  denial,         ///< needs a break after it
  denial_phrase,  ///< does not
  correction,
  correction_opener,
  contrast,
  joiner,
  weak_joiner,  ///< joins what happened as often as two questions
  instead,
  online,
  online_told,  ///< how an answer speaks of it
  by_proxy,
  by_proxy_told,
  source,
  source_beside,
  plea,  ///< asks for help in general; nothing has happened
  about,
  name,       ///< a name follows
  telephone,  ///< a telephone number follows
  identity,   ///< a NIK or KK number follows
};
constexpr std::size_t cue_kinds = 31;

/// Words of one cue phrase at most.
constexpr std::size_t cue_words_max = 5;

/// The lists, read.
class Cues {
 public:
  /// Errors name the line.
  [[nodiscard]] static Result<Cues> parse(std::string_view text);

  /// REQUIRES: `phrase` is lower case, its words joined by one space.
  [[nodiscard]] bool has(Cue kind, std::string_view phrase) const;
  /// The phrase of this kind that stands first in the file: the plainest one.
  [[nodiscard]] const std::string& plainest(Cue kind) const;

 private:
  struct List {
    std::set<std::string, std::less<>> phrases;
    std::string first;
  };
  std::array<List, cue_kinds> lists_;
};

/// The lists that come with the product. Any thread.
[[nodiscard]] const Cues& built_in_cues();

/// A text as a row of words in which cues can be looked for.
class CuedText {
 public:
  /// Reads at most the first `words_max` words; the rest of the text stays reachable through `rest_from`.
  CuedText(std::string_view text, const nlu::Lexicon& lexicon, const Cues& cues = built_in_cues());

  static constexpr std::size_t words_max = 96;

  [[nodiscard]] std::size_t size() const { return words_.size(); }
  [[nodiscard]] bool empty() const { return words_.empty(); }
  /// Words of the longest phrase of this kind that starts at word `at`; 0 if none does. A phrase counts as typed or by
  /// the standard forms of its words. REQUIRES: at < size().
  [[nodiscard]] std::size_t match(Cue kind, std::size_t at) const;
  /// The first word at which a phrase of this kind starts, or size().
  [[nodiscard]] std::size_t find(Cue kind, std::size_t from = 0) const;
  /// A sign that parts sentences stands between this word and the next, or this is the last word.
  [[nodiscard]] bool break_after(std::size_t at) const;
  /// The signs between word `at` and the next.
  [[nodiscard]] std::string_view signs_after(std::size_t at) const;
  /// Folded text of words [first, last) with the signs between them. REQUIRES: first <= last <= size().
  [[nodiscard]] std::string text_of(std::size_t first, std::size_t last) const;
  /// From word `at` to the end of the text.
  [[nodiscard]] std::string rest_from(std::size_t at) const;
  /// Standard form of a word; may be several words joined by a space.
  [[nodiscard]] const std::string& standard(std::size_t at) const { return standard_[at]; }

 private:
  [[nodiscard]] std::string_view surface(std::size_t at) const;

  const Cues* cues_;
  std::string folded_;
  std::vector<nlu::Span> words_;
  std::vector<std::string> standard_;
};

}  // namespace sahut::conversation
