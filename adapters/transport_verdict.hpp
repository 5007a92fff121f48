// What every channel concludes alike: from a call that got no answer, and from HTTP itself when the body says nothing.
#pragma once

#include <optional>

#include "adapters/channel.hpp"

namespace sahut::adapters {

/// The verdict when no answer came, else nothing.
[[nodiscard]] std::optional<SendVerdict> verdict_of_transport(const HttpAnswer& answer);

/// The verdict of a status alone. 401 and 403: the token is dead; 404: the address is wrong (a setting, so the channel
/// is down, no message is lost); 429: wait; other 4xx: refused; 5xx and what a proxy may have put in between: retry,
/// and the peer may have acted before it failed.
[[nodiscard]] SendVerdict verdict_of_status(const HttpAnswer& answer);

/// Used for 429 and its like when the peer names no time.
constexpr std::int64_t default_wait_ms = 5'000;

}  // namespace sahut::adapters
