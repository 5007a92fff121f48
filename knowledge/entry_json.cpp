#include "knowledge/entry_json.hpp"

#include <stdexcept>

namespace sahut::knowledge {
namespace {

constexpr std::size_t max_id_bytes = 48;
constexpr std::size_t max_short_text = 500;
constexpr std::size_t max_long_text = 16'000;
constexpr std::size_t max_rule_bytes = 1000;

bool is_identifier(std::string_view id) {
  return !id.empty() && id.size() <= max_id_bytes && id.front() != '-' &&
         id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

bool is_date(std::string_view date) {
  if (date.size() != 10 || date[4] != '-' || date[7] != '-') return false;
  for (const std::size_t i : {0u, 1u, 2u, 3u, 5u, 6u, 8u, 9u}) {
    if (date[i] < '0' || date[i] > '9') return false;
  }
  const int month = (date[5] - '0') * 10 + (date[6] - '0');
  const int day = (date[8] - '0') * 10 + (date[9] - '0');
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

std::string date_field(FieldReader& reader, const std::string& name) {
  std::string date = reader.optional_text(name, max_short_text);
  if (!date.empty() && !is_date(date)) {
    reader.problem(name, "bad_date", "`" + date + "` is not a date.", "Write it as YYYY-MM-DD.");
    date.clear();
  }
  return date;
}

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  return count;
}

void read_answer(FieldReader& reader, Entry& entry) {
  if (!reader.has("answer")) {
    reader.problem("answer", "missing", "`answer` is missing.", "Write {\"id\": the answer in Bahasa Indonesia}.");
    return;
  }
  reader.object("answer", [&](FieldReader& answer) {
    for (const char* language : {"id", "en"}) {
      std::string text = answer.optional_text(language, max_long_text);
      if (code_points(text) > max_answer_code_points) {
        answer.problem(language, "too_long",
                       "the answer has " + std::to_string(code_points(text)) + " characters; at most " +
                           std::to_string(max_answer_code_points) + " fit into one message of every channel.",
                       "Shorten it or move parts into facets.");
      }
      if (!text.empty()) entry.answer[language] = std::move(text);
    }
    if (!entry.answer.contains("id")) {
      answer.problem("id", "missing", "`answer.id` is missing or empty.", "Write the answer in Bahasa Indonesia.");
    }
  });
}

void read_facets(FieldReader& reader, Entry& entry) {
  reader.object("facets", [&](FieldReader& facets) {
    for (const nlu::Facet facet : {nlu::Facet::requirements, nlu::Facet::procedure, nlu::Facet::duration,
                                   nlu::Facet::fee, nlu::Facet::place, nlu::Facet::hours, nlu::Facet::complaints}) {
      std::string text = facets.optional_text(std::string(nlu::name_of(facet)), max_long_text);
      if (!text.empty()) entry.facets[facet] = std::move(text);
    }
  });
}

}  // namespace

nlohmann::ordered_json to_json(const Entry& entry) {
  nlohmann::ordered_json json;
  json["id"] = entry.id;
  json["office"] = entry.office;
  json["category"] = entry.category;
  json["title"] = entry.title;
  json["examples"] = entry.examples;
  json["keywords"] = entry.keywords;
  json["rules"] = entry.rules;
  json["answer"] = nlohmann::ordered_json::object();
  for (const char* language : {"id", "en"}) {
    if (const auto found = entry.answer.find(language); found != entry.answer.end()) {
      json["answer"][language] = found->second;
    }
  }
  json["facets"] = nlohmann::ordered_json::object();
  for (const auto& [facet, text] : entry.facets) json["facets"][std::string(nlu::name_of(facet))] = text;
  json["legal_basis"] = entry.legal_basis;
  json["source"] = entry.source;
  const auto date = [](const std::string& text) {
    return text.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(text);
  };
  json["valid_from"] = date(entry.valid_from);
  json["valid_until"] = date(entry.valid_until);
  json["review_by"] = date(entry.review_by);
  json["handoff"] = name_of(entry.handoff);
  json["related"] = entry.related;
  return json;
}

std::string to_file(const std::vector<Entry>& entries) {
  nlohmann::ordered_json file;
  file["entries"] = nlohmann::ordered_json::array();
  for (const Entry& entry : entries) file["entries"].push_back(to_json(entry));
  return file.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

Entry read_entry(FieldReader& reader) {
  Entry entry;
  entry.id = reader.required_text("id", max_short_text);
  if (!entry.id.empty() && !is_identifier(entry.id)) {
    reader.problem("id", "bad_id", "`" + entry.id + "` cannot be an id.",
                   "Use at most 48 small letters, digits and dashes, such as `ktp-el-hilang`.");
  }
  entry.office = reader.required_text("office", max_short_text);
  entry.category = reader.optional_text("category", max_short_text);
  entry.title = reader.required_text("title", max_title_bytes);
  entry.examples = reader.texts("examples", max_examples, max_example_bytes);
  entry.keywords = reader.texts("keywords", max_examples, max_example_bytes);
  entry.rules = reader.texts("rules", max_examples, max_rule_bytes);
  read_answer(reader, entry);
  read_facets(reader, entry);
  entry.legal_basis = reader.optional_text("legal_basis", max_long_text);
  entry.source = reader.optional_text("source", max_long_text);
  entry.valid_from = date_field(reader, "valid_from");
  entry.valid_until = date_field(reader, "valid_until");
  entry.review_by = date_field(reader, "review_by");
  if (!entry.valid_from.empty() && !entry.valid_until.empty() && entry.valid_until < entry.valid_from) {
    reader.problem("valid_until", "bad_date", "it ends before it begins.", "Correct valid_from or valid_until.");
  }
  const std::string handoff = reader.optional_text("handoff", max_short_text);
  if (handoff == "never") {
    entry.handoff = HandoffPolicy::never;
  } else if (handoff == "always") {
    entry.handoff = HandoffPolicy::always;
  } else if (!handoff.empty() && handoff != "offer") {
    reader.problem("handoff", "unknown_word", "`" + handoff + "` is not known here.", "Write never, offer or always.");
  }
  entry.related = reader.texts("related", max_examples, max_id_bytes);
  return entry;
}

ParsedEntry parse_entry(const nlohmann::json& object) {
  ParsedEntry parsed;
  std::vector<FieldProblem> problems;
  FieldReader reader(object, {}, problems);
  if (object.is_object()) {
    parsed.entry = read_entry(reader);
    reader.finish();
  }
  for (const FieldProblem& problem : problems) {
    parsed.problems.push_back({problem.code, spelled(problem.path), problem.what, problem.cure});
  }
  return parsed;
}

Entry entry_from_store(std::string_view document) {
  const ParsedEntry parsed = parse_entry(nlohmann::json::parse(document));
  if (!parsed.problems.empty()) {
    throw std::runtime_error("a stored entry cannot be read: " + parsed.problems.front().text());
  }
  return parsed.entry;
}

ParsedFile parse_file(std::string_view text, std::string_view file_name) {
  ParsedFile parsed;
  const auto document = parse_document(text, file_name, max_knowledge_file_bytes);
  if (!document.ok()) {
    parsed.problems.push_back(document.problem());
    return parsed;
  }
  std::vector<FieldProblem> problems;
  FieldReader reader(*document, {}, problems);
  if (document->is_object() && !reader.has("entries")) {
    reader.problem("", "missing", "`entries` is missing.", "A knowledge file is {\"entries\": [ … ]}.");
  }
  reader.each_object("entries", [&](FieldReader& object) { parsed.entries.push_back(read_entry(object)); });
  reader.finish();
  parsed.problems = placed(problems, file_name, text);
  return parsed;
}

}  // namespace sahut::knowledge
