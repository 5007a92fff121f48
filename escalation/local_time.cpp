#include "escalation/local_time.hpp"

#include <date/date.h>
#include <date/tz.h>

#include <charconv>
#include <chrono>
#include <cstdio>

namespace sahut::escalation {
namespace {

const date::time_zone* zone_of(std::string_view name) {
  // The look-up walks a sorted table (127 ns); a turn needs it a few times, always for the same city.
  thread_local std::string last_name;
  thread_local const date::time_zone* last_zone = nullptr;
  if (last_zone == nullptr || last_name != name) {
    last_zone = date::locate_zone(std::string(name));
    last_name = name;
  }
  return last_zone;
}

int number(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

date::local_days days_of(std::string_view text) {
  return date::local_days(date::year_month_day(date::year(number(text.substr(0, 4))),
                                               date::month(static_cast<unsigned>(number(text.substr(5, 2)))),
                                               date::day(static_cast<unsigned>(number(text.substr(8, 2))))));
}

std::string date_text(date::year_month_day day) {
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                static_cast<unsigned>(day.day()));
  return text;
}

}  // namespace

LocalMoment local_moment(UnixMillis moment, std::string_view time_zone) {
  const date::sys_time<std::chrono::milliseconds> instant{std::chrono::milliseconds(moment.value)};
  const auto* zone = zone_of(time_zone);
  const auto info = zone->get_info(date::floor<std::chrono::seconds>(instant));
  const auto local = date::local_time<std::chrono::milliseconds>(instant.time_since_epoch() + info.offset);
  const auto day = date::floor<date::days>(local);
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(local - day).count();
  return {.date = date_text(date::year_month_day(day)),
          .weekday = static_cast<int>(date::weekday(day).iso_encoding()) - 1,
          .minute = static_cast<int>(seconds / 60),
          .second = static_cast<int>(seconds % 60),
          .offset_minutes = static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(info.offset).count())};
}

UnixMillis moment_at(std::string_view date, int minute, std::string_view time_zone) {
  const auto local = date::local_time<std::chrono::minutes>(days_of(date)) + std::chrono::minutes(minute);
  const auto instant = zone_of(time_zone)->to_sys(local, date::choose::earliest);
  return {std::chrono::duration_cast<std::chrono::milliseconds>(instant.time_since_epoch()).count()};
}

std::string rfc3339(UnixMillis moment, std::string_view time_zone) {
  const LocalMoment local = local_moment(moment, time_zone);
  const int offset = local.offset_minutes < 0 ? -local.offset_minutes : local.offset_minutes;
  const auto milliseconds = static_cast<int>(((moment.value % 1000) + 1000) % 1000);
  char text[64];
  std::snprintf(text, sizeof text, "%sT%02d:%02d:%02d.%03d%c%02d:%02d", local.date.c_str(), local.minute / 60,
                local.minute % 60, local.second, milliseconds, local.offset_minutes < 0 ? '-' : '+', offset / 60,
                offset % 60);
  return text;
}

std::string date_plus(std::string_view date, int days) {
  return date_text(date::year_month_day(days_of(date) + date::days(days)));
}

int days_in_month(std::string_view date) {
  const date::year_month_day day(days_of(date));
  return static_cast<int>(static_cast<unsigned>((day.year() / day.month() / date::last).day()));
}

std::string zone_name(int offset_minutes) {
  switch (offset_minutes) {
    case 7 * 60:
      return "WIB";
    case 8 * 60:
      return "WITA";
    case 9 * 60:
      return "WIT";
    default:
      break;
  }
  const int offset = offset_minutes < 0 ? -offset_minutes : offset_minutes;
  char text[32];
  std::snprintf(text, sizeof text, "UTC%c%02d:%02d", offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
  return text;
}

}  // namespace sahut::escalation
