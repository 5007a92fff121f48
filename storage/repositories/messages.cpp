#include "storage/repositories/messages.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace sahut::storage {
namespace {

std::string choices_json(const std::vector<conversation::Choice>& choices) {
  auto json = nlohmann::json::array();
  for (const conversation::Choice& choice : choices) json.push_back({{"title", choice.title}, {"value", choice.value}});
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<conversation::Choice> choices_from(std::string_view text) {
  std::vector<conversation::Choice> choices;
  if (text.empty()) return choices;
  for (const auto& item : nlohmann::json::parse(text)) {
    choices.push_back({item.at("title").get<std::string>(), item.at("value").get<std::string>()});
  }
  return choices;
}

std::string select_messages(std::string_view which) {
  return "SELECT m.id, m.conversation_id, m.contact_id, m.channel, m.external_id, m.author, m.agent_id, s.name, m.kind,"
         "       m.text, m.choices, m.attachment, m.client_id, m.sent_at, m.at, m.delivery, m.error, m.receipt,"
         "       m.parked, d.id, d.state, d.reason, d.sha256, d.bytes, d.mime_type, d.file_name"
         "  FROM message m LEFT JOIN staff s ON s.id = m.agent_id LEFT JOIN media d ON d.message_id = m.id " +
         std::string(which);
}

std::optional<MediaRecord> file_of_message(const Row& row) {
  if (row.integer(19) == 0) return std::nullopt;
  MediaRecord media;
  media.id = {row.integer(19)};
  media.message = {row.integer(0)};
  media.conversation = {row.integer(1)};
  media.contact = {row.integer(2)};
  media.channel = row.string(3);
  media.state = row.string(20);
  media.reason = row.string(21);
  media.sha256 = row.string(22);
  media.bytes = row.integer(23);
  media.mime_type = row.string(24);
  media.file_name = row.string(25);
  return media;
}

MessageRecord read_message(const Row& row) {
  return {.id = {row.integer(0)},
          .conversation = {row.integer(1)},
          .contact = {row.integer(2)},
          .channel = row.string(3),
          .external_id = row.string(4),
          .author = row.string(5),
          .agent = {row.integer(6)},
          .agent_name = row.string(7),
          .kind = row.string(8),
          .text = row.string(9),
          .choices = choices_from(row.text(10)),
          .attachment = row.string(11),
          .client_id = row.string(12),
          .sent_at = {row.integer(13)},
          .at = {row.integer(14)},
          .delivery = row.string(15),
          .error = row.string(16),
          .receipt = row.string(17),
          .parked = row.integer(18) != 0,
          .file = file_of_message(row)};
}

Value or_null(std::string_view text) {
  return text.empty() ? Value(nullptr) : Value(text);
}

/// How far a message came; failed counts as sent, because what was delivered has not failed.
int rank(std::string_view state) {
  if (state == "read") return 3;
  if (state == "delivered") return 2;
  if (state == "sent" || state == "failed") return 1;
  return 0;
}

bool rises(std::string_view from, std::string_view to) {
  if (to == "failed") return from == "pending" || from == "sent";
  // A channel that reports success after a failure (a retry of its own got through) is believed.
  return rank(to) > rank(from) || (from == "failed" && rank(to) > 1);
}

}  // namespace

bool insert_message(Connection& connection, const MessageRecord& message) {
  const std::string choices = message.choices.empty() ? "" : choices_json(message.choices);
  return connection.execute(
             "INSERT INTO message (id, conversation_id, contact_id, channel, external_id, author, agent_id, kind, text,"
             "                     choices, attachment, client_id, sent_at, at, delivery, error, receipt, parked)"
             " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)"
             " ON CONFLICT DO NOTHING",
             {message.id.value, message.conversation.value, message.contact.value, message.channel,
              or_null(message.external_id), message.author,
              message.agent.none() ? Value(nullptr) : Value(message.agent.value), message.kind, message.text,
              or_null(choices), or_null(message.attachment), or_null(message.client_id), message.sent_at.value,
              message.at.value, message.delivery, or_null(message.error), or_null(message.receipt),
              message.parked ? 1 : 0}) == 1;
}

std::optional<MessageRecord> load_message(Connection& connection, MessageId id) {
  return connection.query_one<MessageRecord>(select_messages("WHERE m.id = $1"), {id.value}, read_message);
}

std::optional<MessageRecord> find_client_message(Connection& connection, ConversationId conversation,
                                                 std::string_view client_id) {
  if (client_id.empty()) return std::nullopt;
  return connection.query_one<MessageRecord>(select_messages("WHERE m.conversation_id = $1 AND m.client_id = $2"),
                                             {conversation.value, client_id}, read_message);
}

std::vector<MessageRecord> messages_of(Connection& connection, ContactId contact, ConversationId conversation,
                                       std::int64_t limit) {
  std::vector<MessageRecord> found;
  connection.query(select_messages("WHERE m.contact_id = $1 AND m.conversation_id = $2 ORDER BY m.id DESC LIMIT $3"),
                   {contact.value, conversation.value, limit},
                   [&](const Row& row) { found.push_back(read_message(row)); });
  std::reverse(found.begin(), found.end());
  return found;
}

std::vector<MessageRecord> messages_after(Connection& connection, ContactId contact, MessageId after,
                                          std::int64_t limit) {
  std::vector<MessageRecord> found;
  connection.query(
      select_messages("WHERE m.contact_id = $1 AND m.id > $2 AND m.author <> 'note' ORDER BY m.id LIMIT $3"),
      {contact.value, after.value, limit}, [&](const Row& row) { found.push_back(read_message(row)); });
  return found;
}

std::string last_inbound_id(Connection& connection, ConversationId conversation) {
  return connection
      .query_one<std::string>(
          "SELECT m.external_id FROM message m JOIN conversation c ON c.id = m.conversation_id"
          " WHERE c.id = $1 AND m.contact_id = c.contact_id AND m.conversation_id = c.id AND m.author = 'resident'"
          " ORDER BY m.id DESC LIMIT 1",
          {conversation.value}, [](const Row& row) { return row.string(0); })
      .value_or("");
}

std::optional<DeliveryTarget> find_delivery(Connection& connection, std::string_view channel,
                                            std::string_view external_id) {
  return connection.query_one<DeliveryTarget>(
      "SELECT id, conversation_id, delivery FROM message WHERE channel = $1 AND external_id = $2 AND delivery <> ''",
      {channel, external_id}, [](const Row& row) {
        return DeliveryTarget{{row.integer(0)}, {row.integer(1)}, row.string(2)};
      });
}

bool raise_delivery(Connection& connection, MessageId message, std::string_view state, std::string_view error) {
  const auto now = connection.query_one<std::string>("SELECT delivery FROM message WHERE id = $1", {message.value},
                                                     [](const Row& row) { return row.string(0); });
  if (!now || now->empty() || !rises(*now, state)) return false;
  connection.execute("UPDATE message SET delivery = $2, error = $3 WHERE id = $1",
                     {message.value, state, or_null(error)});
  return true;
}

bool is_named(Connection& connection, MessageId message) {
  return connection
      .query_one<bool>("SELECT external_id IS NOT NULL FROM message WHERE id = $1", {message.value},
                       [](const Row& row) { return row.integer(0) != 0; })
      .value_or(false);
}

bool price_message(Connection& connection, MessageId message, std::string_view pricing) {
  return connection.execute("UPDATE message SET pricing = $2 WHERE id = $1 AND pricing IS NULL",
                            {message.value, pricing}) == 1;
}

std::string name_message(Connection& connection, MessageId message, std::string_view channel,
                         std::string_view external_id) {
  if (!external_id.empty()) {
    // A channel that gives one id twice must not make the second message unsendable.
    connection.execute(
        "UPDATE message SET external_id = $2 WHERE id = $1 AND NOT EXISTS"
        " (SELECT 1 FROM message WHERE channel = $3 AND external_id = $2)",
        {message.value, external_id, channel});
  }
  raise_delivery(connection, message, "sent", "");
  if (external_id.empty()) return {};
  struct Early {
    std::string state;
    std::string error;
    std::string pricing;
  };
  std::vector<Early> early;
  connection.query("SELECT state, error, pricing FROM early_status WHERE channel = $1 AND external_id = $2 ORDER BY at",
                   {channel, external_id}, [&](const Row& row) {
                     early.push_back({row.string(0), row.string(1), row.string(2)});
                   });
  std::string priced;
  for (const Early& status : early) {
    raise_delivery(connection, message, status.state, status.error);
    if (!status.pricing.empty() && price_message(connection, message, status.pricing)) priced = status.pricing;
  }
  if (!early.empty()) {
    connection.execute("DELETE FROM early_status WHERE channel = $1 AND external_id = $2", {channel, external_id});
  }
  return priced;
}

std::vector<MessageId> release_parked(Connection& connection, ContactId contact) {
  std::vector<MessageId> released;
  connection.query("SELECT id FROM message WHERE contact_id = $1 AND parked = 1 ORDER BY id", {contact.value},
                   [&](const Row& row) { released.push_back({row.integer(0)}); });
  if (!released.empty()) {
    connection.execute("UPDATE message SET parked = 0 WHERE contact_id = $1 AND parked = 1", {contact.value});
  }
  return released;
}

bool was_noticed_after(Connection& connection, ContactId contact, UnixMillis moment) {
  return connection
      .query_one<bool>("SELECT 1 FROM message WHERE contact_id = $1 AND kind = 'notice' AND at > $2 LIMIT 1",
                       {contact.value, moment.value}, [](const Row&) { return true; })
      .has_value();
}

bool same_words_wait(Connection& connection, ContactId contact, std::string_view text) {
  return connection
      .query_one<bool>(
          "SELECT 1 FROM outbox o JOIN message m ON m.id = o.message_id"
          " WHERE o.contact_id = $1 AND o.state = 'waiting' AND m.author = 'bot' AND m.text = $2 LIMIT 1",
          {contact.value, text}, [](const Row&) { return true; })
      .has_value();
}

void park_status(Connection& connection, std::string_view channel, const conversation::DeliveryUpdate& update) {
  connection.execute(
      "INSERT INTO early_status (channel, external_id, state, error, at, pricing) VALUES ($1, $2, $3, $4, $5, $6)"
      " ON CONFLICT (channel, external_id, state) DO NOTHING",
      {channel, update.external_id, conversation::name_of(update.state), or_null(update.error_text), update.at.value,
       or_null(update.pricing)});
}

}  // namespace sahut::storage
