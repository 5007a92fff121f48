// Working time of an office: when it is open, when it opens next, and when so many working minutes will have passed.
// Seasons and holidays come from the city's dated rows.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "escalation/city.hpp"
#include "values/time.hpp"

namespace sahut::escalation {

/// The spans an office is open on a local date; empty on holidays and days off. An office without hours of its own
/// keeps its parent's; one without any is never open.
[[nodiscard]] std::vector<OpenSpan> open_spans(const City& city, const Office& office, std::string_view date);

[[nodiscard]] bool is_open(const City& city, const Office& office, UnixMillis now);

/// `now` if it is open, else the next opening; nothing if it does not open within 60 days.
[[nodiscard]] std::optional<UnixMillis> next_opening(const City& city, const Office& office, UnixMillis now);

/// The moment at which `minutes` of working time have passed since `start`. An office that is never open is counted on
/// the wall clock, so that a case always has a due moment.
[[nodiscard]] UnixMillis after_working_minutes(const City& city, const Office& office, UnixMillis start,
                                               std::int64_t minutes);

}  // namespace sahut::escalation
