// Everything said, as rows; and what channels report about our messages.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conversation/event.hpp"
#include "conversation/outbound.hpp"
#include "storage/connection.hpp"
#include "storage/repositories/media.hpp"
#include "values/id.hpp"
#include "values/time.hpp"

namespace sahut::storage {

struct MessageRecord {
  MessageId id;
  ConversationId conversation;
  ContactId contact;
  std::string channel;
  std::string external_id;  ///< empty until the channel named it
  std::string author;       ///< resident | bot | agent | system | note
  UserId agent;
  std::string agent_name;  ///< read only
  std::string kind = "text";
  std::string text;
  std::vector<conversation::Choice> choices;
  std::string attachment;  ///< JSON or empty
  std::string client_id;   ///< empty or unique in the thread
  UnixMillis sent_at;      ///< by the channel's clock, or `at`
  UnixMillis at;
  std::string delivery;  ///< pending | sent | delivered | read | failed, "" for inbound and notes
  std::string error;
  std::string receipt;              ///< JSON or empty
  bool parked = false;              ///< written, and waiting until the resident writes
  std::optional<MediaRecord> file;  ///< read only: what insert_media or attach_media put beside it; without its clocks
};

/// False if a message with this channel and external id is already there: then nothing was written (P2).
[[nodiscard]] bool insert_message(Connection& connection, const MessageRecord& message);
[[nodiscard]] std::optional<MessageRecord> load_message(Connection& connection, MessageId id);
[[nodiscard]] std::optional<MessageRecord> find_client_message(Connection& connection, ConversationId conversation,
                                                               std::string_view client_id);
/// All of a thread, oldest first, at most `limit` of the newest.
[[nodiscard]] std::vector<MessageRecord> messages_of(Connection& connection, ContactId contact,
                                                     ConversationId conversation, std::int64_t limit);
/// What a resident's page has not seen: messages of the contact after `after`, oldest first; notes are left out.
[[nodiscard]] std::vector<MessageRecord> messages_after(Connection& connection, ContactId contact, MessageId after,
                                                        std::int64_t limit);

/// The channel's id of the newest message the resident sent in this thread; empty if there is none.
[[nodiscard]] std::string last_inbound_id(Connection& connection, ConversationId conversation);

/// The message a delivery report belongs to: by the channel's id, or by our own id where the channel carried it back.
struct DeliveryTarget {
  MessageId message;
  ConversationId conversation;
  std::string delivery;
};
[[nodiscard]] std::optional<DeliveryTarget> find_delivery(Connection& connection, std::string_view channel,
                                                          std::string_view external_id);

/// Raises the delivery state; a lower or equal rank, and failed after delivered or read, change nothing. True if it
/// changed.
bool raise_delivery(Connection& connection, MessageId message, std::string_view state, std::string_view error);
/// The channel took the message under this id; statuses that came before us are applied. Gives what the message costs
/// if one of them said so.
std::string name_message(Connection& connection, MessageId message, std::string_view channel,
                         std::string_view external_id);
/// The channel has named it: it has arrived there.
[[nodiscard]] bool is_named(Connection& connection, MessageId message);
/// Keeps what the channel says a message costs; false if that is known already, so that it is counted once.
[[nodiscard]] bool price_message(Connection& connection, MessageId message, std::string_view pricing);

/// The contact's parked messages, oldest first; from now on they are ordinary ones.
[[nodiscard]] std::vector<MessageId> release_parked(Connection& connection, ContactId contact);
/// True if a notice that an answer waits went to the contact after `moment`.
[[nodiscard]] bool was_noticed_after(Connection& connection, ContactId contact, UnixMillis moment);
/// A message of the bot with these words to this contact that has not left yet.
[[nodiscard]] bool same_words_wait(Connection& connection, ContactId contact, std::string_view text);

/// A status of a message not known yet waits for it.
void park_status(Connection& connection, std::string_view channel, const conversation::DeliveryUpdate& update);

}  // namespace sahut::storage
