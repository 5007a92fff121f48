#include "knowledge/json_fields.hpp"

#include <algorithm>

namespace sahut::knowledge {
namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row.back();
}

constexpr int max_depth = 64;

}  // namespace

std::vector<Problem> placed(const std::vector<FieldProblem>& problems, std::string_view file_name,
                            std::string_view text) {
  std::vector<std::pair<std::size_t, Problem>> by_line;
  for (const FieldProblem& found : problems) {
    const std::size_t line = line_of(text, found.path);
    std::string where = std::string(file_name) + " line " + std::to_string(line);
    if (const std::string name = spelled(found.path); !name.empty()) where += ", " + name;
    by_line.emplace_back(line, Problem{found.code, where, found.what, found.cure});
  }
  std::stable_sort(by_line.begin(), by_line.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Problem> result;
  result.reserve(by_line.size());
  for (auto& [line, problem] : by_line) result.push_back(std::move(problem));
  return result;
}

Result<nlohmann::json> parse_document(std::string_view text, std::string_view file_name, std::size_t max_bytes) {
  if (text.size() > max_bytes) {
    return Problem{"too_big", std::string(file_name),
                   "the file has " + std::to_string(text.size()) + " bytes, more than the " +
                       std::to_string(max_bytes) + " that are read.",
                   "Split it."};
  }
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  bool too_deep = false;
  try {
    auto document = nlohmann::json::parse(text, [&](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
      if (depth > max_depth) too_deep = true;
      return !too_deep;
    });
    if (too_deep) {
      return Problem{"too_deep", std::string(file_name), "it is nested deeper than 64 levels.", "Flatten it."};
    }
    return document;
  } catch (const nlohmann::json::parse_error& error) {
    const auto line =
        1 + std::count(text.begin(),
                       text.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(error.byte, text.size())),
                       '\n');
    return Problem{"not_json", std::string(file_name) + " line " + std::to_string(line), "this is not valid JSON.",
                   "Look for a missing comma, quote or bracket just before this place."};
  } catch (const nlohmann::json::exception&) {
    return Problem{"not_json", std::string(file_name), "it holds a number that is out of range.", "Correct it."};
  }
}

