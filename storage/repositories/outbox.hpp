// What must leave the house, as rows: written with the decision, gone when the channel took it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/connection.hpp"
#include "values/id.hpp"
#include "values/time.hpp"

namespace sahut::storage {

struct OutboxRecord {
  OutboxId id;
  std::string channel;
  ContactId contact;
  MessageId message;    ///< 0 for an acknowledgement
  std::string kind;     ///< message | acknowledge | read
  std::string payload;  ///< of an acknowledgement: the channel's token; else the resident's message that is answered
  std::int64_t attempts = 0;
  UnixMillis ready_at;
  UnixMillis created_at;
};

void add_to_outbox(Connection& connection, const OutboxRecord& record);

/// Marks and returns up to `limit` rows of a channel that may leave now: for each contact only its oldest row, and none
/// while one of that contact is in flight (P3). Rows wait for a bad one before them of the same contact.
[[nodiscard]] std::vector<OutboxRecord> take_from_outbox(Connection& connection, std::string_view channel,
                                                         UnixMillis now, std::int64_t limit);
/// When the next row that take_from_outbox would give becomes ready; nothing if none waits for time alone.
[[nodiscard]] std::optional<UnixMillis> next_ready(Connection& connection, std::string_view channel);

void remove_from_outbox(Connection& connection, OutboxId id);
void postpone(Connection& connection, OutboxId id, UnixMillis ready_at, std::string_view error);
/// The channel has the message although its answer was lost: a row that waits to repeat it goes. False if none waits.
bool forget_repeat(Connection& connection, MessageId message);
/// Taken, but not its turn yet: it waits again, and no attempt is counted.
void hold_back(Connection& connection, OutboxId id, UnixMillis ready_at);
/// Kept for people to see; later rows of the contact go on.
void bury(Connection& connection, OutboxId id, std::string_view error);

/// A row that was buried, with the words it carried: for people to look at.
struct DeadLetter {
  OutboxId id;
  ConversationId conversation;
  std::string contact_name;
  std::string contact_address;  ///< not masked: whoever shows it masks it
  std::string text;
  std::string reason;
  UnixMillis created_at;
};
/// Of a channel, newest first, older than `before` (0 = from the newest).
[[nodiscard]] std::vector<DeadLetter> dead_letters(Connection& connection, std::string_view channel, OutboxId before,
                                                   std::int64_t limit);
/// A dead letter tries again as if it were new; false if it is none any more.
[[nodiscard]] bool revive(Connection& connection, std::string_view channel, OutboxId id, UnixMillis now);
/// A dead letter is forgotten; its message stays and is marked failed. False if it is none any more.
[[nodiscard]] bool discard(Connection& connection, std::string_view channel, OutboxId id);

/// After a start: rows that were in flight when the process died wait again. Returns how many: each of them may have
/// reached the channel already, and is counted as a possible duplicate.
[[nodiscard]] std::int64_t reclaim_in_flight(Connection& connection);

struct OutboxDepth {
  std::string channel;
  std::int64_t waiting = 0;
  std::int64_t dead = 0;
  UnixMillis oldest;  ///< of the waiting ones; 0 if none
};
[[nodiscard]] std::vector<OutboxDepth> outbox_depths(Connection& connection);

}  // namespace sahut::storage
