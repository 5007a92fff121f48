#include "escalation/case_file.hpp"

#include <cstdio>

#include "escalation/local_time.hpp"
#include "escalation/working_time.hpp"

namespace sahut::escalation {
namespace {

/// The office's name for residents; its id if the city file no longer has it.
std::string office_name(const City& city, const std::string& id) {
  const Office* office = city.find(id);
  return office == nullptr ? id : office->name;
}

}  // namespace

void set_clocks(CaseFile& file, const City& city, const Office& office, UnixMillis now) {
  file.opened_at = now;
  file.first_response_due = after_working_minutes(city, office, now, office.first_response_minutes);
  file.resolution_due = after_working_minutes(city, office, now, std::int64_t{office.resolution_working_hours} * 60);
}

std::string spoken_moment(UnixMillis moment, UnixMillis now, const City& city, nlu::Language language,
                          const conversation::Sentences& sentences) {
  const LocalMoment then = local_moment(moment, city.time_zone);
  const LocalMoment today = local_moment(now, city.time_zone);
  char time[16];
  std::snprintf(time, sizeof time, "%02d.%02d", then.minute / 60, then.minute % 60);
  const std::string zone = zone_name(then.offset_minutes);
  if (then.date == today.date) return sentences.say(language, "day.today", {{"time", time}, {"zone", zone}});
  if (then.date == date_plus(today.date, 1)) {
    return sentences.say(language, "day.tomorrow", {{"time", time}, {"zone", zone}});
  }
  const std::string weekday = sentences.say(language, "weekday." + std::to_string(then.weekday));
  const std::string date = then.date.substr(8, 2) + "-" + then.date.substr(5, 2) + "-" + then.date.substr(0, 4);
  return sentences.say(language, "day.later", {{"weekday", weekday}, {"date", date}, {"time", time}, {"zone", zone}});
}

std::string opening_notice(const CaseFile& file, const City& city, UnixMillis now, nlu::Language language,
                           const conversation::Sentences& sentences) {
  const Office* office = city.find(file.office);
  const std::string name = office_name(city, file.office);
  if (office != nullptr && is_open(city, *office, now)) {
    return sentences.say(language, "handoff.open",
                         {{"office", name},
                          {"number", file.number},
                          {"due", spoken_moment(file.first_response_due, now, city, language, sentences)}});
  }
  const auto opening = office == nullptr ? std::nullopt : next_opening(city, *office, now);
  if (!opening) {
    return sentences.say(language, "handoff.closed_unknown", {{"office", name}, {"number", file.number}});
  }
  return sentences.say(language, "handoff.closed",
                       {{"office", name},
                        {"number", file.number},
                        {"opening", spoken_moment(*opening, now, city, language, sentences)}});
}

std::string status_notice(const CaseFile& file, std::string_view state, const City& city, UnixMillis now,
                          nlu::Language language, const conversation::Sentences& sentences) {
  const std::string name = office_name(city, file.office);
  if (state == "waiting") {
    return sentences.say(language, "case.status_waiting",
                         {{"office", name},
                          {"number", file.number},
                          {"due", spoken_moment(file.first_response_due, now, city, language, sentences)}});
  }
  const char* key = state == "claimed" ? "case.status_claimed" : "case.status_resolved";
  return sentences.say(language, key, {{"office", name}, {"number", file.number}});
}

}  // namespace sahut::escalation
