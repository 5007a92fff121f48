// Entries as JSON: the knowledge file people exchange, and the documents the store keeps. One form for both.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/entry.hpp"
#include "knowledge/json_fields.hpp"
#include "values/problem.hpp"

namespace sahut::knowledge {

constexpr std::size_t max_knowledge_file_bytes = 64u << 20;

[[nodiscard]] nlohmann::ordered_json to_json(const Entry& entry);
/// The whole file, as `sahut knowledge export` writes it.
[[nodiscard]] std::string to_file(const std::vector<Entry>& entries);

/// Reads one entry through `reader`; problems go to the reader's list. The caller calls reader.finish().
[[nodiscard]] Entry read_entry(FieldReader& reader);

/// One entry from a JSON object (the API's PUT and POST): problems carry the field but no line.
struct ParsedEntry {
  Entry entry;
  std::vector<Problem> problems;
};
[[nodiscard]] ParsedEntry parse_entry(const nlohmann::json& object);

/// A stored document, which was checked when it was written. Throws std::runtime_error if it is not an entry.
[[nodiscard]] Entry entry_from_store(std::string_view document);

struct ParsedFile {
  std::vector<Entry> entries;
  std::vector<Problem> problems;  ///< each with file, line and field; when not empty, the file must not be used
};
[[nodiscard]] ParsedFile parse_file(std::string_view text, std::string_view file_name);

}  // namespace sahut::knowledge
