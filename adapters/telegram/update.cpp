#include "adapters/telegram/update.hpp"

#include "adapters/message_time.hpp"
#include "adapters/telegram/bot_api.hpp"
#include "adapters/telegram/content.hpp"

namespace sahut::adapters::telegram {
namespace {

using conversation::ContactMoved;
using conversation::ContactUnreachable;
using conversation::Ignored;
using conversation::InboundEvent;
using conversation::InboundMessage;
using conversation::MessageKind;

std::string full_name(const Json& user) {
  std::string name = name_of(member(user, "first_name"));
  const std::string last = name_of(member(user, "last_name"));
  if (!last.empty()) name += (name.empty() ? "" : " ") + last;
  return name.empty() ? name_of(member(user, "username")) : name;
}

InboundEvent read_message(const Json& message, std::int64_t update_id, bool edited) {
  const auto chat = integer_of(member(message, "chat", "id"));
  const auto number = integer_of(member(message, "message_id"));
  if (!chat || !number) return Ignored{"broken_item"};
  if (const auto new_chat = integer_of(member(message, "migrate_to_chat_id"))) {
    return ContactMoved{.external_id = "moved:" + std::to_string(update_id),
                        .from = std::to_string(*chat),
                        .to = std::to_string(*new_chat)};
  }
  if (word_of(member(message, "chat", "type")) != "private") return Ignored{"group"};
  const Json& from = member(message, "from");
  if (!from.is_object()) return Ignored{"broken_item"};
  if (flag_of(member(from, "is_bot"))) return Ignored{"bot"};

  InboundMessage out;
  out.external_id = message_key(*chat, *number) + ":" + std::to_string(update_id);
  out.contact = std::to_string(*chat);
  out.contact_name = full_name(from);
  out.sent_at = moment_of(integer_of(member(message, edited ? "edit_date" : "date")));
  if (const auto quoted = integer_of(member(message, "reply_to_message", "message_id"))) {
    out.quoted_id = message_key(*chat, *quoted);
  }
  if (!read_content(message, out)) return Ignored{"service_message"};
  if (edited) {
    // The answer already given stays as it is; the officer sees what became of the question.
    out.answerable = false;
    out.quoted_id = message_key(*chat, *number);
  }
  return out;
}

/// The title of the tapped button, as the resident saw it; Telegram sends only its data.
std::string title_of(const Json& message, const std::string& data) {
  for (const Json& row : elements(member(message, "reply_markup", "inline_keyboard"))) {
    for (const Json& button : elements(row)) {
      if (word_of(member(button, "callback_data")) == data) return text_of(member(button, "text"));
    }
  }
  return {};
}

/// `message` may be absent or inaccessible (date 0): the tap counts all the same.
InboundEvent read_callback(const Json& callback, std::int64_t update_id) {
  const std::string id = word_of(member(callback, "id"));
  const auto user = integer_of(member(callback, "from", "id"));
  const Json& message = member(callback, "message");
  if (id.empty() || !user) return Ignored{"broken_item"};
  if (flag_of(member(callback, "from", "is_bot"))) return Ignored{"bot"};
  if (message.is_object() && word_of(member(message, "chat", "type")) != "private") return Ignored{"group"};

  InboundMessage out;
  out.external_id = "cb:" + id + ":" + std::to_string(update_id);
  out.contact = std::to_string(integer_of(member(message, "chat", "id")).value_or(*user));
  out.contact_name = full_name(member(callback, "from"));
  out.kind = MessageKind::choice;
  out.choice = word_of(member(callback, "data"));
  if (out.choice.empty()) return Ignored{"unknown_kind"};  // a game, or an inline message
  out.text = title_of(message, out.choice);
  out.acknowledge = id;
  if (const auto number = integer_of(member(message, "message_id"))) {
    out.quoted_id = "m:" + out.contact + ":" + std::to_string(*number);
  }
  return out;
}

InboundEvent read_membership(const Json& change) {
  const auto chat = integer_of(member(change, "chat", "id"));
  if (!chat) return Ignored{"broken_item"};
  if (word_of(member(change, "chat", "type")) != "private") return Ignored{"group"};
  if (word_of(member(change, "new_chat_member", "status")) != "kicked") return Ignored{"unblocked"};
  return ContactUnreachable{.contact = std::to_string(*chat), .at = moment_of(integer_of(member(change, "date")))};
}

InboundEvent read_known(const Json& update, std::int64_t update_id) {
  if (const Json& message = member(update, "message"); message.is_object()) {
    return read_message(message, update_id, false);
  }
  if (const Json& message = member(update, "edited_message"); message.is_object()) {
    return read_message(message, update_id, true);
  }
  if (const Json& callback = member(update, "callback_query"); callback.is_object()) {
    return read_callback(callback, update_id);
  }
  if (const Json& change = member(update, "my_chat_member"); change.is_object()) return read_membership(change);
  if (member(update, "channel_post").is_object() || member(update, "edited_channel_post").is_object()) {
    return Ignored{"channel"};
  }
  return Ignored{"unknown_kind"};
}

}  // namespace

std::vector<InboundEvent> read_update(const Json& update) {
  const auto update_id = integer_of(member(update, "update_id"));
  if (!update_id) return {Ignored{"broken_item"}};
  return {read_known(update, *update_id)};
}

Result<std::vector<InboundEvent>> parse(std::string_view body) {
  const Result<Json> parsed = parse_json(body);
  if (!parsed) return parsed.problem();
  return read_update(parsed.value());
}

}  // namespace sahut::adapters::telegram
