#include "conversation/memory.hpp"

#include <nlohmann/json.hpp>

namespace sahut::conversation {

std::string to_json(const BotMemory& memory) {
  if (memory == BotMemory{}) return "{}";
  nlohmann::json json = {{"last_entry", memory.last_entry},
                         {"fallbacks", memory.fallbacks},
                         {"language", {memory.language.id, memory.language.en}}};
  if (memory.last_facet != nlu::Facet::none) json["last_facet"] = nlu::name_of(memory.last_facet);
  if (!memory.question.text.empty()) {
    json["question"] = {memory.question.text, memory.question.at.value, memory.question.answered};
  }
  if (!memory.refused.empty()) json["refused"] = memory.refused;
  if (memory.asked_yes_no) json["asked_yes_no"] = true;
  if (memory.small_talk != SmallTalkKind::none) json["small_talk"] = name_of(memory.small_talk);
  if (memory.comforted_at.known()) json["comforted_at"] = memory.comforted_at.value;
  if (!memory.district.empty()) json["district"] = memory.district;
  if (!memory.office.empty()) json["office"] = memory.office;
  if (!memory.offered.empty()) {
    json["offered"] = nlohmann::json::array();
    for (const Choice& choice : memory.offered) json["offered"].push_back({choice.title, choice.value});
  }
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

BotMemory memory_from_json(std::string_view text) {
  BotMemory memory;
  if (text.empty() || text == "{}") return memory;
  const auto json = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return memory;
  const auto find = [&](const char* name) { return json.contains(name) ? json.at(name) : nlohmann::json(); };
  if (const auto value = find("last_entry"); value.is_string()) memory.last_entry = value.get<std::string>();
  if (const auto value = find("fallbacks"); value.is_number_integer()) memory.fallbacks = value.get<int>();
  if (const auto value = find("language");
      value.is_array() && value.size() == 2 && value[0].is_number_integer() && value[1].is_number_integer()) {
    memory.language = {value[0].get<int>(), value[1].get<int>()};
  }
  if (const auto value = find("last_facet"); value.is_string()) {
    memory.last_facet = nlu::facet_named(value.get<std::string>()).value_or(nlu::Facet::none);
  }
  if (const auto value = find("question"); value.is_array() && value.size() == 3 && value[0].is_string() &&
                                           value[1].is_number_integer() && value[2].is_boolean()) {
    memory.question = {value[0].get<std::string>(), {value[1].get<std::int64_t>()}, value[2].get<bool>()};
  }
  if (const auto value = find("refused"); value.is_array()) {
    for (const auto& entry : value) {
      if (entry.is_string() && memory.refused.size() < most_refused) memory.refused.push_back(entry.get<std::string>());
    }
  }
  memory.asked_yes_no = find("asked_yes_no") == true;
  if (const auto value = find("small_talk"); value.is_string()) {
    memory.small_talk = small_talk_named(value.get<std::string>());
  }
  if (const auto value = find("comforted_at"); value.is_number_integer()) {
    memory.comforted_at = {value.get<std::int64_t>()};
  }
  if (const auto value = find("district"); value.is_string()) memory.district = value.get<std::string>();
  if (const auto value = find("office"); value.is_string()) memory.office = value.get<std::string>();
  if (const auto value = find("offered"); value.is_array()) {
    for (const auto& pair : value) {
      if (pair.is_array() && pair.size() == 2 && pair[0].is_string() && pair[1].is_string()) {
        memory.offered.push_back({pair[0].get<std::string>(), pair[1].get<std::string>()});
      }
    }
  }
  return memory;
}

}  // namespace sahut::conversation