std::string nearest_word(std::string_view word, const std::vector<std::string>& known) {
  std::string best;
  std::size_t best_distance = 3;
  for (const std::string& candidate : known) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

FieldReader::FieldReader(const nlohmann::json& object, JsonPath path, std::vector<FieldProblem>& problems)
    : object_(object), path_(std::move(path)), problems_(problems) {
  if (!object_.is_object()) problems_.push_back({path_, "wrong_type", "an object {…} is expected here.", ""});
}

JsonPath FieldReader::below(const std::string& name) const {
  JsonPath path = path_;
  path.emplace_back(name);
  return path;
}

void FieldReader::problem(const std::string& field, std::string code, std::string what, std::string cure) {
  problems_.push_back({field.empty() ? path_ : below(field), std::move(code), std::move(what), std::move(cure)});
}

const nlohmann::json* FieldReader::find(const std::string& name) {
  asked_.insert(name);
  if (!object_.is_object()) return nullptr;
  const auto found = object_.find(name);
  return found == object_.end() || found->is_null() ? nullptr : &*found;
}

bool FieldReader::has(const std::string& name) {
  return find(name) != nullptr;
}

std::string FieldReader::optional_text(const std::string& name, std::size_t max_bytes) {
  const nlohmann::json* value = find(name);
  if (value == nullptr) return {};
  if (!value->is_string()) {
    problem(name, "wrong_type", "a text is expected here.");
    return {};
  }
  const auto& text = value->get_ref<const std::string&>();
  if (text.size() > max_bytes) {
    problem(name, "too_long",
            "this has " + std::to_string(text.size()) + " bytes; at most " + std::to_string(max_bytes) + " fit.",
            "Shorten it.");
    return {};
  }
  return text;
}

std::string FieldReader::required_text(const std::string& name, std::size_t max_bytes) {
  const nlohmann::json* value = find(name);
  if (value == nullptr || (value->is_string() && value->get_ref<const std::string&>().empty())) {
    if (object_.is_object()) {
      problem(name, "missing", "`" + name + "` is missing or empty.", "Write it.");
    }
    return {};
  }
  return optional_text(name, max_bytes);
}

std::vector<std::string> FieldReader::texts(const std::string& name, std::size_t max_items, std::size_t max_bytes) {
  std::vector<std::string> result;
  each_element(name, [&](const nlohmann::json& element, const JsonPath& path) {
    if (!element.is_string()) {
      problems_.push_back({path, "wrong_type", "a text is expected here.", ""});
    } else if (element.get_ref<const std::string&>().size() > max_bytes) {
      problems_.push_back(
          {path, "too_long", "this is longer than " + std::to_string(max_bytes) + " bytes.", "Shorten it."});
    } else {
      result.push_back(element.get<std::string>());
    }
  });
  if (result.size() > max_items) {
    problem(name, "too_many", "there are more than " + std::to_string(max_items) + " items.", "Keep the best ones.");
  }
  return result;
}

std::int64_t FieldReader::integer(const std::string& name, std::int64_t fallback, std::int64_t least,
                                  std::int64_t most) {
  const nlohmann::json* value = find(name);
  if (value == nullptr) return fallback;
  const bool whole = value->is_number_integer();
  const std::int64_t number = whole ? value->get<std::int64_t>() : 0;
  if (!whole || number < least || number > most) {
    problem(name, "out_of_range",
            "a whole number from " + std::to_string(least) + " to " + std::to_string(most) + " is expected here.");
    return fallback;
  }
  return number;
}

double FieldReader::number(const std::string& name, double least, double most) {
  const nlohmann::json* value = find(name);
  const double number = value != nullptr && value->is_number() ? value->get<double>() : 0;
  if (value == nullptr || !value->is_number() || number < least || number > most) {
    problem(name, value == nullptr ? "missing" : "out_of_range",
            "a number from " + std::to_string(static_cast<int>(least)) + " to " +
                std::to_string(static_cast<int>(most)) + " is expected here.");
    return 0;
  }
  return number;
}

void FieldReader::each_element(const std::string& name,
                               const std::function<void(const nlohmann::json&, const JsonPath&)>& read) {
  const nlohmann::json* value = find(name);
  if (value == nullptr) return;
  if (!value->is_array()) {
    problem(name, "wrong_type", "a list […] is expected here.");
    return;
  }
  for (std::size_t i = 0; i < value->size(); ++i) {
    JsonPath path = below(name);
    path.emplace_back(i);
    read((*value)[i], path);
  }
}

void FieldReader::each_object(const std::string& name, const std::function<void(FieldReader&)>& read) {
  each_element(name, [&](const nlohmann::json& element, const JsonPath& path) {
    FieldReader reader(element, path, problems_);
    if (element.is_object()) {
      read(reader);
      reader.finish();
    }
  });
}

void FieldReader::each_member(
    const std::string& name,
    const std::function<void(const std::string&, const nlohmann::json&, const JsonPath&)>& read) {
  const nlohmann::json* value = find(name);
  if (value == nullptr) return;
  if (!value->is_object()) {
    problem(name, "wrong_type", "an object {…} is expected here.");
    return;
  }
  for (const auto& [key, member] : value->items()) {
    JsonPath path = below(name);
    path.emplace_back(key);
    read(key, member, path);
  }
}

void FieldReader::object(const std::string& name, const std::function<void(FieldReader&)>& read) {
  const nlohmann::json* value = find(name);
  if (value == nullptr) return;
  FieldReader reader(*value, below(name), problems_);
  if (value->is_object()) {
    read(reader);
    reader.finish();
  }
}

void FieldReader::finish() {
  if (!object_.is_object()) return;
  const std::vector<std::string> known(asked_.begin(), asked_.end());
  for (const auto& [key, value] : object_.items()) {
    if (asked_.contains(key)) continue;
    const std::string meant = nearest_word(key, known);
    problem(key, "unknown_field", "`" + key + "` is not a known field.",
            meant.empty() ? "Remove it." : "Did you mean `" + meant + "`?");
  }
}

}  // namespace sahut::knowledge
