#include "server/api/json_body.hpp"

#include <map>

#include "knowledge/json_fields.hpp"

namespace sahut::server {
namespace {

constexpr std::size_t max_body_bytes = 4u << 20;  // the route's own limit is lower and was applied while reading

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  return count;
}

}  // namespace

Result<nlohmann::json> json_object(const http::Request& request) {
  auto document = knowledge::parse_document(request.body, "body", max_body_bytes);
  if (!document.ok()) return Problem{"not_json", "body", document.problem().what, document.problem().cure};
  if (!document->is_object()) return Problem{"not_json", "body", "A JSON object is expected.", "Send {…}."};
  return document;
}

Result<std::string> optional_text(const nlohmann::json& object, std::string_view name, std::size_t max_characters) {
  const auto found = object.find(name);
  if (found == object.end() || found->is_null()) return std::string();
  if (!found->is_string()) return Problem{"wrong_type", std::string(name), "A text is expected here.", ""};
  std::string text = found->get<std::string>();
  if (code_points(text) > max_characters) {
    return Problem{"too_long", std::string(name),
                   "This is longer than " + std::to_string(max_characters) + " characters.", "Shorten it."};
  }
  return text;
}

Result<std::string> required_text(const nlohmann::json& object, std::string_view name, std::size_t max_characters) {
  auto text = optional_text(object, name, max_characters);
  if (text.ok() && text->find_first_not_of(" \t\r\n") == std::string::npos) {
    return Problem{"missing", std::string(name), "`" + std::string(name) + "` is missing or empty.", "Write it."};
  }
  return text;
}

http::Response refuse(const Problem& problem, const http::Request& request) {
  static const std::map<std::string, int> statuses = {
      {"not_json", 400},         {"not_found", 404},     {"owned_by_another", 409}, {"not_claimed", 409},
      {"already_resolved", 409}, {"not_escalated", 409}, {"window_closed", 409},    {"unreachable", 409},
      {"already_exists", 409},   {"too_many", 429}};
  const auto status = statuses.find(problem.code);
  return http::problem(status == statuses.end() ? 422 : status->second, problem, request);
}

}  // namespace sahut::server
