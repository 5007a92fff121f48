// What an officer does to a conversation, each as one ledger step. Office isolation stands in the queries (P7): a
// thread of another office is "not_found", as if it did not exist.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conversation/position.hpp"
#include "conversation/sentences.hpp"
#include "escalation/city.hpp"
#include "storage/connection.hpp"
#include "storage/repositories/conversations.hpp"
#include "storage/repositories/messages.hpp"
#include "storage/repositories/records.hpp"
#include "storage/repositories/staff.hpp"
#include "values/id.hpp"
#include "values/problem.hpp"
#include "values/time.hpp"

namespace sahut::server {

/// Who acts, and what the steps read besides the store.
struct DeskContext {
  IdMaker& ids;
  const escalation::City& city;
  const conversation::Sentences& sentences;
  const storage::StaffRecord& officer;
  std::string_view local_channel;  ///< the web chat: nothing leaves through the outbox
};

/// What must be told to others once the step is committed.
struct DeskEffects {
  std::vector<storage::LiveEvent> live;
  std::optional<ContactId> contact_with_news;
  std::string outbox_channel;  ///< wake this channel's sender; empty if nothing leaves
};

struct DeskResult {
  ConversationId conversation;
  std::optional<MessageId> message;  ///< of reply and note
  DeskEffects effects;
};

// Problem codes: "not_found" (404), those of escalation/ownership.hpp (409), "unknown_office" (422), "window_closed"
// (409), "unreachable" (409), "no_file" (422).

[[nodiscard]] Result<DeskResult> claim_step(storage::Connection& connection, ConversationId id, UnixMillis now,
                                            const DeskContext& context);

struct Words {
  std::string text;       ///< may be empty beside a file; is empty beside a place
  std::string client_id;  ///< a repeat with the same one is the same message; empty = none
  bool park = false;      ///< if it may not leave now, it waits until the resident writes
  MediaId file = {};      ///< uploaded to this conversation before; 0 = none
  std::optional<conversation::Position> place = {};
};

/// What the thread's channel allows an officer.
struct ChannelRules {
  bool has_window = false;        ///< takes free words only for a day after the resident's last message
  bool has_ready_notice = false;  ///< but a notice that an answer waits at any time
};
[[nodiscard]] Result<DeskResult> reply_step(storage::Connection& connection, ConversationId id, const Words& words,
                                            const ChannelRules& rules, UnixMillis now, const DeskContext& context);
/// A file that came from an officer's page, kept for a reply that will carry it. REQUIRES: `kept` is stored.
[[nodiscard]] Result<MediaId> upload_step(storage::Connection& connection, ConversationId id,
                                          const storage::MediaRecord& kept, UnixMillis now, const DeskContext& context);
[[nodiscard]] Result<DeskResult> note_step(storage::Connection& connection, ConversationId id, const Words& words,
                                           UnixMillis now, const DeskContext& context);

struct TransferOrder {
  std::string office;
  std::string reason;
};
[[nodiscard]] Result<DeskResult> transfer_step(storage::Connection& connection, ConversationId id,
                                               const TransferOrder& order, UnixMillis now, const DeskContext& context);
[[nodiscard]] Result<DeskResult> release_step(storage::Connection& connection, ConversationId id, UnixMillis now,
                                              const DeskContext& context);
[[nodiscard]] Result<DeskResult> resolve_step(storage::Connection& connection, ConversationId id,
                                              const std::string& outcome, UnixMillis now, const DeskContext& context);

/// The office whose threads this officer sees; empty = all (admins and supervisors without an office).
[[nodiscard]] std::string office_scope(const storage::StaffRecord& officer);

/// When WhatsApp stops taking free text: 24 hours after the resident's last message (facts of the Cloud API: window).
[[nodiscard]] UnixMillis window_closes_at(const storage::ConversationRecord& thread);

}  // namespace sahut::server
