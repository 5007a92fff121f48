// The tables of data/channels: one row a line, columns between tabs, `#` begins a comment line, the first other line
// names the columns.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "values/problem.hpp"

namespace sahut::adapters {

struct TabRow {
  int line = 0;  ///< from 1, for messages
  std::vector<std::string> cells;
};

/// The rows below the heading. Problems name file and line: wrong heading, wrong number of columns, an empty cell.
[[nodiscard]] Result<std::vector<TabRow>> read_tab_table(std::string_view file, std::string_view bytes,
                                                         const std::vector<std::string>& columns);

/// The bytes of a file below data/channels that was embedded in the binary. Throws std::logic_error if it was not.
[[nodiscard]] std::string_view channel_file(std::string_view path);

}  // namespace sahut::adapters
