#include "adapters/telegram/content.hpp"

#include <array>
#include <cmath>

namespace sahut::adapters::telegram {
namespace {

using conversation::InboundMessage;
using conversation::MessageKind;

struct MediaKey {
  std::string_view key;
  MessageKind kind;
};
/// An animation also comes as a document, a venue also as a location: the more telling key stands first.
constexpr std::array<MediaKey, 7> media_keys = {{{"voice", MessageKind::audio},
                                                 {"audio", MessageKind::audio},
                                                 {"animation", MessageKind::video},
                                                 {"video", MessageKind::video},
                                                 {"video_note", MessageKind::video},
                                                 {"sticker", MessageKind::sticker},
                                                 {"document", MessageKind::document}}};
/// Things a person sent that the bot has nothing to say to.
constexpr std::array<std::string_view, 7> other_keys = {"poll",      "dice",       "story",  "game",
                                                        "checklist", "paid_media", "invoice"};

void keep_word(Json& attachment, std::string_view name, const Json& value) {
  std::string word = word_of(value);
  if (!word.empty()) attachment[std::string(name)] = std::move(word);
}

void read_file(const Json& file, MessageKind kind, const Json& message, InboundMessage& out) {
  out.kind = kind;
  out.text = text_of(member(message, "caption"));
  Json attachment = Json::object();
  keep_word(attachment, "file_id", member(file, "file_id"));
  keep_word(attachment, "mime_type", member(file, "mime_type"));
  if (const std::string name = name_of(member(file, "file_name")); !name.empty()) attachment["file_name"] = name;
  for (const char* const number : {"file_size", "duration"}) {
    if (const auto value = integer_of(member(file, number))) attachment[number] = *value;
  }
  out.attachment = dump(attachment);
}

void read_text(const Json& text, InboundMessage& out) {
  constexpr std::string_view start = "/start";
  out.kind = MessageKind::text;
  out.text = text_of(text);
  if (!out.text.starts_with(start)) return;
  const std::size_t space = out.text.find_first_of(" \n");
  const std::string command = out.text.substr(0, space);
  if (command != start && !command.starts_with("/start@")) return;
  const std::string payload = space == std::string::npos ? std::string() : out.text.substr(space + 1);
  if (!payload.empty()) out.attachment = dump({{"start", payload}});
  out.text = start;
}

bool read_place(const Json& message, InboundMessage& out) {
  const Json& venue = member(message, "venue");
  const Json& location = venue.is_object() ? member(venue, "location") : member(message, "location");
  const auto latitude = number_of(member(location, "latitude"));
  const auto longitude = number_of(member(location, "longitude"));
  if (!latitude || !longitude || std::abs(*latitude) > 90 || std::abs(*longitude) > 180) return false;
  out.kind = MessageKind::location;
  Json attachment = {{"latitude", *latitude}, {"longitude", *longitude}};
  if (const std::string name = name_of(member(venue, "title")); !name.empty()) attachment["name"] = name;
  if (const std::string address = name_of(member(venue, "address")); !address.empty()) attachment["address"] = address;
  out.attachment = dump(attachment);
  return true;
}

/// A number is the sender's own only if Telegram says that it belongs to the account that wrote.
void read_contact(const Json& contact, const Json& from, InboundMessage& out) {
  out.kind = MessageKind::contacts;
  const auto owner = integer_of(member(contact, "user_id"));
  Json attachment = {{"contacts", Json::array({{{"name", name_of(member(contact, "first_name"))},
                                                {"phones", Json::array({word_of(member(contact, "phone_number"))})}}})},
                     {"own", owner.has_value() && owner == integer_of(member(from, "id"))}};
  out.attachment = dump(attachment);
}

}  // namespace

bool read_content(const Json& message, InboundMessage& out) {
  if (const Json& text = member(message, "text"); text.is_string()) {
    read_text(text, out);
    return true;
  }
  if (const Json::array_t& sizes = elements(member(message, "photo")); !sizes.empty()) {
    read_file(sizes.back(), MessageKind::image, message, out);  // the largest stands last
    return true;
  }
  for (const MediaKey& media : media_keys) {
    if (const Json& file = member(message, media.key); file.is_object()) {
      read_file(file, media.kind, message, out);
      return true;
    }
  }
  if (read_place(message, out)) return true;
  if (const Json& contact = member(message, "contact"); contact.is_object()) {
    read_contact(contact, member(message, "from"), out);
    return true;
  }
  for (const std::string_view key : other_keys) {
    if (!member(message, key).is_object()) continue;
    out.kind = MessageKind::other;
    out.answerable = false;
    out.attachment = dump({{"type", key}});
    return true;
  }
  return false;
}

}  // namespace sahut::adapters::telegram
