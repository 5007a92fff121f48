#include "adapters/whatsapp/render.hpp"

#include <algorithm>
#include <set>

#include "adapters/json_reader.hpp"
#include "adapters/numbered_choices.hpp"
#include "adapters/text_limits.hpp"
#include "adapters/whatsapp/identity.hpp"
#include "adapters/whatsapp/media.hpp"

namespace sahut::adapters::whatsapp {
namespace {

using conversation::Choice;
using conversation::OutboundMessage;

constexpr std::size_t most_buttons = 3;
constexpr std::size_t longest_button_title = 20;
constexpr std::size_t most_rows = 10;
constexpr std::size_t longest_row_title = 24;
constexpr std::size_t longest_row_description = 72;
constexpr std::size_t longest_row_id = 200;
constexpr std::size_t longest_correlation = 512;

/// Meta refuses ids that are empty, padded, repeated or too long; a choice must come back exactly as it was offered, so
/// such a one is not mended but written into the text.
bool tappable(const std::vector<Choice>& choices) {
  std::set<std::string_view> values;
  for (const Choice& choice : choices) {
    const std::string_view value = choice.value;
    if (value.empty() || value.size() > longest_row_id || is_blank(choice.title)) return false;
    if (is_blank(value.substr(0, code_point_bytes(value, 0))) || is_blank(value.substr(value.size() - 1))) return false;
    if (std::any_of(value.begin(), value.end(), [](char c) {
          return static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) >= 0x7F;
        }))
      return false;
    if (!values.insert(value).second) return false;
  }
  return true;
}

bool fit_buttons(const std::vector<Choice>& choices) {
  std::set<std::string_view> titles;
  for (const Choice& choice : choices) {
    if (count_code_points(choice.title) > longest_button_title || !titles.insert(choice.title).second) return false;
  }
  return choices.size() <= most_buttons;
}

Json buttons(const std::vector<Choice>& choices) {
  Json all = Json::array();
  for (const Choice& choice : choices) {
    all.push_back({{"type", "reply"}, {"reply", {{"id", choice.value}, {"title", choice.title}}}});
  }
  return {{"buttons", std::move(all)}};
}

/// A title too long for its row is repeated below it, where there is room for more of it.
Json list_rows(const std::vector<Choice>& choices) {
  Json all = Json::array();
  for (const Choice& choice : choices) {
    Json row = {{"id", choice.value}, {"title", fit_code_points(choice.title, longest_row_title)}};
    if (count_code_points(choice.title) > longest_row_title) {
      row["description"] = fit_code_points(choice.title, longest_row_description);
    }
    all.push_back(std::move(row));
  }
  return {{"button", channel_words("list_button")}, {"sections", Json::array({{{"rows", std::move(all)}}})}};
}

/// Whom it is for and how it is recognised again: the same for every kind of message.
Json addressed(const Delivery& delivery) {
  Json body = {{"messaging_product", "whatsapp"}, {"recipient_type", "individual"}};
  if (is_bsuid(delivery.contact)) {
    body["recipient"] = delivery.contact;
  } else {
    // With "+": without it Meta may put the business number's own country code in front.
    body["to"] = "+" + delivery.contact;
  }
  if (!delivery.correlation.empty()) {
    body["biz_opaque_callback_data"] = std::string(cut_bytes(delivery.correlation, longest_correlation));
  }
  return body;
}

void put_content(const OutboundMessage& message, Json& body) {
  const std::vector<Choice>& choices = message.choices;
  const bool interactive = !choices.empty() && choices.size() <= most_rows && tappable(choices) &&
                           count_code_points(message.text) <= longest_interactive_body;
  if (!interactive) {
    body["type"] = "text";
    body["text"] = {{"body", text_with_numbers(message, longest_body)}, {"preview_url", false}};
    return;
  }
  const bool as_buttons = fit_buttons(choices);
  body["type"] = "interactive";
  body["interactive"] = {{"type", as_buttons ? "button" : "list"},
                         {"body", {{"text", is_blank(message.text) ? std::string(nothing_to_say) : message.text}}},
                         {"action", as_buttons ? buttons(choices) : list_rows(choices)}};
}

/// A file that was uploaded, with its caption.
void put_file(const Delivery& delivery, Json& body) {
  const OutboundFile& file = *delivery.file;
  const bool as_picture = file.is_picture() && file.bytes->size() <= most_picture_bytes;
  Json media = {{"id", delivery.uploaded_id}};
  if (!is_blank(delivery.message.text)) media["caption"] = fit_code_points(delivery.message.text, longest_caption);
  if (!as_picture) media["filename"] = file.name;
  body["type"] = as_picture ? "image" : "document";
  body[as_picture ? "image" : "document"] = std::move(media);
}

void put_place(const conversation::Position& place, Json& body) {
  Json location = {{"latitude", place.latitude}, {"longitude", place.longitude}};
  if (!is_blank(place.name)) location["name"] = place.name;
  if (!is_blank(place.address)) location["address"] = place.address;
  body["type"] = "location";
  body["location"] = std::move(location);
}

}  // namespace

std::string render_body(const Delivery& delivery) {
  Json body = addressed(delivery);
  if (!delivery.quoted_id.empty() && delivery.quoted_id.size() <= longest_word) {
    body["context"] = {{"message_id", delivery.quoted_id}};
  }
  if (delivery.file) {
    put_file(delivery, body);
  } else if (delivery.place) {
    put_place(*delivery.place, body);
  } else {
    put_content(delivery.message, body);
  }
  return dump(body);
}

std::string render_template(const Delivery& delivery, const std::string& name, const std::string& language) {
  Json body = addressed(delivery);
  body["type"] = "template";
  body["template"] = {{"name", name}, {"language", {{"code", language}}}};
  return dump(body);
}

std::string render_read_mark(const std::string& external_id) {
  return dump({{"messaging_product", "whatsapp"}, {"status", "read"}, {"message_id", external_id}});
}

std::string render_typing(const std::string& external_id) {
  return dump({{"messaging_product", "whatsapp"},
               {"status", "read"},
               {"message_id", external_id},
               {"typing_indicator", {{"type", "text"}}}});
}

}  // namespace sahut::adapters::whatsapp
