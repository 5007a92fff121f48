// Telegram's answer to a send, as a verdict. The words of refusals are in data/channels/telegram-errors.tsv.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/channel.hpp"

namespace sahut::adapters::telegram {

/// One row of the table.
struct Refusal {
  int status = 0;
  std::string words;  ///< part of the description in small letters; empty fits any
  SendVerdict::Kind kind = SendVerdict::Kind::retry;
  std::string meaning;
};

/// Problems name the line: unknown class, bad status.
[[nodiscard]] Result<std::vector<Refusal>> parse_refusals(std::string_view file, std::string_view bytes);
[[nodiscard]] const std::vector<Refusal>& default_refusals();

/// 429 waits for this contact only: limits are a chat's own first, and each other chat that is over its limit says so
/// itself.
[[nodiscard]] SendVerdict classify(const HttpAnswer& answer, const std::vector<Refusal>& refusals);

}  // namespace sahut::adapters::telegram
