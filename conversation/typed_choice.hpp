// A choice made by typing: "2", "yang kedua", "bukan ini", or the title itself.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "conversation/outbound.hpp"
#include "nlu/utterance.hpp"

namespace sahut::conversation {

/// Values of choices that are not entries.
constexpr std::string_view choice_person = "person";
constexpr std::string_view choice_none = "none";
/// Choices of entries carry this before the id.
constexpr std::string_view choice_entry_prefix = "e:";

/// The offered choice that this text names, or nothing. Numbers count from 1 in the order shown.
[[nodiscard]] const Choice* typed_choice(std::string_view text, const nlu::Utterance& utterance,
                                         const std::vector<Choice>& offered);

}  // namespace sahut::conversation
