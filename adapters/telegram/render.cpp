#include "adapters/telegram/render.hpp"

#include <algorithm>
#include <charconv>

#include "adapters/multipart.hpp"
#include "adapters/numbered_choices.hpp"
#include "adapters/telegram/bot_api.hpp"
#include "adapters/telegram/html.hpp"
#include "adapters/text_limits.hpp"

namespace sahut::adapters::telegram {
namespace {

using conversation::Choice;

constexpr std::size_t most_buttons = 100;
constexpr std::size_t longest_button_title = 64;  ///< not a limit of Telegram's, but of a telephone's width

bool fit_buttons(const std::vector<Choice>& choices) {
  return choices.size() <= most_buttons && std::all_of(choices.begin(), choices.end(), [](const Choice& choice) {
           return !choice.value.empty() && choice.value.size() <= longest_callback_bytes && !is_blank(choice.title);
         });
}

Json keyboard(const std::vector<Choice>& choices) {
  Json rows = Json::array();
  for (const Choice& choice : choices) {
    rows.push_back(Json::array(
        {{{"text", fit_code_points(choice.title, longest_button_title)}, {"callback_data", choice.value}}}));
  }
  return {{"inline_keyboard", std::move(rows)}};
}

Json quoting(std::int64_t message) {
  return {{"message_id", message}, {"allow_sending_without_reply", true}};
}

/// sendVenue wants both words, sendLocation would take none.
std::string shown_or(const std::string& words, const char* otherwise) {
  return is_blank(words) ? otherwise : words;
}

}  // namespace

Json chat_id(const std::string& contact) {
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(contact.data(), contact.data() + contact.size(), id);
  if (error == std::errc{} && end == contact.data() + contact.size()) return id;
  return contact;
}

Json send_place_arguments(const Delivery& delivery) {
  const conversation::Position& place = *delivery.place;
  Json arguments = {{"chat_id", chat_id(delivery.contact)},
                    {"latitude", place.latitude},
                    {"longitude", place.longitude},
                    {"title", shown_or(place.name, "Lokasi")},
                    {"address", shown_or(place.address, "-")}};
  if (const auto quoted = message_number(delivery.quoted_id)) arguments["reply_parameters"] = quoting(*quoted);
  return arguments;
}

HttpCall send_file(const BotApi& api, const Delivery& delivery) {
  const OutboundFile& file = *delivery.file;
  const bool as_picture = file.is_picture() && file.bytes->size() <= most_picture_bytes;
  std::vector<std::pair<std::string, std::string>> fields = {{"chat_id", delivery.contact}};
  if (!is_blank(delivery.message.text)) {
    fields.emplace_back("caption", to_html(delivery.message.text, longest_caption_utf16));
    fields.emplace_back("parse_mode", "HTML");
  }
  if (const auto quoted = message_number(delivery.quoted_id)) {
    fields.emplace_back("reply_parameters", dump(quoting(*quoted)));
  }
  HttpCall call = api.method(as_picture ? "sendPhoto" : "sendDocument");
  call.timeout_ms = media_timeout_ms;
  put_form(call, fields,
           {.field = as_picture ? "photo" : "document",
            .name = file.name,
            .mime_type = file.mime_type,
            .bytes = *file.bytes});
  return call;
}

Json send_message_arguments(const Delivery& delivery) {
  const conversation::OutboundMessage& message = delivery.message;
  const bool buttons = !message.choices.empty() && fit_buttons(message.choices);
  std::string text = is_blank(message.text) ? std::string(nothing_to_say) : message.text;
  // A code point is at most two units: with half as many code points the numbers always stay within the limit.
  if (!buttons && !message.choices.empty()) text = text_with_numbers(message, longest_message_utf16 / 2);

  Json arguments = {{"chat_id", chat_id(delivery.contact)},
                    {"text", to_html(text, longest_message_utf16)},
                    {"parse_mode", "HTML"},
                    {"link_preview_options", {{"is_disabled", true}}}};
  if (buttons) arguments["reply_markup"] = keyboard(message.choices);
  if (const auto quoted = message_number(delivery.quoted_id)) {
    arguments["reply_parameters"] = quoting(*quoted);
  }
  return arguments;
}

}  // namespace sahut::adapters::telegram
