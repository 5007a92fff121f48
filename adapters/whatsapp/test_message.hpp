// The test message of `sahut setup whatsapp --to NUMBER`: what goes out, and what became of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/channel.hpp"

namespace sahut::adapters::whatsapp {

/// Digits with or without a leading +; a leading 0 is read as Indonesia's 62. Nothing if it is no mobile number.
[[nodiscard]] std::optional<std::string> number_of(std::string_view text);

/// REQUIRES: a number from number_of().
[[nodiscard]] Delivery test_delivery(const std::string& number);

/// Of the answer to the send: taken, or why not.
[[nodiscard]] Check judge_send(const SendVerdict& verdict);

/// Of what Meta reported afterwards: sent | delivered | read | failed.
[[nodiscard]] Check judge_report(std::string_view state, const std::string& error);

/// Of no report at all.
[[nodiscard]] Check no_report(int seconds);

}  // namespace sahut::adapters::whatsapp
