#include "escalation/working_time.hpp"

#include <algorithm>

#include "escalation/local_time.hpp"

namespace sahut::escalation {
namespace {

constexpr int days_looked_ahead_for_opening = 60;
constexpr int days_looked_ahead_for_due = 730;

const Office* office_with_hours(const City& city, const Office& office) {
  const Office* at = &office;
  // A parent chain is free of circles: parse_city refuses them.
  while (at != nullptr && at->hours.empty()) at = at->parent.empty() ? nullptr : city.find(at->parent);
  return at;
}

std::string_view season_of(const City& city, std::string_view date) {
  for (const Season& season : city.seasons) {
    if (season.from <= date && date <= season.to) return season.id;
  }
  return "normal";
}

bool is_holiday(const City& city, const Office& office, std::string_view date) {
  return std::any_of(city.holidays.begin(), city.holidays.end(), [&](const Holiday& holiday) {
    return holiday.date == date && (holiday.offices.empty() || std::find(holiday.offices.begin(), holiday.offices.end(),
                                                                         office.id) != holiday.offices.end());
  });
}

int weekday_of(const City& city, std::string_view date) {
  return local_moment(moment_at(date, 12 * 60, city.time_zone), city.time_zone).weekday;
}

}  // namespace

std::vector<OpenSpan> open_spans(const City& city, const Office& office, std::string_view date) {
  const Office* source = office_with_hours(city, office);
  if (source == nullptr || is_holiday(city, office, date)) return {};
  auto week = source->hours.find(std::string(season_of(city, date)));
  if (week == source->hours.end()) week = source->hours.find("normal");
  if (week == source->hours.end()) return {};
  return week->second[static_cast<std::size_t>(weekday_of(city, date))];
}

bool is_open(const City& city, const Office& office, UnixMillis now) {
  const LocalMoment local = local_moment(now, city.time_zone);
  const auto spans = open_spans(city, office, local.date);
  return std::any_of(spans.begin(), spans.end(),
                     [&](const OpenSpan& span) { return span.from <= local.minute && local.minute < span.until; });
}

std::optional<UnixMillis> next_opening(const City& city, const Office& office, UnixMillis now) {
  const LocalMoment local = local_moment(now, city.time_zone);
  for (int day = 0; day <= days_looked_ahead_for_opening; ++day) {
    const std::string date = date_plus(local.date, day);
    for (const OpenSpan& span : open_spans(city, office, date)) {
      if (day == 0 && span.until <= local.minute) continue;
      if (day == 0 && span.from <= local.minute) return now;
      return moment_at(date, span.from, city.time_zone);
    }
  }
  return std::nullopt;
}

UnixMillis after_working_minutes(const City& city, const Office& office, UnixMillis start, std::int64_t minutes) {
  const LocalMoment local = local_moment(start, city.time_zone);
  std::int64_t left = minutes;
  for (int day = 0; day <= days_looked_ahead_for_due; ++day) {
    const std::string date = date_plus(local.date, day);
    for (const OpenSpan& span : open_spans(city, office, date)) {
      const int from = day == 0 ? std::max(span.from, local.minute) : span.from;
      if (from >= span.until) continue;
      const std::int64_t length = span.until - from;
      if (left <= length) return moment_at(date, from + static_cast<int>(left), city.time_zone);
      left -= length;
    }
  }
  return start.plus_minutes(minutes);
}

}  // namespace sahut::escalation
