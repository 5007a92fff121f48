// Hiding what is personal (P7): phone numbers, NIK and KK numbers, in logs, lists and exports.
#pragma once

#include <string>
#include <string_view>

namespace sahut {

/// A channel address (phone number, chat id) with its middle hidden: "6281200000001" → "6281•••••001". Short ones are
/// hidden whole but for the last two characters.
[[nodiscard]] std::string mask_address(std::string_view address);

/// Free text with every run of 9 to 20 digits (spaces, dots and dashes between digits are looked through) masked, so
/// that NIK, KK and phone numbers don't reach a log or a list. Other text is untouched; any bytes are accepted.
[[nodiscard]] std::string mask_numbers(std::string_view text);

}  // namespace sahut
