// Indonesian or English? Decided by words that give a language away; Javanese, Banjar and Bugis count as Indonesian,
// because their speakers read Indonesian.
#pragma once

#include <cstdint>
#include <string_view>

namespace sahut::nlu {

class Lexicon;
struct Utterance;

enum class Language : std::uint8_t { id, en };

[[nodiscard]] std::string_view name_of(Language language);

/// Evidence gathered over a conversation; plain value, add up as messages come.
struct LanguageScore {
  int id = 0;
  int en = 0;

  LanguageScore& operator+=(const LanguageScore& other);
  /// English only with at least two English words and twice as many as Indonesian ones; otherwise `otherwise`, unless
  /// there is an Indonesian word, which decides for Indonesian.
  [[nodiscard]] Language decide(Language otherwise = Language::id) const;
  bool operator==(const LanguageScore&) const = default;
};

/// Counts the words of one utterance that belong to one language only.
[[nodiscard]] LanguageScore language_score(const Utterance& utterance, const Lexicon& lexicon);

}  // namespace sahut::nlu
