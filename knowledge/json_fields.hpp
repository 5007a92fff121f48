// Reading the files people write (knowledge, city): strict, every problem with its place, none of them lost.
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/json_place.hpp"
#include "values/problem.hpp"

namespace sahut::knowledge {

/// A problem at a place in a JSON document; becomes a Problem with a line once the text is at hand.
struct FieldProblem {
  JsonPath path;
  std::string code;
  std::string what;
  std::string cure;
};

/// Problems with "FILE line 12, entries[3].title" as their place, in the order of the file.
[[nodiscard]] std::vector<Problem> placed(const std::vector<FieldProblem>& problems, std::string_view file_name,
                                          std::string_view text);

/// Parses a whole document: at most `max_bytes`, depth at most 64, valid UTF-8.
[[nodiscard]] Result<nlohmann::json> parse_document(std::string_view text, std::string_view file_name,
                                                    std::size_t max_bytes);

/// The known word nearest to a mistyped one (at most two edits), or empty: "did you mean `title`?".
[[nodiscard]] std::string nearest_word(std::string_view word, const std::vector<std::string>& known);

/// Reads the members of one JSON object. What is missing, of a wrong type or unknown is added to `problems`; the value
/// returned is then empty and reading goes on, so that a person sees all mistakes at once.
class FieldReader {
 public:
  FieldReader(const nlohmann::json& object, JsonPath path, std::vector<FieldProblem>& problems);

  [[nodiscard]] bool has(const std::string& name);
  std::string required_text(const std::string& name, std::size_t max_bytes);
  std::string optional_text(const std::string& name, std::size_t max_bytes);
  std::vector<std::string> texts(const std::string& name, std::size_t max_items, std::size_t max_bytes);
  std::int64_t integer(const std::string& name, std::int64_t fallback, std::int64_t least, std::int64_t most);
  /// Required; 0 if it is missing or not between the two.
  double number(const std::string& name, double least, double most);
  /// Each element or member of a list or object, as a reader of its own or raw, with its path.
  void each_object(const std::string& name, const std::function<void(FieldReader&)>& read);
  void each_element(const std::string& name, const std::function<void(const nlohmann::json&, const JsonPath&)>& read);
  void each_member(const std::string& name,
                   const std::function<void(const std::string&, const nlohmann::json&, const JsonPath&)>& read);
  void object(const std::string& name, const std::function<void(FieldReader&)>& read);

  void problem(const std::string& field, std::string code, std::string what, std::string cure = "");
  [[nodiscard]] const JsonPath& path() const { return path_; }
  /// Reports every member nobody asked for.
  void finish();

 private:
  const nlohmann::json* find(const std::string& name);
  [[nodiscard]] JsonPath below(const std::string& name) const;

  const nlohmann::json& object_;
  JsonPath path_;
  std::vector<FieldProblem>& problems_;
  std::set<std::string> asked_;
};

}  // namespace sahut::knowledge
