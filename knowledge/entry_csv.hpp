// Entries as a table, for people who keep them in a spreadsheet: one entry a row, one column a field of the knowledge
// file; what lies inside a field has a column of its own ("answer.id", "facets.fee").
//
// A cell that holds a list has one text a line. The parser also takes texts separated by "|" (not in rules, where it
// means "or"), a list as JSON writes it ("[\"…\"]"), and whole objects as JSON in columns "answer" and "facets".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/entry_json.hpp"

namespace sahut::knowledge {

struct ParsedTable {
  ParsedFile file;                 ///< problems name the file, the line and the column
  std::vector<std::size_t> lines;  ///< [entry]: where its row begins
};
[[nodiscard]] ParsedTable parse_table(std::string_view text, std::string_view file_name);

/// The whole file, with a byte order mark, without which spreadsheets take it for another encoding.
[[nodiscard]] std::string to_table(const std::vector<Entry>& entries);

}  // namespace sahut::knowledge
