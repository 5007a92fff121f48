// A choice made by typing: "2", "yang kedua", "yg ke 2 aja", the title itself or a part of it that fits one choice
// only.
#pragma once

#include <string_view>
#include <vector>

#include "conversation/outbound.hpp"
#include "nlu/lexicon.hpp"

namespace sahut::conversation {

/// Values of choices that are not entries.
constexpr std::string_view choice_person = "person";
constexpr std::string_view choice_none = "none";
/// Choices of entries carry this before the id.
constexpr std::string_view choice_entry_prefix = "e:";

/// The offered choice that this text names, or null. Numbers count from 1 in the order shown.
[[nodiscard]] const Choice* typed_choice(std::string_view text, const std::vector<Choice>& offered,
                                         const nlu::Lexicon& lexicon);

/// The text is a number from 1 to 10, or an ordinal, and nothing else.
[[nodiscard]] bool names_number(std::string_view text);

/// Does the choice open an entry?
[[nodiscard]] bool is_entry(const Choice& choice);

}  // namespace sahut::conversation
