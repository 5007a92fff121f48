#include "adapters/json_reader.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "adapters/text_limits.hpp"

namespace sahut::adapters {
namespace {

/// Counts brackets outside strings. On a valid prefix it is exactly the depth the parser would reach; the parser stops
/// where the prefix ends being valid, so it never goes deeper than what was counted.
bool deeper_than(std::string_view bytes, int limit) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (quoted) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == '[' || c == '{') {
      if (++depth > limit) return true;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

const Json& nothing() {
  static const Json null;
  return null;
}

}  // namespace

Result<Json> parse_json(std::string_view bytes) {
  if (deeper_than(bytes, deepest_json)) {
    return Problem{"too_deep", "", "The body nests deeper than 64 levels.", ""};
  }
  try {
    Json value = Json::parse(bytes, nullptr, false);
    if (value.is_discarded()) return Problem{"not_json", "", "The body is not JSON.", ""};
    return value;
  } catch (const Json::exception&) {  // out_of_range 406: a number such as 1e999
    return Problem{"not_json", "", "The body is not JSON.", ""};
  }
}

const Json& member(const Json& value, std::string_view key) {
  if (!value.is_object()) return nothing();
  const auto found = value.find(key);
  return found == value.end() ? nothing() : *found;
}

const Json::array_t& elements(const Json& value) {
  static const Json::array_t none;
  const auto* const array = value.get_ptr<const Json::array_t*>();
  return array == nullptr ? none : *array;
}

std::string text_of(const Json& value) {
  const auto* const text = value.get_ptr<const Json::string_t*>();
  if (text == nullptr) return {};
  if (text->find('\0') == std::string::npos) return std::string(cut_bytes(*text, longest_text));
  std::string shown;
  for (const char c : *text) {
    if (c == '\0') {
      shown += "\xEF\xBF\xBD";
    } else {
      shown += c;
    }
    if (shown.size() > longest_text + 4) break;
  }
  return std::string(cut_bytes(shown, longest_text));
}

std::string word_of(const Json& value) {
  const auto* const text = value.get_ptr<const Json::string_t*>();
  if (text == nullptr || text->size() > longest_word) return {};
  for (const char c : *text) {
    if (is_control(c)) return {};
  }
  return *text;
}

std::string name_of(const Json& value) {
  const auto* const text = value.get_ptr<const Json::string_t*>();
  if (text == nullptr) return {};
  std::string name(cut_bytes(*text, longest_word));
  for (char& c : name) {
    if (is_control(c)) c = ' ';
  }
  return name;
}

std::optional<std::int64_t> integer_of(const Json& value) {
  if (value.is_number_unsigned()) {
    const auto number = value.get<std::uint64_t>();
    if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
    return static_cast<std::int64_t>(number);
  }
  if (value.is_number_integer()) return value.get<std::int64_t>();
  const auto* const text = value.get_ptr<const Json::string_t*>();
  if (text == nullptr) return std::nullopt;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return number;
}

std::optional<double> number_of(const Json& value) {
  if (!value.is_number()) return std::nullopt;
  const auto number = value.get<double>();
  return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

bool flag_of(const Json& value) {
  return value.is_boolean() && value.get<bool>();
}

std::string dump(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace sahut::adapters
