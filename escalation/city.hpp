// The city as data: its offices, when they are open, and the days that are different. Every date has a source; a year
// that nobody entered is simply normal (P8).
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "values/problem.hpp"

namespace sahut::escalation {

/// A span of a day in minutes after local midnight, [from, until); until may be 1440.
struct OpenSpan {
  int from = 0;
  int until = 0;
  bool operator==(const OpenSpan&) const = default;
};

/// Open spans of the week for one season; index 0 is Monday.
using WeekHours = std::array<std::vector<OpenSpan>, 7>;

struct Office {
  std::string id;
  std::string name;
  std::string parent;                      ///< id of the office above, or empty
  std::vector<std::string> topics;         ///< categories and entry ids it answers for
  std::vector<std::string> areas;          ///< codes of kecamatan or kelurahan, such as "64.71.05"
  std::map<std::string, WeekHours> hours;  ///< by season; "normal" is the default; none at all = as its parent
  int first_response_minutes = 60;         ///< of working time
  int resolution_working_hours = 24;
};

struct Season {
  std::string id;
  std::string from;  ///< local date, inclusive
  std::string to;    ///< local date, inclusive
  std::string source;
};

struct Holiday {
  std::string date;
  std::string name;
  std::string source;
  std::vector<std::string> offices;  ///< empty = all
};

/// A kelurahan, by its centre: enough to say which one a pin is near.
struct District {
  std::string code;  ///< of the ministry's list, such as "64.71.05.1001"; an office's area is this or its beginning
  std::string name;
  std::string above;  ///< the kecamatan's name
  double latitude = 0;
  double longitude = 0;
  std::vector<std::string> aliases;  ///< other spellings
  std::string source;
  std::vector<std::vector<std::string>> spellings;  ///< name and aliases as the words of folded text; made when read
};

struct City {
  std::string name;
  std::string time_zone = "Asia/Makassar";
  std::vector<Office> offices;
  std::vector<Season> seasons;
  std::vector<Holiday> holidays;
  std::vector<District> districts;

  [[nodiscard]] const Office* find(std::string_view id) const;
};

struct ParsedCity {
  City city;
  std::vector<Problem> problems;  ///< with file, line and field; when not empty, the file must not be used
};
[[nodiscard]] ParsedCity parse_city(std::string_view text, std::string_view file_name);
[[nodiscard]] std::string to_file(const City& city);

}  // namespace sahut::escalation
