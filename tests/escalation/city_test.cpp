#include "escalation/city.hpp"

#include <gtest/gtest.h>

#include "escalation/routing.hpp"

namespace sahut::escalation {
namespace {

struct BadCity {
  const char* name;
  const char* text;
  const char* code;
};

TEST(CityFile, refuses_what_is_wrong_with_its_place) {
  const BadCity rows[] = {
      {"no offices", R"({"city": {"name": "x"}})", "missing"},
      {"unknown zone", R"({"city": {"name": "x", "time_zone": "Asia/Balikpapan"}, "offices": []})", "unknown_zone"},
      {"unknown field", R"({"offices": [{"id": "a", "name": "A", "phone": "1"}]})", "unknown_field"},
      {"twice the same id", R"({"offices": [{"id": "a", "name": "A"}, {"id": "a", "name": "B"}]})", "duplicate_id"},
      {"parent unknown", R"({"offices": [{"id": "a", "name": "A", "parent": "b"}]})", "dead_reference"},
      {"parents in a circle",
       R"({"offices": [{"id": "a", "name": "A", "parent": "b"}, {"id": "b", "name": "B", "parent": "a"}]})",
       "dead_reference"},
      {"days", R"({"offices": [{"id": "a", "name": "A", "hours": [{"days": "senin", "open": []}]}]})", "bad_days"},
      {"span backwards",
       R"({"offices": [{"id": "a", "name": "A", "hours": [{"days": "mon", "open": [["12:00", "08:00"]]}]}]})",
       "bad_span"},
      {"overlapping spans",
       R"({"offices": [{"id": "a", "name": "A", "hours": [{"days": "mon", "open": [["08:00", "12:00"], ["11:00", "13:00"]]}]}]})",
       "bad_span"},
      {"season backwards",
       R"({"offices": [], "seasons": [{"id": "r", "from": "2027-03-09", "to": "2027-02-08", "source": "s"}]})",
       "bad_date"},
      {"holiday without source", R"({"offices": [], "holidays": [{"date": "2026-12-25", "name": "Natal"}]})",
       "missing"},
  };
  for (const BadCity& row : rows) {
    const ParsedCity parsed = parse_city(row.text, "city.json");
    ASSERT_FALSE(parsed.problems.empty()) << row.name;
    EXPECT_EQ(parsed.problems.front().code, row.code) << row.name << ": " << parsed.problems.front().text();
    EXPECT_TRUE(parsed.problems.front().where.starts_with("city.json line 1")) << row.name;
  }
}

TEST(CityFile, reads_back_what_it_wrote) {
  const char* text = R"({"city": {"name": "K", "time_zone": "Asia/Jakarta"}, "offices": [
    {"id": "a", "name": "A", "topics": ["x"], "areas": ["64.71.05"], "hours": [
      {"season": "normal", "days": "mon-thu", "open": [["08:00", "12:00"], ["13:00", "24:00"]]}],
     "first_response_minutes": 15, "resolution_working_hours": 8}, {"id": "b", "name": "B", "parent": "a"}],
    "seasons": [], "holidays": [{"date": "2026-12-25", "name": "Natal", "source": "s", "offices": ["a"]}]})";
  const City city = parse_city(text, "a.json").city;
  const std::string file = to_file(city);
  const ParsedCity again = parse_city(file, "b.json");
  ASSERT_TRUE(again.problems.empty()) << again.problems.front().text();
  EXPECT_EQ(to_file(again.city), file);
  EXPECT_EQ(again.city.offices[0].hours.at("normal")[3][1].until, 1440);
}

TEST(Routing, prefers_the_entry_s_office_then_topic_then_category_then_front_desk) {
  const City city = parse_city(R"({"offices": [{"id": "a", "name": "A", "topics": ["ktp-el-baru"]},
    {"id": "b", "name": "B", "topics": ["kesehatan"]}, {"id": "c", "name": "C", "topics": ["umum"]}]})",
                               "c.json")
                        .city;
  EXPECT_EQ(route(city, "b", "ktp-el-baru", "").id, "b");
  EXPECT_EQ(route(city, "gone", "ktp-el-baru", "kesehatan").id, "a");
  EXPECT_EQ(route(city, "", "x", "kesehatan").id, "b");
  EXPECT_EQ(route(city, "", "", "").id, "c");
}

}  // namespace
}  // namespace sahut::escalation
