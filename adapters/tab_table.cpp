#include "adapters/tab_table.hpp"

#include <algorithm>
#include <embedded/channels.hpp>
#include <stdexcept>

namespace sahut::adapters {
namespace {

std::vector<std::string> split(std::string_view line, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t end = line.find(separator);
    parts.emplace_back(line.substr(0, end));
    if (end == std::string_view::npos) return parts;
    line.remove_prefix(end + 1);
  }
}

}  // namespace

Result<std::vector<TabRow>> read_tab_table(std::string_view file, std::string_view bytes,
                                           const std::vector<std::string>& columns) {
  std::vector<TabRow> rows;
  bool heading = true;
  int number = 0;
  for (const std::string& line : split(bytes, '\n')) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    TabRow row{number, split(line, '\t')};
    const std::string where = std::string(file) + ":" + std::to_string(number);
    if (heading) {
      if (row.cells != columns) return Problem{"bad_heading", where, "The columns are not the expected ones.", ""};
      heading = false;
      continue;
    }
    if (row.cells.size() != columns.size()) {
      return Problem{"bad_row", where, "The row has " + std::to_string(row.cells.size()) + " columns.",
                     "It needs " + std::to_string(columns.size()) + "."};
    }
    if (std::any_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) { return cell.empty(); })) {
      return Problem{"bad_row", where, "A cell is empty.", "Write - where there is nothing to say."};
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string_view channel_file(std::string_view path) {
  for (const embedded::File& file : embedded::channels()) {
    if (file.path == path) return file.bytes;
  }
  throw std::logic_error("data/channels/" + std::string(path) + " is not in the binary");
}

}  // namespace sahut::adapters
