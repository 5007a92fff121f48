#include "server/demo/webhooks.hpp"

#include <charconv>
#include <nlohmann/json.hpp>

#include "adapters/hmac.hpp"

namespace sahut::server {
namespace {

using Json = nlohmann::json;

std::string written(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::int64_t seconds(UnixMillis moment) {
  return moment.value / 1000;
}

/// Meta's envelope around one value, signed as Meta signs.
adapters::HttpCall signed_call(const std::string& url, const WhatsAppDemoAccount& account, Json value) {
  value["messaging_product"] = "whatsapp";
  value["metadata"] = {{"display_phone_number", account.phone_number_id}, {"phone_number_id", account.phone_number_id}};
  Json change = {{"field", "messages"}, {"value", std::move(value)}};
  Json entry = {{"id", "1"}, {"changes", Json::array({std::move(change)})}};
  const Json envelope = {{"object", "whatsapp_business_account"}, {"entry", Json::array({std::move(entry)})}};
  adapters::HttpCall call;
  call.url = url;
  call.body = written(envelope);
  const adapters::HmacKey key(account.app_secret, adapters::Digest::sha256);
  call.headers = {{"Content-Type", "application/json"},
                  {"X-Hub-Signature-256", "sha256=" + adapters::to_hex(key.sign(call.body))}};
  return call;
}

Json whatsapp_content(const PhoneInput& input) {
  if (input.location) {
    return {{"type", "location"},
            {"location", {{"latitude", input.location->latitude}, {"longitude", input.location->longitude}}}};
  }
  if (!input.choice) return {{"type", "text"}, {"text", {{"body", input.text}}}};
  const std::string type = input.from_menu ? "list_reply" : "button_reply";
  return {{"type", "interactive"},
          {"interactive", {{"type", type}, {type, {{"id", input.choice->value}, {"title", input.choice->title}}}}}};
}

std::int64_t number_of(const std::string& digits) {
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

}  // namespace

adapters::HttpCall whatsapp_webhook(const std::string& url, const WhatsAppDemoAccount& account,
                                    const PhoneResident& resident, const PhoneInput& input,
                                    const std::string& message_id, UnixMillis now) {
  Json message = whatsapp_content(input);
  message["from"] = resident.address;
  message["id"] = message_id;
  message["timestamp"] = std::to_string(seconds(now));
  Json contact = {{"profile", {{"name", resident.name}}}, {"wa_id", resident.address}};
  return signed_call(
      url, account, {{"contacts", Json::array({std::move(contact)})}, {"messages", Json::array({std::move(message)})}});
}

adapters::HttpCall whatsapp_status_webhook(const std::string& url, const WhatsAppDemoAccount& account,
                                           const PhoneResident& resident, const std::string& message_id,
                                           const std::string& state, UnixMillis now) {
  Json status = {{"id", message_id},
                 {"status", state},
                 {"timestamp", std::to_string(seconds(now))},
                 {"recipient_id", resident.address},
                 {"pricing", {{"pricing_model", "PMP"}, {"type", "free_customer_service"}, {"category", "service"}}}};
  return signed_call(url, account, {{"statuses", Json::array({std::move(status)})}});
}

adapters::HttpCall telegram_webhook(const std::string& url, const std::string& secret_token,
                                    const PhoneResident& resident, const PhoneInput& input, std::int64_t update_id,
                                    UnixMillis now) {
  const std::int64_t id = number_of(resident.address);
  const Json from = {{"id", id}, {"is_bot", false}, {"first_name", resident.name}};
  const Json chat = {{"id", id}, {"type", "private"}, {"first_name", resident.name}};
  Json message = {{"message_id", update_id}, {"from", from}, {"chat", chat}, {"date", seconds(now)}};
  Json update = {{"update_id", update_id}};
  if (input.choice) {
    // The message that held the button is the bot's own; only its id and chat matter to us.
    message["text"] = "";
    update["callback_query"] = {{"id", std::to_string(update_id)},
                                {"from", from},
                                {"chat_instance", "demo"},
                                {"message", std::move(message)},
                                {"data", input.choice->value}};
  } else {
    if (input.location) {
      message["location"] = {{"latitude", input.location->latitude}, {"longitude", input.location->longitude}};
    } else {
      message["text"] = input.text;
    }
    update["message"] = std::move(message);
  }
  adapters::HttpCall call;
  call.url = url;
  call.headers = {{"Content-Type", "application/json"}, {"X-Telegram-Bot-Api-Secret-Token", secret_token}};
  call.body = written(update);
  return call;
}

}  // namespace sahut::server
