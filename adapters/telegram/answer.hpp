// What a Bot API method answered: its result, or why there is none in words an operator can act on.
#pragma once

#include <cstdint>
#include <optional>

#include "adapters/http_call.hpp"
#include "adapters/json_reader.hpp"
#include "values/problem.hpp"

namespace sahut::adapters::telegram {

/// Problem codes: "unreachable" (no answer), "unauthorised" (token), "conflict" (409), "throttled" (429), "refused"
/// (other 4xx, in Telegram's words), "unavailable" (5xx, or an answer that is not Telegram's).
[[nodiscard]] Result<Json> result_of(const HttpAnswer& answer);

/// Telegram's own words for a refusal; empty if there are none.
[[nodiscard]] std::string description_of(const HttpAnswer& answer);

/// How long Telegram asks us to wait, if it does.
[[nodiscard]] std::optional<std::int64_t> throttled_ms(const HttpAnswer& answer);

}  // namespace sahut::adapters::telegram
