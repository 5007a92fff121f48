// Where in a JSON text a value stands, so that an error can name the line. Slow and simple: it runs only once something
// is already known to be wrong.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sahut::knowledge {

/// A step down into JSON: a member's name or an element's index.
using JsonStep = std::variant<std::string, std::size_t>;
using JsonPath = std::vector<JsonStep>;

/// The 1-based line where the value at `path` starts; where the path ends early, the line of the deepest value found.
/// REQUIRES: `text` is well-formed JSON.
[[nodiscard]] std::size_t line_of(std::string_view text, const JsonPath& path);

/// "entries[3].answer.id"
[[nodiscard]] std::string spelled(const JsonPath& path);

}  // namespace sahut::knowledge
