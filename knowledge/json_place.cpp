#include "knowledge/json_place.hpp"

#include <nlohmann/json.hpp>

namespace sahut::knowledge {
namespace {

/// Walks well-formed JSON without building it.
class Walker {
 public:
  explicit Walker(std::string_view text) : text_(text) {}

  std::size_t line_of(const JsonPath& path) {
    skip_space();
    std::size_t found = at_;
    for (const JsonStep& step : path) {
      const bool entered = std::holds_alternative<std::string>(step) ? enter_member(std::get<std::string>(step))
                                                                     : enter_element(std::get<std::size_t>(step));
      if (!entered) break;
      found = at_;
    }
    std::size_t line = 1;
    for (std::size_t i = 0; i < found && i < text_.size(); ++i) line += text_[i] == '\n';
    return line;
  }

 private:
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skip_space() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r')) {
      ++at_;
    }
  }
  /// Leaves the position behind the string that starts here; returns it with its quotes.
  std::string_view skip_string() {
    const std::size_t start = at_++;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2u : 1u;
    ++at_;
    return text_.substr(start, at_ - start);
  }
  void skip_value() {
    std::size_t depth = 0;
    do {
      skip_space();
      const char c = peek();
      if (c == '"') {
        skip_string();
      } else {
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
        ++at_;
        if (c != '{' && c != '[' && c != '}' && c != ']' && c != ',' && c != ':') {
          while (at_ < text_.size() && std::string_view(",]} \n\r\t").find(text_[at_]) == std::string_view::npos) ++at_;
        }
      }
    } while (depth > 0 && at_ < text_.size());
  }
  bool enter_member(const std::string& name) {
    if (peek() != '{') return false;
    const std::size_t start = at_++;
    for (skip_space(); peek() == '"'; skip_space()) {
      const std::string key = nlohmann::json::parse(skip_string()).get<std::string>();
      skip_space();
      ++at_;  // the colon
      skip_space();
      if (key == name) return true;
      skip_value();
      skip_space();
      if (peek() == ',') ++at_;
    }
    at_ = start;
    return false;
  }
  bool enter_element(std::size_t index) {
    if (peek() != '[') return false;
    const std::size_t start = at_++;
    skip_space();
    for (std::size_t i = 0; i < index; ++i) {
      skip_value();
      skip_space();
      if (peek() != ',') {
        at_ = start;
        return false;
      }
      ++at_;
      skip_space();
    }
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::size_t line_of(std::string_view text, const JsonPath& path) {
  return Walker(text).line_of(path);
}

std::string spelled(const JsonPath& path) {
  std::string name;
  for (const JsonStep& step : path) {
    if (const auto* index = std::get_if<std::size_t>(&step)) {
      name += "[" + std::to_string(*index) + "]";
    } else {
      if (!name.empty()) name += ".";
      name += std::get<std::string>(step);
    }
  }
  return name;
}

}  // namespace sahut::knowledge
