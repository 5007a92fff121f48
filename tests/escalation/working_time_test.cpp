#include "escalation/working_time.hpp"

#include <gtest/gtest.h>

#include "escalation/local_time.hpp"

namespace sahut::escalation {
namespace {

// Monday to Thursday 08-12 and 13-16, Friday 08-11; Ramadan 08-15; Christmas closed; one office always open.
const City& city() {
  static const City parsed = [] {
    ParsedCity result = parse_city(R"({"city": {"name": "Kota", "time_zone": "Asia/Makassar"},
      "offices": [
        {"id": "capil", "name": "Capil", "hours": [
          {"days": "mon-thu", "open": [["08:00", "12:00"], ["13:00", "16:00"]]},
          {"days": "fri", "open": [["08:00", "11:00"]]},
          {"season": "ramadan", "days": "mon-fri", "open": [["08:00", "15:00"]]}]},
        {"id": "loket", "name": "Loket", "parent": "capil"},
        {"id": "bpbd", "name": "BPBD", "hours": [{"days": "mon-sun", "open": [["00:00", "24:00"]]}]},
        {"id": "kosong", "name": "Tanpa jam"}],
      "seasons": [{"id": "ramadan", "from": "2027-02-08", "to": "2027-03-09", "source": "contoh"}],
      "holidays": [{"date": "2026-12-25", "name": "Natal", "source": "nasional", "offices": ["capil", "loket"]}]})",
                                   "city.json");
    EXPECT_TRUE(result.problems.empty());
    return result.city;
  }();
  return parsed;
}

UnixMillis at(const char* date, int hour, int minute = 0) {
  return moment_at(date, hour * 60 + minute, "Asia/Makassar");
}
std::string shown(UnixMillis moment) {
  return rfc3339(moment, "Asia/Makassar").substr(0, 16);
}

struct OpenRow {
  const char* office;
  const char* date;
  int hour;
  int minute;
  bool open;
};

TEST(WorkingTime, knows_when_an_office_is_open) {
  const OpenRow rows[] = {
      {"capil", "2026-11-24", 7, 59, false},  // Tuesday
      {"capil", "2026-11-24", 8, 0, true},   {"capil", "2026-11-24", 12, 0, false},
      {"capil", "2026-11-24", 13, 0, true},  {"capil", "2026-11-24", 16, 0, false},
      {"capil", "2026-11-27", 10, 59, true}, {"capil", "2026-11-27", 13, 0, false},  // Friday
      {"capil", "2026-11-28", 9, 0, false},                                          // Saturday
      {"capil", "2026-12-25", 9, 0, false},                                          // Christmas, a Friday
      {"loket", "2026-11-24", 9, 0, true},                                           // as its parent
      {"loket", "2026-12-25", 9, 0, false},  {"bpbd", "2026-12-25", 3, 0, true},
      {"capil", "2027-02-12", 12, 30, true},  // Ramadan, a Friday
      {"capil", "2027-02-12", 15, 0, false}, {"kosong", "2026-11-24", 9, 0, false},
  };
  for (const OpenRow& row : rows) {
    EXPECT_EQ(is_open(city(), *city().find(row.office), at(row.date, row.hour, row.minute)), row.open)
        << row.office << " " << row.date << " " << row.hour << ":" << row.minute;
  }
}

TEST(WorkingTime, finds_the_next_opening) {
  const Office& capil = *city().find("capil");
  EXPECT_EQ(shown(*next_opening(city(), capil, at("2026-11-24", 9))), "2026-11-24T09:00");
  EXPECT_EQ(shown(*next_opening(city(), capil, at("2026-11-24", 12, 10))), "2026-11-24T13:00");
  EXPECT_EQ(shown(*next_opening(city(), capil, at("2026-11-24", 16, 10))), "2026-11-25T08:00");
  EXPECT_EQ(shown(*next_opening(city(), capil, at("2026-11-27", 12))), "2026-11-30T08:00");  // over the weekend
  EXPECT_EQ(shown(*next_opening(city(), capil, at("2026-12-24", 17))), "2026-12-28T08:00");  // over Christmas
  EXPECT_FALSE(next_opening(city(), *city().find("kosong"), at("2026-11-24", 9)).has_value());
}

struct DueRow {
  const char* date;
  int hour;
  int minute;
  std::int64_t minutes;
  const char* due;
};

TEST(WorkingTime, counts_working_minutes_only) {
  const DueRow rows[] = {
      {"2026-11-24", 9, 0, 30, "2026-11-24T09:30"},   {"2026-11-24", 11, 50, 30, "2026-11-24T13:20"},
      {"2026-11-24", 15, 50, 30, "2026-11-25T08:20"}, {"2026-11-27", 10, 50, 30, "2026-11-30T08:20"},
      {"2026-11-28", 10, 0, 60, "2026-11-30T09:00"},  {"2026-12-24", 15, 0, 120, "2026-12-28T09:00"},
      {"2026-11-24", 8, 0, 420, "2026-11-24T16:00"},  {"2026-11-24", 8, 0, 421, "2026-11-25T08:01"},
  };
  for (const DueRow& row : rows) {
    EXPECT_EQ(
        shown(after_working_minutes(city(), *city().find("capil"), at(row.date, row.hour, row.minute), row.minutes)),
        row.due)
        << row.date << " " << row.hour << ":" << row.minute << " + " << row.minutes;
  }
}

TEST(WorkingTime, counts_on_the_wall_clock_where_an_office_never_opens) {
  const UnixMillis start = at("2026-11-24", 9);
  EXPECT_EQ(after_working_minutes(city(), *city().find("kosong"), start, 60), start.plus_minutes(60));
}

TEST(LocalTime, shows_moments_with_the_zone_s_offset) {
  EXPECT_EQ(rfc3339({1'795'484'096'789}, "Asia/Makassar"), "2026-11-24T09:34:56.789+08:00");
  EXPECT_EQ(rfc3339({0}, "Asia/Makassar"), "1970-01-01T08:00:00.000+08:00");
  EXPECT_EQ(zone_name(480), "WITA");
  EXPECT_EQ(zone_name(-90), "UTC-01:30");
  EXPECT_EQ(date_plus("2026-02-28", 1), "2026-03-01");
}

}  // namespace
}  // namespace sahut::escalation
