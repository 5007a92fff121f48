#include "adapters/whatsapp/message.hpp"

#include <cmath>
#include <map>

#include "adapters/message_time.hpp"

namespace sahut::adapters::whatsapp {
namespace {

using conversation::ContactMoved;
using conversation::Ignored;
using conversation::InboundEvent;
using conversation::InboundMessage;
using conversation::MessageKind;

constexpr std::size_t most_shared_contacts = 16;

void keep_word(Json& attachment, std::string_view name, const Json& value) {
  std::string word = word_of(value);
  if (!word.empty()) attachment[std::string(name)] = std::move(word);
}

/// Media is fetched by its id and our token; the URL of the webhook is left behind, so that nobody follows it blindly.
/// The file name is what the sender wrote: for showing, never a path.
bool read_media(const Json& media, MessageKind kind, InboundMessage& out) {
  if (!media.is_object()) return false;
  out.kind = kind;
  out.text = text_of(member(media, "caption"));
  Json attachment = Json::object();
  keep_word(attachment, "media_id", member(media, "id"));
  keep_word(attachment, "mime_type", member(media, "mime_type"));
  keep_word(attachment, "sha256", member(media, "sha256"));
  if (const std::string name = name_of(member(media, "filename")); !name.empty()) attachment["file_name"] = name;
  for (const char* const mark : {"voice", "animated"}) {
    if (flag_of(member(media, mark))) attachment[mark] = true;
  }
  out.attachment = dump(attachment);
  return true;
}

bool read_text(const Json& text, InboundMessage& out) {
  out.text = text_of(member(text, "body"));
  return member(text, "body").is_string();
}

bool read_location(const Json& location, InboundMessage& out) {
  const auto latitude = number_of(member(location, "latitude"));
  const auto longitude = number_of(member(location, "longitude"));
  if (!latitude || !longitude || std::abs(*latitude) > 90 || std::abs(*longitude) > 180) return false;
  out.kind = MessageKind::location;
  Json attachment = {{"latitude", *latitude}, {"longitude", *longitude}};
  for (const char* const key : {"name", "address"}) {
    if (const std::string words = name_of(member(location, key)); !words.empty()) attachment[key] = words;
  }
  out.attachment = dump(attachment);
  return true;
}

bool read_contacts(const Json& contacts, InboundMessage& out) {
  if (!contacts.is_array()) return false;
  out.kind = MessageKind::contacts;
  Json shared = Json::array();
  for (const Json& contact : elements(contacts)) {
    if (shared.size() == most_shared_contacts) break;
    Json phones = Json::array();
    for (const Json& phone : elements(member(contact, "phones"))) {
      if (phones.size() == most_shared_contacts) break;
      if (std::string number = word_of(member(phone, "phone")); !number.empty()) phones.push_back(std::move(number));
    }
    shared.push_back({{"name", name_of(member(contact, "name", "formatted_name"))}, {"phones", std::move(phones)}});
  }
  out.attachment = dump({{"contacts", std::move(shared)}});
  return true;
}

bool read_choice(const Json& reply, std::string_view value_key, std::string_view title_key, InboundMessage& out) {
  out.kind = MessageKind::choice;
  out.choice = word_of(member(reply, value_key));
  out.text = text_of(member(reply, title_key));
  return reply.is_object() && !(out.choice.empty() && out.text.empty());
}

bool read_interactive(const Json& interactive, InboundMessage& out) {
  const std::string type = word_of(member(interactive, "type"));
  if (type == "button_reply" || type == "list_reply") {
    return read_choice(member(interactive, type), "id", "title", out);
  }
  out.kind = MessageKind::other;  // a form or a call permission: we never ask for either
  out.answerable = false;
  out.text = text_of(member(interactive, "nfm_reply", "body"));
  out.attachment = dump({{"type", "interactive"}, {"interactive", type}});
  return interactive.is_object();
}

/// An edit or a deletion: evidence beside the first message, which stays as it was answered.
bool read_change(const std::string& type, const Json& change, InboundMessage& out) {
  out.kind = MessageKind::other;
  out.answerable = false;
  out.text = text_of(member(change, "message", "text", "body"));
  Json attachment = {{"type", type}};
  keep_word(attachment, "original_id", member(change, "original_message_id"));
  out.attachment = dump(attachment);
  return true;
}

/// What is kept as evidence without being understood: order, unsupported, and kinds Meta adds later.
bool read_other(const std::string& type, const Json& content, InboundMessage& out) {
  out.kind = type == "order" ? MessageKind::order : MessageKind::other;
  out.answerable = false;
  out.text = text_of(member(content, "text"));
  Json attachment = {{"type", type}};
  keep_word(attachment, "subtype", member(content, "type"));
  out.attachment = dump(attachment);
  return true;
}

bool read_content(const Json& message, InboundMessage& out) {
  static const std::map<std::string, MessageKind, std::less<>> media = {
      {"image", MessageKind::image}, {"video", MessageKind::video},       {"audio", MessageKind::audio},
      {"voice", MessageKind::audio}, {"document", MessageKind::document}, {"sticker", MessageKind::sticker}};
  const std::string type = word_of(member(message, "type"));
  const Json& content = member(message, type);
  if (const auto kind = media.find(type); kind != media.end()) return read_media(content, kind->second, out);
  if (type == "text") return read_text(content, out);
  if (type == "location") return read_location(content, out);
  if (type == "contacts") return read_contacts(content, out);
  if (type == "interactive") return read_interactive(content, out);
  if (type == "button") return read_choice(content, "payload", "text", out);
  if (type == "edit" || type == "revoke") return read_change(type, content, out);
  return read_other(type, content, out);
}

/// user_changed_number, user_changed_user_id and their older names. The number or the BSUID changed, or both; the
/// sender is the old number where there is one. Meta: webhooks/reference/messages/system (no `contacts` comes with it).
InboundEvent read_system(const Json& message) {
  const Json& system = member(message, "system");
  const std::string old_phone = phone_digits(word_of(member(message, "from")));
  std::string new_phone = phone_digits(word_of(member(system, "wa_id")));
  if (new_phone.empty()) new_phone = phone_digits(word_of(member(system, "new_wa_id")));
  const std::string old_id = word_of(member(system, "previous_user_id"));
  std::string new_id = word_of(member(system, "user_id"));
  if (new_id.empty()) new_id = word_of(member(message, "from_user_id"));
  if (!is_bsuid(new_id)) new_id.clear();

  ContactMoved moved{.external_id = word_of(member(message, "id")), .from = {}, .to = {}};
  const bool number_changed = !old_phone.empty() && !new_phone.empty() && old_phone != new_phone;
  moved.from = number_changed || !is_bsuid(old_id) ? old_phone : old_id;
  moved.to = !new_phone.empty() ? new_phone : !old_phone.empty() ? old_phone : new_id;
  if (!new_id.empty() && new_id != moved.to) moved.aliases.push_back(new_id);
  if (moved.external_id.empty() || moved.from.empty() || moved.to.empty() || moved.from == moved.to) {
    return Ignored{"system"};
  }
  return moved;
}

}  // namespace

InboundEvent read_message(const Json& message, const Contacts& contacts, UnixMillis now) {
  if (!message.is_object()) return Ignored{"broken_item"};
  if (!member(message, "group_id").is_null()) return Ignored{"group"};
  const std::string type = word_of(member(message, "type"));
  if (type == "reaction") return Ignored{"reaction"};
  if (type == "system") return read_system(message);

  InboundMessage out;
  out.external_id = word_of(member(message, "id"));
  Identity identity = identity_of(message, contacts);
  out.contact = std::move(identity.contact);
  out.aliases = std::move(identity.aliases);
  out.contact_name = std::move(identity.name);
  out.sent_at = moment_of(integer_of(member(message, "timestamp")));
  out.quoted_id = word_of(member(message, "context", "id"));
  if (out.external_id.empty() || out.contact.empty() || !read_content(message, out)) return Ignored{"broken_item"};
  if (too_old_to_answer(out.sent_at, now)) out.answerable = false;
  return out;
}

}  // namespace sahut::adapters::whatsapp
