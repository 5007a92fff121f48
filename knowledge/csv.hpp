// Tables as spreadsheets write them (RFC 4180): separated by commas, or by semicolons or tabs as the reader's country
// has it; cells between quotes may hold line ends and quotes written twice. Read and written by libcsv.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "values/problem.hpp"

namespace sahut::knowledge {

struct CsvRow {
  std::size_t line = 0;  ///< 1-based, where it begins
  std::vector<std::string> cells;
};

/// All rows but empty ones. A byte order mark is passed over; what stands between the first cells decides the
/// separator. Problems: "not_utf8", "not_csv" (a stray quote, or one that is never closed), with the line.
[[nodiscard]] Result<std::vector<CsvRow>> parse_csv(std::string_view text, std::string_view file_name);

/// One row with its line end, separated by commas, every cell between quotes.
[[nodiscard]] std::string csv_line(std::span<const std::string> cells);

}  // namespace sahut::knowledge
