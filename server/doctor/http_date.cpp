#include "server/doctor/http_date.hpp"

#include <array>
#include <charconv>
#include <chrono>

namespace sahut::server {
namespace {

/// `digits` decimal digits at `from`, or -1.
int number_at(std::string_view text, std::size_t from, std::size_t digits) {
  int number = -1;
  const char* const end = text.data() + from + digits;
  const auto [stop, error] = std::from_chars(text.data() + from, end, number);
  return error == std::errc{} && stop == end ? number : -1;
}

}  // namespace

std::optional<UnixMillis> http_date(std::string_view text) {
  constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr std::size_t length = 29;
  if (text.size() != length || !text.ends_with(" GMT")) return std::nullopt;
  unsigned month = 0;
  while (month < months.size() && months[month] != text.substr(8, 3)) ++month;
  const int day = number_at(text, 5, 2);
  const int year = number_at(text, 12, 4);
  const int hour = number_at(text, 17, 2);
  const int minute = number_at(text, 20, 2);
  const int second = number_at(text, 23, 2);
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month + 1},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  const bool in_range = day > 0 && hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60;
  if (!in_range || !date.ok()) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
  return UnixMillis{(((days * 24 + hour) * 60 + minute) * 60 + second) * 1000};
}

}  // namespace sahut::server
