#include "storage/repositories/outbox.hpp"

namespace sahut::storage {

void add_to_outbox(Connection& connection, const OutboxRecord& record) {
  connection.execute(
      "INSERT INTO outbox (id, channel, contact_id, message_id, kind, payload, state, attempts, ready_at, created_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, 'waiting', 0, $7, $8)",
      {record.id.value, record.channel, record.contact.value,
       record.message.none() ? Value(nullptr) : Value(record.message.value), record.kind, record.payload,
       record.ready_at.value, record.created_at.value});
}

std::vector<OutboxRecord> take_from_outbox(Connection& connection, std::string_view channel, UnixMillis now,
                                           std::int64_t limit) {
  std::vector<OutboxRecord> taken;
  connection.query(
      "SELECT o.id, o.channel, o.contact_id, o.message_id, o.kind, o.payload, o.attempts, o.ready_at, o.created_at"
      "  FROM outbox o"
      " WHERE o.channel = $1 AND o.state = 'waiting' AND o.ready_at <= $2"
      "   AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.contact_id = o.contact_id"
      "                    AND (e.id < o.id OR e.state = 'in_flight') AND e.state <> 'dead')"
      " ORDER BY o.id LIMIT $3",
      {channel, now.value, limit}, [&](const Row& row) {
        taken.push_back({.id = {row.integer(0)},
                         .channel = row.string(1),
                         .contact = {row.integer(2)},
                         .message = {row.integer(3)},
                         .kind = row.string(4),
                         .payload = row.string(5),
                         .attempts = row.integer(6) + 1,
                         .ready_at = {row.integer(7)},
                         .created_at = {row.integer(8)}});
      });
  for (const OutboxRecord& record : taken) {
    connection.execute("UPDATE outbox SET state = 'in_flight', attempts = $2 WHERE id = $1",
                       {record.id.value, record.attempts});
  }
  return taken;
}

std::optional<UnixMillis> next_ready(Connection& connection, std::string_view channel) {
  auto ready = connection.query_one<UnixMillis>(
      "SELECT MIN(o.ready_at) FROM outbox o WHERE o.channel = $1 AND o.state = 'waiting'"
      "   AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.contact_id = o.contact_id"
      "                    AND (e.id < o.id OR e.state = 'in_flight') AND e.state <> 'dead')",
      {channel}, [](const Row& row) { return UnixMillis{row.null(0) ? 0 : row.integer(0)}; });
  return ready && ready->known() ? ready : std::nullopt;
}

void remove_from_outbox(Connection& connection, OutboxId id) {
  connection.execute("DELETE FROM outbox WHERE id = $1", {id.value});
}

void postpone(Connection& connection, OutboxId id, UnixMillis ready_at, std::string_view error) {
  connection.execute("UPDATE outbox SET state = 'waiting', ready_at = $2, error = $3 WHERE id = $1",
                     {id.value, ready_at.value, error});
}

bool forget_repeat(Connection& connection, MessageId message) {
  return connection.execute(
             "DELETE FROM outbox WHERE id IN (SELECT o.id FROM message m JOIN outbox o ON o.contact_id = m.contact_id"
             " WHERE m.id = $1 AND o.message_id = m.id AND o.kind = 'message' AND o.state = 'waiting')",
             {message.value}) > 0;
}

void hold_back(Connection& connection, OutboxId id, UnixMillis ready_at) {
  connection.execute("UPDATE outbox SET state = 'waiting', ready_at = $2, attempts = attempts - 1 WHERE id = $1",
                     {id.value, ready_at.value});
}

void bury(Connection& connection, OutboxId id, std::string_view error) {
  connection.execute("UPDATE outbox SET state = 'dead', error = $2 WHERE id = $1", {id.value, error});
}

std::vector<DeadLetter> dead_letters(Connection& connection, std::string_view channel, OutboxId before,
                                     std::int64_t limit) {
  std::vector<DeadLetter> found;
  connection.query(
      "SELECT o.id, m.conversation_id, c.name, c.address, m.text, o.error, o.created_at"
      "  FROM outbox o JOIN contact c ON c.id = o.contact_id LEFT JOIN message m ON m.id = o.message_id"
      " WHERE o.channel = $1 AND o.state = 'dead' AND ($2 = 0 OR o.id < $2) ORDER BY o.id DESC LIMIT $3",
      {channel, before.value, limit}, [&](const Row& row) {
        found.push_back({.id = {row.integer(0)},
                         .conversation = {row.integer(1)},
                         .contact_name = row.string(2),
                         .contact_address = row.string(3),
                         .text = row.string(4),
                         .reason = row.string(5),
                         .created_at = {row.integer(6)}});
      });
  return found;
}

bool revive(Connection& connection, std::string_view channel, OutboxId id, UnixMillis now) {
  const bool was_dead = connection.execute(
                            "UPDATE outbox SET state = 'waiting', attempts = 0, ready_at = $3, created_at = $3,"
                            " error = NULL WHERE id = $1 AND channel = $2 AND state = 'dead'",
                            {id.value, channel, now.value}) == 1;
  if (was_dead) {
    connection.execute(
        "UPDATE message SET delivery = 'pending', error = NULL WHERE delivery = 'failed'"
        " AND id = (SELECT message_id FROM outbox WHERE id = $1)",
        {id.value});
  }
  return was_dead;
}

bool discard(Connection& connection, std::string_view channel, OutboxId id) {
  return connection.execute("DELETE FROM outbox WHERE id = $1 AND channel = $2 AND state = 'dead'",
                            {id.value, channel}) == 1;
}

std::int64_t reclaim_in_flight(Connection& connection) {
  return connection.execute("UPDATE outbox SET state = 'waiting' WHERE state = 'in_flight'");
}

std::vector<OutboxDepth> outbox_depths(Connection& connection) {
  std::vector<OutboxDepth> depths;
  connection.query(
      "SELECT channel, SUM(CASE WHEN state = 'dead' THEN 0 ELSE 1 END), SUM(CASE WHEN state = 'dead' THEN 1 ELSE 0 "
      "END),"
      "       MIN(CASE WHEN state = 'dead' THEN NULL ELSE created_at END)"
      "  FROM outbox GROUP BY channel",
      {}, [&](const Row& row) {
        depths.push_back({row.string(0), row.integer(1), row.integer(2), {row.null(3) ? 0 : row.integer(3)}});
      });
  return depths;
}

}  // namespace sahut::storage
