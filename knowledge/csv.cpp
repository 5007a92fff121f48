#include "knowledge/csv.hpp"

#include <csv.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <stdexcept>

namespace sahut::knowledge {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::array cell_separators = {',', ';', '\t'};

std::optional<std::size_t> first_bad_byte(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    utf8proc_int32_t code_point = 0;
    const auto bytes =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                         static_cast<utf8proc_ssize_t>(std::min<std::size_t>(4, text.size() - at)), &code_point);
    if (bytes <= 0) return at;
    at += static_cast<std::size_t>(bytes);
  }
  return std::nullopt;
}

/// The one that stands most often in the first line that isn't empty, outside quotes.
char separator_of(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of("\r\n"), text.size()));
  std::array<std::size_t, cell_separators.size()> times{};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (c == '\n' && !quoted) break;
    if (const auto found = std::ranges::find(cell_separators, c); found != cell_separators.end() && !quoted)
      ++times[static_cast<std::size_t>(found - cell_separators.begin())];
  }
  return cell_separators[static_cast<std::size_t>(std::ranges::max_element(times) - times.begin())];
}

/// Rows as the parser hands them out.
struct Reading {
  std::vector<CsvRow> rows;
  CsvRow row;
  bool in_row = false;

  static void cell(void* bytes, std::size_t count, void* reading) {
    std::string& cell = static_cast<Reading*>(reading)->row.cells.emplace_back();
    if (count > 0) cell.assign(static_cast<const char*>(bytes), count);
  }
  static void end(int /*terminator*/, void* reading) {
    auto& self = *static_cast<Reading*>(reading);
    const bool empty = std::ranges::all_of(self.row.cells, [](const std::string& cell) { return cell.empty(); });
    if (!empty) self.rows.push_back(std::move(self.row));
    self.row = {};
    self.in_row = false;
  }
};

}  // namespace

Result<std::vector<CsvRow>> parse_csv(std::string_view text, std::string_view file_name) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  const auto at_line = [&](std::size_t line) { return std::string(file_name) + " line " + std::to_string(line); };
  if (const auto bad = first_bad_byte(text)) {
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(*bad), '\n');
    return Problem{"not_utf8", at_line(static_cast<std::size_t>(line)), "this is not written in UTF-8.",
                   "Save it once more as \"CSV UTF-8\"."};
  }
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
  const std::unique_ptr<csv_parser, void (*)(csv_parser*)> closed(&parser, csv_free);
  csv_set_delim(&parser, static_cast<unsigned char>(separator_of(text)));
  const auto not_csv = [&](std::size_t line) {
    if (csv_error(&parser) == CSV_ENOMEM) throw std::bad_alloc();
    return Problem{"not_csv", at_line(line), "a quotation mark stands where a cell doesn't end, or is missing.",
                   "Put the whole cell between quotes, and write a quote in it twice."};
  };
  Reading reading;
  std::size_t line = 0;
  while (!text.empty()) {
    const std::string_view piece = text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1);
    text.remove_prefix(piece.size());
    ++line;
    if (!reading.in_row) reading.row.line = line;
    reading.in_row = true;
    if (csv_parse(&parser, piece.data(), piece.size(), Reading::cell, Reading::end, &reading) != piece.size())
      return not_csv(line);
    // An empty line ends nothing, and begins nothing either.
    if (piece.find_first_not_of("\r\n") == std::string_view::npos && reading.row.cells.empty()) reading.in_row = false;
  }
  if (csv_fini(&parser, Reading::cell, Reading::end, &reading) != 0) return not_csv(reading.row.line);
  return std::move(reading.rows);
}

std::string csv_line(std::span<const std::string> cells) {
  std::string line;
  for (const std::string& cell : cells) {
    if (!line.empty()) line += ',';
    const std::size_t before = line.size();
    line.resize(before + cell.size() * 2 + 2);
    line.resize(before + csv_write(line.data() + before, line.size() - before, cell.data(), cell.size()));
  }
  return line + "\r\n";
}

}  // namespace sahut::knowledge
