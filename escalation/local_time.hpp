// Moments as people of the city read them. A time zone is looked up once and kept.
#pragma once

#include <string>
#include <string_view>

#include "values/time.hpp"

namespace sahut::escalation {

/// A moment on the city's wall clock.
struct LocalMoment {
  std::string date;  ///< YYYY-MM-DD
  int weekday = 0;   ///< 0 = Monday
  int minute = 0;    ///< since midnight, 0..1439
  int second = 0;
  int offset_minutes = 0;  ///< of the zone at that moment, east of UTC
};

/// Throws std::runtime_error for a zone the machine does not know (checked when the city file is read).
[[nodiscard]] LocalMoment local_moment(UnixMillis moment, std::string_view time_zone);

/// The moment at which the city's clock shows this date and minute.
[[nodiscard]] UnixMillis moment_at(std::string_view date, int minute, std::string_view time_zone);

/// "2026-11-24T09:00:00.000+08:00"
[[nodiscard]] std::string rfc3339(UnixMillis moment, std::string_view time_zone);

/// How many days the month of this date has.
[[nodiscard]] int days_in_month(std::string_view date);

/// The date `days` later (or earlier).
[[nodiscard]] std::string date_plus(std::string_view date, int days);

/// "WITA" and its like; the bare offset for zones without an Indonesian name.
[[nodiscard]] std::string zone_name(int offset_minutes);

}  // namespace sahut::escalation
