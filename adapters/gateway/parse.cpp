#include "adapters/gateway/parse.hpp"

#include <date/date.h>
#include <algorithm>
#include <locale>
#include <sstream>

#include "adapters/gateway/jid.hpp"
#include "adapters/hmac.hpp"
#include "adapters/message_time.hpp"

namespace sahut::adapters::gateway {
namespace {

using conversation::ChannelHealth;
using conversation::DeliveryUpdate;
using conversation::Ignored;
using conversation::InboundEvent;
using conversation::InboundMessage;
using conversation::MessageKind;

constexpr std::size_t most_statuses = 1000;

bool has(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Seconds, milliseconds, or RFC 3339 ("2026-11-24T09:00:00Z", GOWA).
UnixMillis read_moment(const Json& value) {
  if (const auto number = integer_of(value)) return moment_of(number);
  std::istringstream text(word_of(value));
  date::sys_time<std::chrono::milliseconds> moment;
  text >> date::parse("%FT%T%Ez", moment);
  if (text.fail()) {
    text.clear();
    text.str(word_of(value));
    text >> date::parse("%FT%TZ", moment);
  }
  return text.fail() ? UnixMillis{} : moment_of(moment.time_since_epoch().count());
}

/// Some callers name no message (Fonnte without its inbox): then the body is its own name, and what is the same within
/// a minute is the same.
std::string made_up_id(std::string_view body, UnixMillis sent_at, UnixMillis now) {
  const std::int64_t minute = sent_at.known() ? 0 : now.value / 60'000;
  return "body:" + sha256_hex(std::string(body) + std::to_string(minute)).substr(0, 32);
}

std::string first_text(const Json& body, const Places& places) {
  for (const Place& place : places) {
    if (std::string text = text_of(at(body, place)); !text.empty()) return text;
  }
  return {};
}

/// "-1.24,116.85", as Fonnte writes a place.
void read_position(const std::string& text, Json& attachment) {
  std::istringstream words(text);
  double latitude = 0;
  double longitude = 0;
  char comma = 0;
  words.imbue(std::locale::classic());
  words >> latitude >> comma >> longitude;
  if (words.fail() || comma != ',') return;
  attachment["latitude"] = latitude;
  attachment["longitude"] = longitude;
}

/// Words and numbers only: what a gateway adds to its media objects later stays outside.
std::string read_attachment(const Json& body, const std::map<std::string, Places>& places, MessageKind kind) {
  Json attachment = Json::object();
  for (const auto& [name, candidates] : places) {
    if (name == "media_id" && !conversation::is_file(kind)) continue;
    for (const Place& place : candidates) {
      const Json& value = at(body, place);
      if (const auto number = number_of(value)) {
        attachment[name] = *number;
      } else if (std::string word = name_of(value); !word.empty()) {
        attachment[name] = std::move(word);
      }
      if (attachment.contains(name)) break;
    }
  }
  if (attachment.contains("position")) {
    const std::string position = word_of(attachment["position"]);
    attachment.erase("position");
    read_position(position, attachment);
  }
  return attachment.empty() ? std::string() : dump(attachment);
}

std::string refusal_of(JidKind kind) {
  switch (kind) {
    case JidKind::person:
      return {};
    case JidKind::group:
      return "group";
    case JidKind::broadcast:
      return "broadcast";
    case JidKind::newsletter:
      return "newsletter";
    case JidKind::unknown:
      return "unknown_sender";
  }
  return "unknown_sender";
}

/// A phone number is the better key where the gateway gives one beside the @lid; both are kept.
void read_contact(const Json& body, const MessageRules& rules, const std::string& jid, InboundMessage& out) {
  out.contact = contact_key(jid);
  for (const Place& place : rules.aliases) {
    std::string alias = contact_key(word_of(at(body, place)));
    if (alias.empty() || alias == out.contact || has(out.aliases, alias)) continue;
    if (out.contact.ends_with("@lid") && !alias.ends_with("@lid")) std::swap(alias, out.contact);
    out.aliases.push_back(alias);
  }
}

InboundEvent read_message(const Json& body, std::string_view bytes, const MessageRules& rules, UnixMillis now) {
  if (rules.own && flag_of(at(body, *rules.own))) return Ignored{"own_message"};
  for (const Place& place : rules.chat) {
    const JidKind kind = kind_of(word_of(at(body, place)));
    if (kind != JidKind::person && kind != JidKind::unknown) return Ignored{refusal_of(kind)};
  }
  const std::string jid = first_word(body, rules.contact);
  if (std::string reason = refusal_of(kind_of(jid)); !reason.empty()) return Ignored{std::move(reason)};
  if (!first_word(body, rules.group).empty()) return Ignored{"group"};

  InboundMessage out;
  read_contact(body, rules, jid, out);
  for (const Place& place : rules.name) {
    if (out.contact_name.empty()) out.contact_name = name_of(at(body, place));
  }
  if (rules.time) out.sent_at = read_moment(at(body, *rules.time));
  out.external_id = after_last(first_word(body, rules.id), rules.id_after_last);
  if (out.external_id.empty()) out.external_id = made_up_id(bytes, out.sent_at, now);
  out.text = first_text(body, rules.text);
  out.quoted_id = after_last(first_word(body, rules.quoted), rules.id_after_last);

  const auto rule =
      std::find_if(rules.kinds.begin(), rules.kinds.end(), [&](const KindRule& one) { return one.when.holds(body); });
  if (rule != rules.kinds.end()) {
    if (!rule->ignore.empty()) return Ignored{rule->ignore};
    out.kind = rule->kind;
  } else if (out.text.empty()) {
    return Ignored{"no_content"};
  }
  out.attachment = read_attachment(body, rules.attachment, out.kind);
  out.answerable = !too_old_to_answer(out.sent_at, now);
  return out;
}

void read_statuses(const Json& body, const StatusRules& rules, UnixMillis now, std::vector<InboundEvent>& events) {
  const auto state = rules.words.find(first_word(body, {rules.value}));
  if (state == rules.words.end()) return;
  std::vector<std::string> ids = {first_word(body, rules.id)};
  for (const Place& place : rules.id) {
    for (const Json& id : elements(at(body, place))) {
      if (ids.size() < most_statuses) ids.push_back(word_of(id));
    }
  }
  for (const std::string& id : ids) {
    if (id.empty()) continue;
    DeliveryUpdate update;
    update.external_id = after_last(id, rules.id_after_last);
    update.state = state->second;
    update.at = now;
    events.emplace_back(std::move(update));
  }
}

}  // namespace

Result<std::vector<InboundEvent>> parse(std::string_view bytes, const Profile& profile, UnixMillis now) {
  const Result<Json> parsed = parse_json(bytes);
  if (!parsed) return parsed.problem();
  const Json& body = parsed.value();
  if (!body.is_object()) return Problem{"not_an_object", "", "The body is not a JSON object.", ""};

  std::vector<InboundEvent> events;
  if (profile.message.when.holds(body)) {
    events.push_back(read_message(body, bytes, profile.message, now));
  } else if (profile.status.when.holds(body)) {
    read_statuses(body, profile.status, now, events);
  } else if (profile.health && profile.health->when.holds(body)) {
    const std::string word = first_word(body, {profile.health->value});
    const bool up = has(profile.health->up, word);
    if (up || has(profile.health->down, word)) events.emplace_back(ChannelHealth{up, word});
  }
  if (events.empty()) events.emplace_back(Ignored{"other_event"});
  return events;
}

}  // namespace sahut::adapters::gateway
