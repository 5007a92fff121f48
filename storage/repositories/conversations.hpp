// Threads as rows. The open one of a resident is unique by index, so two webhooks in parallel cannot make two.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conversation/memory.hpp"
#include "escalation/ownership.hpp"
#include "storage/connection.hpp"
#include "values/id.hpp"
#include "values/time.hpp"

namespace sahut::storage {

struct ConversationRecord {
  ConversationId id;
  ContactId contact;
  std::string channel;
  escalation::Ownership owner;
  CaseId case_file;
  conversation::BotMemory memory;
  UnixMillis opened_at;
  UnixMillis updated_at;
  UnixMillis last_inbound_at;  ///< by the channel's clock; opens WhatsApp's 24 hours
  std::int64_t unread = 0;     ///< messages of the resident that no officer has seen
  bool urgent = false;         ///< an emergency was read in it and no officer has answered since
  std::string last_author;
  std::string last_text;  ///< the beginning of the last message, for lists
};

/// The thread of this resident that is not resolved, if there is one.
[[nodiscard]] std::optional<ConversationRecord> open_conversation(Connection& connection, ContactId contact);
[[nodiscard]] std::optional<ConversationRecord> load_conversation(Connection& connection, ConversationId id);
void insert_conversation(Connection& connection, const ConversationRecord& record);
void save_conversation(Connection& connection, const ConversationRecord& record);

/// Which threads a list shows. An empty `office` means every office.
enum class Queue { mine, office, unclaimed, done };
struct ListQuery {
  Queue queue = Queue::office;
  std::string office;
  UserId agent;
  std::string search;        ///< in the resident's name, the case number and the last text; empty = all
  UnixMillis before;         ///< page: placed (place_in_list) before this moment …
  ConversationId before_id;  ///< … or at it, with a smaller id; 0 = first page
  std::int64_t limit = 50;
};

/// What a list shows of a thread: joined so that one query draws a page.
struct ConversationSummary {
  ConversationRecord conversation;
  std::string contact_name;
  std::string contact_address;
  std::string case_number;  ///< empty if none
  std::string agent_name;   ///< empty if nobody
  UnixMillis first_response_due;
  UnixMillis first_response_at;
  UnixMillis resolution_due;
};
/// Lists show what changed last first, and urgent threads before all others, as if they had changed in a far future.
[[nodiscard]] UnixMillis place_in_list(const ConversationRecord& thread);
[[nodiscard]] std::vector<ConversationSummary> list_conversations(Connection& connection, const ListQuery& query);
/// One thread as a list shows it; nothing if it is not this office's (P7: enforced here, not after).
[[nodiscard]] std::optional<ConversationSummary> summary_of(Connection& connection, ConversationId id,
                                                            std::string_view office);
/// How many threads wait, by office.
[[nodiscard]] std::vector<std::pair<std::string, std::int64_t>> waiting_by_office(Connection& connection);

}  // namespace sahut::storage
