#include "storage/repositories/cases.hpp"

namespace sahut::storage {
namespace {

escalation::CaseFile read_case(const Row& row) {
  return {.id = {row.integer(0)},
          .number = row.string(1),
          .conversation = {row.integer(2)},
          .contact = {row.integer(3)},
          .office = row.string(4),
          .topic = row.string(5),
          .reason = row.string(6),
          .opened_at = {row.integer(7)},
          .first_response_due = {row.integer(8)},
          .resolution_due = {row.integer(9)},
          .first_response_at = {row.integer(10)},
          .resolved_at = {row.integer(11)},
          .outcome = row.string(12)};
}

Value or_null(UnixMillis moment) {
  return moment.known() ? Value(moment.value) : Value(nullptr);
}

}  // namespace

std::int64_t next_case_ordinal(Connection& connection, std::string_view month) {
  return *connection.query_one<std::int64_t>(
      "INSERT INTO case_counter (month, last) VALUES ($1, 1)"
      " ON CONFLICT (month) DO UPDATE SET last = case_counter.last + 1 RETURNING last",
      {month}, [](const Row& row) { return row.integer(0); });
}

void insert_case(Connection& connection, const escalation::CaseFile& file) {
  connection.execute(
      "INSERT INTO case_file (id, number, conversation_id, contact_id, office, topic, reason, opened_at,"
      "                       first_response_due, resolution_due)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {file.id.value, file.number, file.conversation.value, file.contact.value, file.office, file.topic, file.reason,
       file.opened_at.value, file.first_response_due.value, file.resolution_due.value});
}

std::optional<escalation::CaseFile> load_case(Connection& connection, CaseId id) {
  return connection.query_one<escalation::CaseFile>(
      "SELECT id, number, conversation_id, contact_id, office, topic, reason, opened_at, first_response_due,"
      "       resolution_due, first_response_at, resolved_at, outcome"
      "  FROM case_file WHERE id = $1",
      {id.value}, read_case);
}

std::optional<escalation::CaseFile> find_case(Connection& connection, std::string_view number, ContactId contact) {
  return connection.query_one<escalation::CaseFile>(
      "SELECT id, number, conversation_id, contact_id, office, topic, reason, opened_at, first_response_due,"
      "       resolution_due, first_response_at, resolved_at, outcome"
      "  FROM case_file WHERE number = $1 AND contact_id = $2",
      {number, contact.value}, read_case);
}

void save_case(Connection& connection, const escalation::CaseFile& file) {
  connection.execute(
      "UPDATE case_file SET office = $2, first_response_due = $3, resolution_due = $4, first_response_at = $5,"
      "       resolved_at = $6, outcome = $7"
      " WHERE id = $1",
      {file.id.value, file.office, file.first_response_due.value, file.resolution_due.value,
       or_null(file.first_response_at), or_null(file.resolved_at),
       file.outcome.empty() ? Value(nullptr) : Value(file.outcome)});
}

}  // namespace sahut::storage
