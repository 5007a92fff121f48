#include "server/api/shapes.hpp"

#include <utility>

#include "adapters/media_type.hpp"
#include "conversation/position.hpp"
#include "conversation/receipt_json.hpp"
#include "escalation/district.hpp"
#include "escalation/local_time.hpp"
#include "knowledge/entry_json.hpp"
#include "server/desk/desk_steps.hpp"
#include "server/state/services.hpp"
#include "values/masking.hpp"

namespace sahut::server {
namespace {

nlohmann::json text_or_null(const std::string& text) {
  return text.empty() ? nlohmann::json() : nlohmann::json(text);
}

nlohmann::ordered_json place_json(const storage::MessageRecord& message, const ShapeContext& context) {
  const auto position = message.kind == "location" ? conversation::position_of(message.attachment) : std::nullopt;
  if (!position) return nullptr;
  const std::string district = context.city ? escalation::spoken_place(*context.city, *position) : std::string();
  return {{"latitude", position->latitude},
          {"longitude", position->longitude},
          {"name", text_or_null(position->name)},
          {"address", text_or_null(position->address)},
          {"district", text_or_null(district)}};
}

nlohmann::ordered_json message_core(const storage::MessageRecord& message, const ShapeContext& context) {
  nlohmann::ordered_json json;
  json["id"] = message.id.text();
  json["at"] = context.time(message.at);
  json["author"] = message.author;
  json["agent"] = nullptr;
  json["text"] = message.text;
  json["kind"] = message.kind;
  json["choices"] = nlohmann::ordered_json::array();
  for (const conversation::Choice& choice : message.choices) {
    json["choices"].push_back({{"title", choice.title}, {"value", choice.value}});
  }
  json["media"] = nullptr;
  json["place"] = place_json(message, context);
  json["parked"] = message.parked;
  json["delivery"] = message.delivery.empty() ? "delivered" : message.delivery;
  json["error"] = text_or_null(message.error);
  json["client_id"] = text_or_null(message.client_id);
  json["receipt"] = message.receipt.empty() ? nlohmann::json() : nlohmann::json::parse(message.receipt, nullptr, false);
  return json;
}

}  // namespace

nlohmann::json ShapeContext::time(UnixMillis moment) const {
  return moment.known() ? nlohmann::json(escalation::rfc3339(moment, time_zone)) : nlohmann::json();
}

nlohmann::ordered_json shape(const storage::ConversationSummary& summary, const ShapeContext& context) {
  const storage::ConversationRecord& thread = summary.conversation;
  nlohmann::ordered_json json;
  json["id"] = thread.id.text();
  json["case"] = text_or_null(summary.case_number);
  json["state"] = escalation::name_of(thread.owner.state);
  json["office"] = text_or_null(thread.owner.office);
  json["owner"] = text_or_null(summary.agent_name);
  json["channel"] = thread.channel;
  json["contact"] = {{"name", mask_numbers(summary.contact_name)}, {"address", mask_address(summary.contact_address)}};
  json["opened_at"] = context.time(thread.opened_at);
  json["updated_at"] = context.time(thread.updated_at);
  json["first_response_due"] =
      summary.first_response_at.known() ? nlohmann::json() : context.time(summary.first_response_due);
  json["resolution_due"] = context.time(summary.resolution_due);
  const bool window = context.has_window && context.has_window(thread.channel);
  json["window_closes_at"] = window ? context.time(window_closes_at(thread)) : nlohmann::json();
  json["unread"] = thread.unread;
  json["urgent"] = thread.urgent;
  json["last"] = thread.last_author.empty() ? nlohmann::ordered_json()
                                            : nlohmann::ordered_json{{"author", thread.last_author},
                                                                     {"text", mask_numbers(thread.last_text)},
                                                                     {"at", context.time(thread.updated_at)}};
  return json;
}

ShapeContext shapes(const Services& services) {
  auto city = services.city.get();
  return {.time_zone = city->time_zone,
          .has_window =
              [&services](std::string_view channel) {
                const NamedChannel* found = services.channels.find(channel);
                return found != nullptr && found->kind == "whatsapp";
              },
          .city = std::move(city)};
}

nlohmann::ordered_json shape(const storage::MessageRecord& message, const ShapeContext& context) {
  nlohmann::ordered_json json = message_core(message, context);
  json["agent"] = text_or_null(message.agent_name);
  if (message.file) {
    json["media"] = shape(*message.file,
                          "/api/v1/conversations/" + message.conversation.text() + "/media/" + message.file->id.text());
  }
  return json;
}

nlohmann::ordered_json shape(const storage::MediaRecord& media, const std::string& url) {
  const bool stored = media.state == "stored";
  return {{"id", media.id.text()},
          {"state", media.state},
          {"type", stored ? nlohmann::json(media.mime_type) : nlohmann::json()},
          {"show", adapters::name_of(adapters::media_type_named(media.mime_type).show)},
          {"bytes", stored ? nlohmann::json(media.bytes) : nlohmann::json()},
          {"name", text_or_null(media.file_name)},
          {"reason", media.state == "failed" ? text_or_null(media.reason) : nlohmann::json()},
          {"url", stored ? nlohmann::json(url) : nlohmann::json()}};
}

nlohmann::ordered_json public_shape(const storage::MessageRecord& message, const ShapeContext& context) {
  nlohmann::ordered_json json = message_core(message, context);
  if (!json["receipt"].is_null()) json["receipt"] = conversation::public_part(json["receipt"]);
  if (message.file) json["media"] = shape(*message.file, "/api/v1/chat/media/" + message.file->id.text());
  return json;
}

nlohmann::ordered_json shape(const storage::EntryRecord& record, const ShapeContext& context) {
  nlohmann::ordered_json json = knowledge::to_json(record.entry);
  json["status"] = record.status;
  json["revision"] = record.revision;
  json["published_revision"] =
      record.published == 0 ? nlohmann::ordered_json() : nlohmann::ordered_json(record.published);
  json["updated_at"] = context.time(record.updated_at);
  json["updated_by"] = text_or_null(record.updated_by);
  return json;
}

nlohmann::ordered_json shape(const storage::RevisionRecord& revision, const ShapeContext& context) {
  nlohmann::ordered_json json;
  json["revision"] = revision.revision;
  json["at"] = context.time(revision.at);
  json["by"] = text_or_null(revision.by);
  json["status"] = revision.status;
  json["entry"] = knowledge::to_json(revision.entry);
  return json;
}

http::Response entry_response(int status, const storage::EntryRecord& entry, const ShapeContext& context) {
  http::Response response = http::json(status, shape(entry, context));
  response.headers.emplace_back("ETag", "\"" + std::to_string(entry.revision) + "\"");
  return response;
}

}  // namespace sahut::server
