// Files of conversations, as rows. The bytes are not here: server/media keeps them under their SHA-256.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/connection.hpp"
#include "values/id.hpp"
#include "values/time.hpp"

namespace sahut::storage {

struct MediaRecord {
  MediaId id;
  MessageId message;  ///< 0: an officer's file that no reply carries yet
  ConversationId conversation;
  ContactId contact;
  std::string channel;
  std::string state;   ///< waiting | stored | failed | deleted
  std::string reason;  ///< of failed; see adapters::MediaStep, and "no_space"
  std::int64_t attempts = 0;
  UnixMillis ready_at;
  UnixMillis created_at;
  std::string sha256;  ///< in hex; empty until stored
  std::int64_t bytes = 0;
  std::string mime_type;  ///< as read from the bytes; empty until stored
  std::string file_name;  ///< as the sender wrote it: for showing, never a path
};

void insert_media(Connection& connection, const MediaRecord& media);
[[nodiscard]] std::optional<MediaRecord> load_media(Connection& connection, MediaId id);
[[nodiscard]] std::optional<MediaRecord> media_of(Connection& connection, MessageId message);

/// Gives an officer's file to the message that carries it; false if it is not this conversation's, not stored, or
/// taken.
[[nodiscard]] bool attach_media(Connection& connection, MediaId id, ConversationId conversation, MessageId message);

/// Rows to fetch now, those that wait longest first, each with the attachment of its message.
struct MediaJob {
  MediaRecord media;
  std::string attachment;
};
[[nodiscard]] std::vector<MediaJob> media_to_fetch(Connection& connection, UnixMillis now, std::int64_t limit);
[[nodiscard]] std::optional<UnixMillis> next_media_ready(Connection& connection);

struct StoredContent {
  std::string sha256;
  std::int64_t bytes = 0;
  std::string mime_type;
};
void media_stored(Connection& connection, MediaId id, const StoredContent& content);
void media_failed(Connection& connection, MediaId id, std::string_view reason);
void postpone_media(Connection& connection, MediaId id, UnixMillis ready_at);

/// Bytes that all stored files take, the same content once.
[[nodiscard]] std::int64_t media_bytes(Connection& connection);

/// Marks as deleted at most `limit` rows that are older than `before`, and officers' files that no reply carried since
/// `unsent_before`. Gives how many.
[[nodiscard]] std::int64_t expire_media(Connection& connection, UnixMillis before, UnixMillis unsent_before,
                                        std::int64_t limit);
/// True if a stored row holds this content.
[[nodiscard]] bool media_is_held(Connection& connection, std::string_view sha256);

}  // namespace sahut::storage
