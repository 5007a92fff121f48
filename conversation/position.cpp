#include "conversation/position.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

namespace sahut::conversation {
namespace {

std::optional<double> degrees(const nlohmann::json& json, const char* key, double most) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_number()) return std::nullopt;
  const double value = found->get<double>();
  return std::abs(value) <= most ? std::optional(value) : std::nullopt;
}

std::string words_at(const nlohmann::json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

std::optional<Position> position_of(std::string_view attachment) {
  if (attachment.empty()) return std::nullopt;
  const auto json = nlohmann::json::parse(attachment, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return std::nullopt;
  const auto latitude = degrees(json, "latitude", 90);
  const auto longitude = degrees(json, "longitude", 180);
  if (!latitude || !longitude) return std::nullopt;
  return Position{*latitude, *longitude, words_at(json, "name"), words_at(json, "address")};
}

std::string to_json(const Position& position) {
  nlohmann::json json = {{"latitude", position.latitude}, {"longitude", position.longitude}};
  if (!position.name.empty()) json["name"] = position.name;
  if (!position.address.empty()) json["address"] = position.address;
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace sahut::conversation
