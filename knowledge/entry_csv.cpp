#include "knowledge/entry_csv.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "knowledge/csv.hpp"

namespace sahut::knowledge {
namespace {

using Json = nlohmann::json;

/// What a cell of a column holds.
enum class Holds : std::uint8_t {
  text,
  texts,
  patterns,  ///< texts in which "|" separates nothing
  answer,    ///< JSON by language, or what is said in Bahasa Indonesia
  object     ///< JSON
};
struct Column {
  const char* name;
  Holds holds;
  bool written = true;  ///< by to_table
};
constexpr std::array columns = {
    Column{"id", Holds::text},
    Column{"office", Holds::text},
    Column{"category", Holds::text},
    Column{"title", Holds::text},
    Column{"examples", Holds::texts},
    Column{"keywords", Holds::texts},
    Column{"rules", Holds::patterns},
    Column{"answer", Holds::answer, false},
    Column{"answer.id", Holds::text},
    Column{"answer.en", Holds::text},
    Column{"facets", Holds::object, false},
    Column{"facets.requirements", Holds::text},
    Column{"facets.procedure", Holds::text},
    Column{"facets.duration", Holds::text},
    Column{"facets.fee", Holds::text},
    Column{"facets.place", Holds::text},
    Column{"facets.hours", Holds::text},
    Column{"facets.complaints", Holds::text},
    Column{"legal_basis", Holds::text},
    Column{"source", Holds::text},
    Column{"valid_from", Holds::text},
    Column{"valid_until", Holds::text},
    Column{"review_by", Holds::text},
    Column{"handoff", Holds::text},
    Column{"related", Holds::texts},
};

/// The field as a pointer into the entry's JSON: "answer.id" → "/answer/id".
Json::json_pointer pointer_of(std::string name) {
  std::ranges::replace(name, '.', '/');
  return Json::json_pointer("/" + name);
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

Json list_of(std::string_view cell, std::string_view separators) {
  Json list = Json::array();
  while (!cell.empty()) {
    const std::size_t end = std::min(cell.find_first_of(separators), cell.size());
    if (const std::string_view text = trimmed(cell.substr(0, end)); !text.empty()) list.emplace_back(std::string(text));
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
  return list;
}

/// Nothing if it should be JSON and isn't.
std::optional<Json> value_of(const std::string& cell, Holds holds) {
  std::string text(trimmed(cell));
  std::erase(text, '\r');  // of line ends as Windows writes them
  const auto json = [&text](char first) -> std::optional<Json> {
    if (!text.starts_with(first)) return std::nullopt;
    Json parsed = Json::parse(text, nullptr, false);
    return parsed.is_discarded() ? std::nullopt : std::optional(std::move(parsed));
  };
  switch (holds) {
    case Holds::text:
      return Json(std::move(text));
    case Holds::answer:
      return text.starts_with('{') ? json('{') : Json{{"id", text}};
    case Holds::object:
      return json('{');
    case Holds::texts:
    case Holds::patterns:
      break;
  }
  if (auto list = json('[')) return list;
  return list_of(text, holds == Holds::texts ? "\n|" : "\n");
}

/// "column `answer.id`", as its place in the entry is spelled.
std::string column_named(const JsonPath& path) {
  const JsonPath inside(path.begin() + std::min<std::ptrdiff_t>(2, std::ssize(path)), path.end());
  return inside.empty() ? std::string() : ", column `" + spelled(inside) + "`";
}

/// The table's own columns; problems with them go to `problems`.
std::vector<const Column*> columns_of(const CsvRow& header, const std::string& where, std::vector<Problem>& problems) {
  std::vector<std::string> known;
  for (const Column& column : columns) known.emplace_back(column.name);
  std::vector<const Column*> found;
  std::set<std::string> seen;
  for (const std::string& cell : header.cells) {
    std::string name(trimmed(cell));
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return c < 128 ? std::tolower(c) : c; });
    const auto* column = std::ranges::find_if(columns, [&](const Column& candidate) { return name == candidate.name; });
    const bool is_known = column != columns.end();
    found.push_back(is_known ? column : nullptr);
    if (!is_known) {
      const std::string meant = nearest_word(name, known);
      problems.push_back(
          {"unknown_field", where, "there is no column `" + name + "`.",
           meant.empty() ? "Take it out, or see `sahut knowledge export FILE.csv`." : "Did you mean `" + meant + "`?"});
    } else if (!seen.insert(name).second) {
      problems.push_back({"duplicate", where, "the column `" + name + "` is there twice.", "Take one out."});
    }
  }
  return found;
}

}  // namespace

ParsedTable parse_table(std::string_view text, std::string_view file_name) {
  ParsedTable table;
  std::vector<Problem>& problems = table.file.problems;
  if (text.size() > max_knowledge_file_bytes) {
    problems.push_back({"too_big", std::string(file_name), "the file is too big to be read.", "Split it."});
    return table;
  }
  const Result<std::vector<CsvRow>> rows = parse_csv(text, file_name);
  if (!rows.ok()) {
    problems.push_back(rows.problem());
    return table;
  }
  if (rows->empty()) {
    problems.push_back({"missing", std::string(file_name), "the table is empty.",
                        "The first row names the columns: id, office, title, answer.id, examples …"});
    return table;
  }
  const auto at_line = [&](std::size_t line) { return std::string(file_name) + " line " + std::to_string(line); };
  const CsvRow& header = rows->front();
  const std::vector<const Column*> named = columns_of(header, at_line(header.line), problems);
  if (!problems.empty()) return table;

  for (const CsvRow& row : std::span(*rows).subspan(1)) {
    Json object = Json::object();
    std::vector<FieldProblem> found;
    const JsonPath path = {std::string("entries"), table.lines.size()};
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (trimmed(row.cells[i]).empty()) continue;
      if (i >= named.size()) {
        problems.push_back({"too_many", at_line(row.line), "the row has more cells than the first one names.",
                            "Look for a separator in a cell that isn't between quotes."});
        break;
      }
      const Column& column = *named[i];
      if (auto value = value_of(row.cells[i], column.holds)) {
        object[pointer_of(column.name)] = *std::move(value);
      } else {
        JsonPath place = path;
        place.emplace_back(std::string(column.name));
        found.push_back({place, "not_json", "an object {…} is expected here.",
                         "Write {\"id\": \"…\"}, or use columns such as `answer.id`."});
      }
    }
    FieldReader reader(object, path, found);
    table.file.entries.push_back(read_entry(reader));
    reader.finish();
    for (const FieldProblem& problem : found) {
      problems.push_back({problem.code, at_line(row.line) + column_named(problem.path), problem.what, problem.cure});
    }
    table.lines.push_back(row.line);
  }
  return table;
}

std::string to_table(const std::vector<Entry>& entries) {
  std::vector<std::string> cells;
  for (const Column& column : columns) {
    if (column.written) cells.emplace_back(column.name);
  }
  std::string table = "\xEF\xBB\xBF" + csv_line(cells);
  for (const Entry& entry : entries) {
    const Json object = Json::parse(to_json(entry).dump());
    cells.clear();
    for (const Column& column : columns) {
      if (!column.written) continue;
      const auto pointer = pointer_of(column.name);
      std::string& cell = cells.emplace_back();
      if (!object.contains(pointer) || object[pointer].is_null()) continue;
      const Json& value = object[pointer];
      if (value.is_string()) {
        cell = value.get<std::string>();
        continue;
      }
      for (const Json& text : value) cell += (cell.empty() ? "" : "\n") + text.get<std::string>();
      // Where that would be read otherwise: a text of two lines, one with "|" …
      if (value_of(cell, column.holds) != value) cell = value.empty() ? "" : value.dump();
    }
    table += csv_line(cells);
  }
  return table;
}

}  // namespace sahut::knowledge
