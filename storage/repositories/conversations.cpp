#include "storage/repositories/conversations.hpp"

#include <array>

#include "storage/repositories/search_pattern.hpp"

namespace sahut::storage {
namespace {

constexpr std::size_t last_text_bytes = 200;

/// Cut before the byte that would split a character.
std::string_view beginning(std::string_view text) {
  if (text.size() <= last_text_bytes) return text;
  std::size_t end = last_text_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
  return text.substr(0, end);
}

ConversationRecord read_conversation(const Row& row) {
  return {.id = {row.integer(0)},
          .contact = {row.integer(1)},
          .channel = row.string(2),
          .owner = {.state = escalation::state_named(row.text(3)), .office = row.string(4), .agent = {row.integer(5)}},
          .case_file = {row.integer(6)},
          .memory = conversation::memory_from_json(row.text(7)),
          .opened_at = {row.integer(8)},
          .updated_at = {row.integer(9)},
          .last_inbound_at = {row.integer(10)},
          .unread = row.integer(11),
          .urgent = row.integer(12) != 0,
          .last_author = row.string(13),
          .last_text = row.string(14)};
}

ConversationSummary read_summary(const Row& row) {
  return {.conversation = read_conversation(row),
          .contact_name = row.string(15),
          .contact_address = row.string(16),
          .case_number = row.string(17),
          .agent_name = row.string(18),
          .first_response_due = {row.integer(19)},
          .first_response_at = {row.integer(20)},
          .resolution_due = {row.integer(21)}};
}

/// Three centuries, in milliseconds; the same number stands in the statements below.
constexpr std::int64_t urgent_lead_ms = 10'000'000'000'000;

/// The statement of one list. Each is written so that it reads its own partial index (office, updated_at) only: an
/// "office = $1 OR $1 = ''" would make SQLite read every row of the state. What is resolved is never urgent, so its
/// list, the long one, walks the index backwards from the cursor.
const std::string& list_statement(Queue queue, bool one_office) {
  constexpr std::string_view select =
      "SELECT v.id, v.contact_id, v.channel, v.state, v.office, v.agent_id, v.case_id, v.bot_memory, v.opened_at,"
      "       v.updated_at, v.last_inbound_at, v.unread, v.urgent, v.last_author, v.last_text,"
      "       c.name, c.address, f.number, s.name, f.first_response_due, f.first_response_at, f.resolution_due"
      "  FROM conversation v"
      "  JOIN contact c ON c.id = v.contact_id"
      "  LEFT JOIN case_file f ON f.id = v.case_id"
      "  LEFT JOIN staff s ON s.id = v.agent_id"
      " WHERE ";
  const auto page = [](const std::string& place) {
    return "   AND ($2 = 0 OR " + place + " < $2 OR (" + place +
           " = $2 AND v.id < $3))"
           "   AND ($4 = '' OR c.name LIKE $4 ESCAPE '!' OR f.number LIKE $4 ESCAPE '!' OR v.last_text LIKE $4 ESCAPE "
           "'!')"
           " ORDER BY " +
           place + " DESC, v.id DESC LIMIT $5";
  };
  const auto statements = [&](std::string_view which, bool can_be_urgent = true) {
    const std::string rest = page(can_be_urgent ? "(v.updated_at + v.urgent * 10000000000000)" : "v.updated_at");
    // $1 and $6 are named in each variant, so that every statement takes the same six values.
    return std::array<std::string, 2>{std::string(select) + std::string(which) + " AND $1 = $1" + rest,
                                      std::string(select) + std::string(which) + " AND v.office = $1" + rest};
  };
  static const auto mine = statements("v.state = 'claimed' AND v.agent_id = $6");
  static const auto office = statements("v.state IN ('waiting', 'claimed') AND $6 = $6");
  static const auto unclaimed = statements("v.state = 'waiting' AND $6 = $6");
  static const auto done = statements("v.state = 'resolved' AND $6 = $6", false);
  switch (queue) {
    case Queue::mine:
      return mine[one_office];
    case Queue::office:
      return office[one_office];
    case Queue::unclaimed:
      return unclaimed[one_office];
    case Queue::done:
      return done[one_office];
  }
  return office[one_office];
}

Value or_null(std::int64_t id) {
  return id == 0 ? Value(nullptr) : Value(id);
}
Value or_null(const std::string& text) {
  return text.empty() ? Value(nullptr) : Value(text);
}

}  // namespace

std::optional<ConversationRecord> open_conversation(Connection& connection, ContactId contact) {
  return connection.query_one<ConversationRecord>(
      "SELECT id, contact_id, channel, state, office, agent_id, case_id, bot_memory, opened_at, updated_at,"
      "       last_inbound_at, unread, urgent, last_author, last_text"
      "  FROM conversation WHERE contact_id = $1 AND state <> 'resolved'",
      {contact.value}, read_conversation);
}

std::optional<ConversationRecord> load_conversation(Connection& connection, ConversationId id) {
  return connection.query_one<ConversationRecord>(
      "SELECT id, contact_id, channel, state, office, agent_id, case_id, bot_memory, opened_at, updated_at,"
      "       last_inbound_at, unread, urgent, last_author, last_text"
      "  FROM conversation WHERE id = $1",
      {id.value}, read_conversation);
}

void insert_conversation(Connection& connection, const ConversationRecord& record) {
  connection.execute(
      "INSERT INTO conversation (id, contact_id, channel, state, office, agent_id, case_id, bot_memory, opened_at,"
      "                          updated_at, last_inbound_at, unread, urgent, last_author, last_text)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
      {record.id.value, record.contact.value, record.channel, name_of(record.owner.state), or_null(record.owner.office),
       or_null(record.owner.agent.value), or_null(record.case_file.value), to_json(record.memory),
       record.opened_at.value, record.updated_at.value, record.last_inbound_at.value, record.unread,
       record.urgent ? 1 : 0, record.last_author, beginning(record.last_text)});
}

void save_conversation(Connection& connection, const ConversationRecord& record) {
  connection.execute(
      "UPDATE conversation SET state = $2, office = $3, agent_id = $4, case_id = $5, bot_memory = $6, updated_at = $7,"
      "       last_inbound_at = $8, unread = $9, last_author = $10, last_text = $11, urgent = $12"
      " WHERE id = $1",
      {record.id.value, name_of(record.owner.state), or_null(record.owner.office), or_null(record.owner.agent.value),
       or_null(record.case_file.value), to_json(record.memory), record.updated_at.value, record.last_inbound_at.value,
       record.unread, record.last_author, beginning(record.last_text), record.urgent ? 1 : 0});
}

UnixMillis place_in_list(const ConversationRecord& thread) {
  return thread.urgent ? thread.updated_at.plus_ms(urgent_lead_ms) : thread.updated_at;
}

std::vector<ConversationSummary> list_conversations(Connection& connection, const ListQuery& query) {
  const std::string pattern = pattern_containing(query.search);
  std::vector<ConversationSummary> found;
  connection.query(list_statement(query.queue, !query.office.empty()),
                   {query.office, query.before.value, query.before_id.value, pattern, query.limit, query.agent.value},
                   [&](const Row& row) { found.push_back(read_summary(row)); });
  return found;
}

std::optional<ConversationSummary> summary_of(Connection& connection, ConversationId id, std::string_view office) {
  return connection.query_one<ConversationSummary>(
      "SELECT v.id, v.contact_id, v.channel, v.state, v.office, v.agent_id, v.case_id, v.bot_memory, v.opened_at,"
      "       v.updated_at, v.last_inbound_at, v.unread, v.urgent, v.last_author, v.last_text,"
      "       c.name, c.address, f.number, s.name, f.first_response_due, f.first_response_at, f.resolution_due"
      "  FROM conversation v"
      "  JOIN contact c ON c.id = v.contact_id"
      "  LEFT JOIN case_file f ON f.id = v.case_id"
      "  LEFT JOIN staff s ON s.id = v.agent_id"
      " WHERE v.id = $1 AND v.state <> 'bot' AND ($2 = '' OR v.office = $2)",
      {id.value, office}, read_summary);
}

std::vector<std::pair<std::string, std::int64_t>> waiting_by_office(Connection& connection) {
  std::vector<std::pair<std::string, std::int64_t>> counts;
  connection.query("SELECT office, COUNT(*) FROM conversation WHERE state = 'waiting' GROUP BY office", {},
                   [&](const Row& row) { counts.emplace_back(row.string(0), row.integer(1)); });
  return counts;
}

}  // namespace sahut::storage
