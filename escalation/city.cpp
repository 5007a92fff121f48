#include "escalation/city.hpp"

#include <date/tz.h>

#include <algorithm>
#include <set>

#include "escalation/district.hpp"
#include "knowledge/json_fields.hpp"

namespace sahut::escalation {
namespace {

using knowledge::FieldProblem;
using knowledge::FieldReader;
using knowledge::JsonPath;

constexpr std::size_t max_city_file_bytes = 8u << 20;
constexpr std::size_t max_text = 500;
constexpr std::size_t max_items = 5000;
constexpr std::array<std::string_view, 7> day_names = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

int day_named(std::string_view name) {
  const auto* const found = std::find(day_names.begin(), day_names.end(), name);
  return found == day_names.end() ? -1 : static_cast<int>(found - day_names.begin());
}

/// "mon-thu", "fri", "mon,wed,fri" → which days; empty if it is none of these.
std::vector<int> weekdays_of(std::string_view text) {
  std::vector<int> days;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    const std::string_view part = text.substr(0, comma);
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
    const std::size_t dash = part.find('-');
    const int first = day_named(part.substr(0, dash));
    const int last = dash == std::string_view::npos ? first : day_named(part.substr(dash + 1));
    if (first < 0 || last < first) return {};
    for (int day = first; day <= last; ++day) days.push_back(day);
  }
  return days;
}

/// "08:30" → 510, "24:00" → 1440; -1 if it is no time.
int minutes_of(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return -1;
  for (const std::size_t i : {0u, 1u, 3u, 4u}) {
    if (text[i] < '0' || text[i] > '9') return -1;
  }
  const int hour = (text[0] - '0') * 10 + (text[1] - '0');
  const int minute = (text[3] - '0') * 10 + (text[4] - '0');
  const int minutes = hour * 60 + minute;
  return minute > 59 || minutes > 1440 ? -1 : minutes;
}

std::string clock_text(int minutes) {
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two(minutes / 60) + ":" + two(minutes % 60);
}

bool is_date(std::string_view text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-' &&
         text.find_first_not_of("0123456789-") == std::string_view::npos;
}

std::string date_field(FieldReader& reader, const std::string& name) {
  std::string date = reader.required_text(name, max_text);
  if (!date.empty() && !is_date(date))
    reader.problem(name, "bad_date", "`" + date + "` is not a date.", "Write it as YYYY-MM-DD.");
  return date;
}

void read_hours(FieldReader& reader, Office& office) {
  std::string season = reader.optional_text("season", max_text);
  if (season.empty()) season = "normal";
  const std::string days_text = reader.required_text("days", max_text);
  const std::vector<int> days = weekdays_of(days_text);
  if (!days_text.empty() && days.empty()) {
    reader.problem("days", "bad_days", "`" + days_text + "` names no days.", "Write mon-thu, fri or mon,wed,fri.");
  }
  std::vector<OpenSpan> spans;
  reader.each_element("open", [&](const nlohmann::json& pair, const JsonPath& path) {
    OpenSpan span{-1, -1};
    if (pair.is_array() && pair.size() == 2 && pair[0].is_string() && pair[1].is_string()) {
      span = {minutes_of(pair[0].get_ref<const std::string&>()), minutes_of(pair[1].get_ref<const std::string&>())};
    }
    const bool in_order =
        span.from >= 0 && span.until > span.from && (spans.empty() || spans.back().until <= span.from);
    if (!in_order) {
      reader.problem("open", "bad_span", knowledge::spelled(path) + " is not a span after the one before it.",
                     "Write [\"08:00\",\"12:00\"], earliest first, not overlapping.");
    } else {
      spans.push_back(span);
    }
  });
  for (const int day : days) office.hours[season][static_cast<std::size_t>(day)] = spans;
}

void read_office(FieldReader& reader, City& city) {
  Office office;
  office.id = reader.required_text("id", max_text);
  office.name = reader.required_text("name", max_text);
  office.parent = reader.optional_text("parent", max_text);
  office.topics = reader.texts("topics", max_items, max_text);
  office.areas = reader.texts("areas", max_items, max_text);
  reader.each_object("hours", [&](FieldReader& hours) { read_hours(hours, office); });
  office.first_response_minutes = static_cast<int>(reader.integer("first_response_minutes", 60, 1, 100'000));
  office.resolution_working_hours = static_cast<int>(reader.integer("resolution_working_hours", 24, 1, 10'000));
  if (city.find(office.id) != nullptr) {
    reader.problem("id", "duplicate_id", "there are two offices `" + office.id + "`.", "Rename one.");
  }
  city.offices.push_back(std::move(office));
}

void read_district(FieldReader& reader, City& city) {
  District district;
  district.code = reader.required_text("code", max_text);
  district.name = reader.required_text("name", max_text);
  district.above = reader.required_text("above", max_text);
  district.latitude = reader.number("latitude", -90, 90);
  district.longitude = reader.number("longitude", -180, 180);
  district.aliases = reader.texts("aliases", max_items, max_text);
  district.source = reader.required_text("source", max_text);
  district.spellings.push_back(place_words(district.name));
  for (const std::string& alias : district.aliases) district.spellings.push_back(place_words(alias));
  const bool twice = std::any_of(city.districts.begin(), city.districts.end(),
                                 [&](const District& one) { return one.code == district.code; });
  if (twice) reader.problem("code", "duplicate_id", "there are two districts `" + district.code + "`.", "Remove one.");
  city.districts.push_back(std::move(district));
}

void check_parents(const City& city, std::vector<FieldProblem>& problems) {
  for (std::size_t i = 0; i < city.offices.size(); ++i) {
    const Office* above = &city.offices[i];
    std::set<std::string> seen = {above->id};
    while (!above->parent.empty()) {
      const Office* next = city.find(above->parent);
      if (next == nullptr || !seen.insert(next->id).second) {
        problems.push_back(
            {{std::string("offices"), i, std::string("parent")},
             "dead_reference",
             next == nullptr ? "there is no office `" + above->parent + "`." : "its parents lead back to itself.",
             "Correct `parent`."});
        break;
      }
      above = next;
    }
  }
}

nlohmann::ordered_json hours_json(const Office& office) {
  auto list = nlohmann::ordered_json::array();
  for (const auto& [season, week] : office.hours) {
    for (std::size_t day = 0; day < week.size();) {
      std::size_t last = day;
      while (last + 1 < week.size() && week[last + 1] == week[day]) ++last;
      if (!week[day].empty()) {
        auto open = nlohmann::ordered_json::array();
        for (const OpenSpan& span : week[day]) open.push_back({clock_text(span.from), clock_text(span.until)});
        std::string days(day_names[day]);
        if (last > day) days += "-" + std::string(day_names[last]);
        list.push_back({{"season", season}, {"days", days}, {"open", open}});
      }
      day = last + 1;
    }
  }
  return list;
}

}  // namespace

const Office* City::find(std::string_view id) const {
  const auto found =
      std::find_if(offices.begin(), offices.end(), [&](const Office& office) { return office.id == id; });
  return found == offices.end() ? nullptr : &*found;
}

ParsedCity parse_city(std::string_view text, std::string_view file_name) {
  ParsedCity parsed;
  const auto document = knowledge::parse_document(text, file_name, max_city_file_bytes);
  if (!document.ok()) {
    parsed.problems.push_back(document.problem());
    return parsed;
  }
  City& city = parsed.city;
  std::vector<FieldProblem> problems;
  FieldReader reader(*document, {}, problems);
  if (document->is_object() && !reader.has("offices")) {
    reader.problem("", "missing", "`offices` is missing.", "A city file is {\"city\": {…}, \"offices\": [ … ]}.");
  }
  reader.object("city", [&](FieldReader& about) {
    city.name = about.required_text("name", max_text);
    const std::string zone = about.optional_text("time_zone", max_text);
    if (zone.empty()) return;
    try {
      (void)date::locate_zone(zone);
      city.time_zone = zone;
    } catch (const std::runtime_error&) {
      about.problem("time_zone", "unknown_zone", "`" + zone + "` is not a known time zone.",
                    "Use a name such as Asia/Makassar.");
    }
  });
  reader.each_object("offices", [&](FieldReader& office) { read_office(office, city); });
  reader.each_object("seasons", [&](FieldReader& object) {
    Season season;
    season.id = object.required_text("id", max_text);
    season.from = date_field(object, "from");
    season.to = date_field(object, "to");
    season.source = object.required_text("source", max_text);
    if (season.to < season.from) object.problem("to", "bad_date", "the season ends before it begins.", "Correct it.");
    city.seasons.push_back(std::move(season));
  });
  reader.each_object("holidays", [&](FieldReader& object) {
    Holiday holiday;
    holiday.date = date_field(object, "date");
    holiday.name = object.required_text("name", max_text);
    holiday.source = object.required_text("source", max_text);
    holiday.offices = object.texts("offices", max_items, max_text);
    city.holidays.push_back(std::move(holiday));
  });
  reader.each_object("districts", [&](FieldReader& object) { read_district(object, city); });
  reader.finish();
  check_parents(city, problems);
  parsed.problems = knowledge::placed(problems, file_name, text);
  return parsed;
}

std::string to_file(const City& city) {
  nlohmann::ordered_json file;
  file["city"] = {{"name", city.name}, {"time_zone", city.time_zone}};
  file["offices"] = nlohmann::ordered_json::array();
  for (const Office& office : city.offices) {
    nlohmann::ordered_json json;
    json["id"] = office.id;
    json["name"] = office.name;
    json["parent"] = office.parent.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(office.parent);
    json["topics"] = office.topics;
    json["areas"] = office.areas;
    json["hours"] = hours_json(office);
    json["first_response_minutes"] = office.first_response_minutes;
    json["resolution_working_hours"] = office.resolution_working_hours;
    file["offices"].push_back(std::move(json));
  }
  file["seasons"] = nlohmann::ordered_json::array();
  for (const Season& season : city.seasons) {
    file["seasons"].push_back({{"id", season.id}, {"from", season.from}, {"to", season.to}, {"source", season.source}});
  }
  file["holidays"] = nlohmann::ordered_json::array();
  for (const Holiday& holiday : city.holidays) {
    file["holidays"].push_back(
        {{"date", holiday.date}, {"name", holiday.name}, {"source", holiday.source}, {"offices", holiday.offices}});
  }
  if (!city.districts.empty()) file["districts"] = nlohmann::ordered_json::array();
  for (const District& district : city.districts) {
    file["districts"].push_back({{"code", district.code},
                                 {"name", district.name},
                                 {"above", district.above},
                                 {"latitude", district.latitude},
                                 {"longitude", district.longitude},
                                 {"aliases", district.aliases},
                                 {"source", district.source}});
  }
  return file.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace sahut::escalation
