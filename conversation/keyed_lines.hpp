// The lists in data/sentences: `key = value` a line, comments behind #. Private to this room.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "values/ascii.hpp"
#include "values/problem.hpp"

namespace sahut::conversation {

/// Calls `take(where, key, value)` with every line that says something; it may give a Problem, which ends the reading.
template <typename Take>
[[nodiscard]] std::optional<Problem> each_keyed_line(std::string_view text, std::string_view file, Take take) {
  std::size_t line_number = 0;
  while (!text.empty()) {
    ++line_number;
    const std::size_t end = text.find('\n');
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty() || line.front() == '#') continue;
    const std::string where = std::string(file) + " line " + std::to_string(line_number);
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) {
      return Problem{"no_key", where, "there is no `=` in this line.", "Write `key = text`."};
    }
    std::optional<Problem> problem = take(where, trimmed(line.substr(0, equals)), trimmed(line.substr(equals + 1)));
    if (problem) return problem;
  }
  return std::nullopt;
}

}  // namespace sahut::conversation
