#include "storage/repositories/media.hpp"

namespace sahut::storage {
namespace {

constexpr std::string_view media_columns =
    "d.id, d.message_id, d.conversation_id, d.contact_id, d.channel, d.state, d.reason, d.attempts, d.ready_at,"
    " d.created_at, d.sha256, d.bytes, d.mime_type, d.file_name";

std::string select_media(std::string_view rest) {
  return "SELECT " + std::string(media_columns) + " " + std::string(rest);
}

MediaRecord read_media(const Row& row) {
  return {.id = {row.integer(0)},
          .message = {row.integer(1)},
          .conversation = {row.integer(2)},
          .contact = {row.integer(3)},
          .channel = row.string(4),
          .state = row.string(5),
          .reason = row.string(6),
          .attempts = row.integer(7),
          .ready_at = {row.integer(8)},
          .created_at = {row.integer(9)},
          .sha256 = row.string(10),
          .bytes = row.integer(11),
          .mime_type = row.string(12),
          .file_name = row.string(13)};
}

Value text_or_null(std::string_view text) {
  return text.empty() ? Value(nullptr) : Value(text);
}

}  // namespace

void insert_media(Connection& connection, const MediaRecord& media) {
  connection.execute(
      "INSERT INTO media (id, message_id, conversation_id, contact_id, channel, state, reason, attempts, ready_at,"
      "                   created_at, sha256, bytes, mime_type, file_name)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
      {media.id.value, media.message.none() ? Value(nullptr) : Value(media.message.value), media.conversation.value,
       media.contact.value, media.channel, media.state, text_or_null(media.reason), media.attempts,
       media.ready_at.value, media.created_at.value, text_or_null(media.sha256),
       media.sha256.empty() ? Value(nullptr) : Value(media.bytes), text_or_null(media.mime_type),
       text_or_null(media.file_name)});
}

std::optional<MediaRecord> load_media(Connection& connection, MediaId id) {
  return connection.query_one<MediaRecord>(select_media("FROM media d WHERE d.id = $1"), {id.value}, read_media);
}

std::optional<MediaRecord> media_of(Connection& connection, MessageId message) {
  return connection.query_one<MediaRecord>(select_media("FROM media d WHERE d.message_id = $1"), {message.value},
                                           read_media);
}

bool attach_media(Connection& connection, MediaId id, ConversationId conversation, MessageId message) {
  return connection.execute(
             "UPDATE media SET message_id = $3 WHERE id = $1 AND conversation_id = $2 AND message_id IS NULL"
             " AND state = 'stored'",
             {id.value, conversation.value, message.value}) == 1;
}

std::vector<MediaJob> media_to_fetch(Connection& connection, UnixMillis now, std::int64_t limit) {
  std::vector<MediaJob> jobs;
  connection.query("SELECT " + std::string(media_columns) +
                       ", m.attachment FROM media d JOIN message m ON m.id = d.message_id"
                       " WHERE d.state = 'waiting' AND d.ready_at <= $1 ORDER BY d.ready_at, d.id LIMIT $2",
                   {now.value, limit}, [&](const Row& row) {
                     jobs.push_back({read_media(row), row.string(14)});
                   });
  return jobs;
}

std::optional<UnixMillis> next_media_ready(Connection& connection) {
  return connection.query_one<UnixMillis>(
      "SELECT ready_at FROM media WHERE state = 'waiting' ORDER BY ready_at, id LIMIT 1", {},
      [](const Row& row) { return UnixMillis{row.integer(0)}; });
}

void media_stored(Connection& connection, MediaId id, const StoredContent& content) {
  connection.execute(
      "UPDATE media SET state = 'stored', reason = NULL, sha256 = $2, bytes = $3, mime_type = $4 WHERE id = $1",
      {id.value, content.sha256, content.bytes, content.mime_type});
}

void media_failed(Connection& connection, MediaId id, std::string_view reason) {
  connection.execute("UPDATE media SET state = 'failed', reason = $2 WHERE id = $1", {id.value, reason});
}

void postpone_media(Connection& connection, MediaId id, UnixMillis ready_at) {
  connection.execute("UPDATE media SET attempts = attempts + 1, ready_at = $2 WHERE id = $1",
                     {id.value, ready_at.value});
}

std::int64_t media_bytes(Connection& connection) {
  return connection
      .query_one<std::int64_t>(
          "SELECT COALESCE(SUM(bytes), 0) FROM (SELECT DISTINCT sha256, bytes FROM media"
          " WHERE state = 'stored' AND sha256 IS NOT NULL) AS once",
          {}, [](const Row& row) { return row.integer(0); })
      .value_or(0);
}

bool media_is_held(Connection& connection, std::string_view sha256) {
  return connection
      .query_one<bool>("SELECT 1 FROM media WHERE sha256 = $1 AND state = 'stored' LIMIT 1", {sha256},
                       [](const Row&) { return true; })
      .has_value();
}

std::int64_t expire_media(Connection& connection, UnixMillis before, UnixMillis unsent_before, std::int64_t limit) {
  return connection.execute(
      "UPDATE media SET state = 'deleted' WHERE id IN (SELECT id FROM media WHERE state = 'stored'"
      " AND (created_at < $1 OR (message_id IS NULL AND created_at < $2)) ORDER BY created_at, id LIMIT $3)",
      {before.value, unsent_before.value, limit});
}

}  // namespace sahut::storage
