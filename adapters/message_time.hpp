// When a resident's message was written, by the channel's clock, and whether it is still decent to answer it by itself.
#pragma once

#include <cstdint>
#include <optional>

#include "values/time.hpp"

namespace sahut::adapters {

/// Seconds or milliseconds since the epoch: channels document the one and now and then send the other (nyaruka/courier
/// meets milliseconds from Meta). Told apart by size: 1e11 seconds is the year 5138, 1e11 milliseconds 1973. Unknown if
/// absent, not positive, or past the year 2100.
[[nodiscard]] UnixMillis moment_of(std::optional<std::int64_t> seconds_or_ms);

/// Older than the 24 hours in which WhatsApp lets us answer freely. After an outage Meta delivers up to seven days of
/// backlog; a late answer is noise, an officer decides. An unknown time counts as now.
[[nodiscard]] bool too_old_to_answer(UnixMillis sent_at, UnixMillis now);

}  // namespace sahut::adapters
