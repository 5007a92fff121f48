#include "adapters/gateway/render.hpp"

#include <array>
#include <charconv>
#include <utility>

#include "adapters/gateway/base64.hpp"
#include "adapters/gateway/jid.hpp"
#include "adapters/multipart.hpp"
#include "adapters/numbered_choices.hpp"
#include "adapters/text_limits.hpp"

namespace sahut::adapters::gateway {
namespace {

constexpr std::size_t longest_text_code_points = 4096;
constexpr std::size_t longest_caption_code_points = 1024;

std::string degrees_text(double degrees) {
  std::array<char, 32> digits{};
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), degrees, std::chars_format::fixed, 6).ptr;
  return {digits.data(), end};
}

Json number_or_text(const std::string& text) {
  double number = 0;
  const char* end = text.data() + text.size();
  if (std::from_chars(text.data(), end, number).ptr != end || text.empty()) return text;
  return number;
}

HttpCall request(const Profile& profile, const Address& address, const std::string& path, const Words& in_path) {
  HttpCall call;
  call.url = address.api_base + filled(path, in_path);
  for (const auto& [key, value] : profile.send.headers) call.headers.emplace_back(key, filled(value, address.settings));
  return call;
}

HttpCall json_request(const CallRules& rules, const Profile& profile, const Address& address, const Words& words,
                      const Words& in_path) {
  HttpCall call = request(profile, address, rules.path, in_path);
  call.headers.emplace_back("Content-Type", "application/json");
  call.body = dump(filled_body(rules.body, words));
  return call;
}

HttpCall file_request(const CallRules& rules, const Profile& profile, const Address& address, const Delivery& delivery,
                      Words words) {
  const OutboundFile& file = *delivery.file;
  words["text"] = fit_code_points(delivery.message.text, longest_caption_code_points);
  words["name"] = file.name;
  words["mime_type"] = file.mime_type;
  HttpCall call;
  if (rules.file_field.empty()) {
    words["data"] = base64(*file.bytes);
    call = json_request(rules, profile, address, words, address.settings);
  } else {
    call = request(profile, address, rules.path, address.settings);
    std::vector<std::pair<std::string, std::string>> fields;
    for (const auto& [key, value] : rules.body.items()) {
      fields.emplace_back(key, filled(value.get<std::string>(), words));
    }
    put_form(call, fields,
             {.field = rules.file_field, .name = file.name, .mime_type = file.mime_type, .bytes = *file.bytes});
  }
  call.timeout_ms = media_timeout_ms;
  return call;
}

}  // namespace

Json filled_body(const Json& pattern, const Words& words) {
  if (pattern.is_string()) {
    const std::string& text = pattern.get_ref<const std::string&>();
    if (!text.starts_with("{=") || !text.ends_with('}')) return filled(text, words);
    const auto word = words.find(text.substr(2, text.size() - 3));
    return word == words.end() ? Json() : number_or_text(word->second);
  }
  if (!pattern.is_structured()) return pattern;
  Json out = pattern;
  for (auto& part : out) part = filled_body(part, words);
  return out;
}

HttpCall render(const Profile& profile, const Address& address, const Delivery& delivery) {
  Words words = address.settings;
  words["contact"] = address_of(delivery.contact, profile.send.phone_suffix);
  if (delivery.file) {
    return file_request(delivery.file->is_picture() ? profile.send_picture : profile.send_document, profile, address,
                        delivery, std::move(words));
  }
  if (delivery.place) {
    words["title"] = delivery.place->name;
    words["address"] = delivery.place->address;
    words["latitude"] = degrees_text(delivery.place->latitude);
    words["longitude"] = degrees_text(delivery.place->longitude);
    return json_request(profile.send_place, profile, address, words, address.settings);
  }
  words["text"] = text_with_numbers(delivery.message, longest_text_code_points);
  return json_request({profile.send.path, profile.send.body, {}}, profile, address, words, address.settings);
}

std::optional<HttpCall> render_sign(const std::optional<CallRules>& sign, const Profile& profile,
                                    const Address& address, const std::string& contact, const std::string& message_id) {
  if (!sign) return std::nullopt;
  Words words = address.settings;
  words["contact"] = address_of(contact, profile.send.phone_suffix);
  words["jid"] = address_of(contact, "@s.whatsapp.net");
  words["message_id"] = message_id;
  Words in_path = address.settings;
  in_path["message_id"] = percent_encoded(message_id);
  return json_request(*sign, profile, address, words, in_path);
}

}  // namespace sahut::adapters::gateway
