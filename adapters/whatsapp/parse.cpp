#include "adapters/whatsapp/parse.hpp"

#include <algorithm>
#include <array>

#include "adapters/json_reader.hpp"
#include "adapters/whatsapp/message.hpp"
#include "adapters/whatsapp/status.hpp"

namespace sahut::adapters::whatsapp {
namespace {

using conversation::Ignored;
using conversation::InboundEvent;

/// Fields an operator should hear of by name; any other one is counted as "other_field", so that the counters stay few.
constexpr std::array<std::string_view, 9> known_fields = {"account_update",
                                                          "account_alerts",
                                                          "account_review_update",
                                                          "phone_number_quality_update",
                                                          "phone_number_name_update",
                                                          "message_template_status_update",
                                                          "business_capability_update",
                                                          "security",
                                                          "user_preferences"};

void read_change(const Json& change, std::string_view phone_number_id, UnixMillis now,
                 std::vector<InboundEvent>& events) {
  const std::string field = word_of(member(change, "field"));
  if (field != "messages") {
    const bool known = std::find(known_fields.begin(), known_fields.end(), field) != known_fields.end();
    events.emplace_back(Ignored{known ? "field_" + field : "other_field"});
    return;
  }
  const Json& value = member(change, "value");
  if (word_of(member(value, "metadata", "phone_number_id")) != phone_number_id) {
    events.emplace_back(Ignored{"other_number"});
    return;
  }
  const std::size_t before = events.size();
  const Contacts contacts(member(value, "contacts"));
  for (const Json& message : elements(member(value, "messages"))) {
    events.push_back(read_message(message, contacts, now));
  }
  for (const Json& status : elements(member(value, "statuses"))) events.push_back(read_status(status));
  for (std::size_t i = 0; i < elements(member(value, "errors")).size(); ++i) {
    events.emplace_back(Ignored{"reported_error"});
  }
  if (events.size() == before) events.emplace_back(Ignored{"nothing_known"});
}

}  // namespace

Result<std::vector<InboundEvent>> parse(std::string_view body, std::string_view phone_number_id, UnixMillis now) {
  const Result<Json> parsed = parse_json(body);
  if (!parsed) return parsed.problem();
  const Json& root = parsed.value();
  if (!root.is_object()) return Problem{"not_an_object", "", "The body is not a JSON object.", ""};

  std::vector<InboundEvent> events;
  if (word_of(member(root, "object")) != "whatsapp_business_account") {
    events.emplace_back(Ignored{"other_product"});
    return events;
  }
  for (const Json& entry : elements(member(root, "entry"))) {
    for (const Json& change : elements(member(entry, "changes"))) read_change(change, phone_number_id, now, events);
  }
  if (events.empty()) events.emplace_back(Ignored{"nothing_known"});
  return events;
}

}  // namespace sahut::adapters::whatsapp
