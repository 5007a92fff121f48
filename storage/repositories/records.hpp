// The small records beside the conversations: documents with revisions, settings, the audit trail, live events, and the
// daily counts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/connection.hpp"
#include "values/id.hpp"
#include "values/time.hpp"

namespace sahut::storage {

/// The newest revision of a document, such as "city".
[[nodiscard]] std::optional<std::string> load_document(Connection& connection, std::string_view name);
void write_document(Connection& connection, std::string_view name, std::string_view body, UnixMillis now,
                    std::string_view by);

[[nodiscard]] std::optional<std::string> load_setting(Connection& connection, std::string_view name);
void save_setting(Connection& connection, std::string_view name, std::string_view value);

struct AuditRecord {
  std::string_view actor;
  std::string_view action;
  std::string_view subject;
  std::string_view detail;  ///< no passwords, no text of residents
};
void write_audit(Connection& connection, std::int64_t id, UnixMillis now, const AuditRecord& record);

/// Something signed-in pages show changed. kind: conversation | message | entry | gap | word | presence.
struct LiveEvent {
  EventId id;
  std::string kind;
  std::string office;   ///< empty: everybody may know
  std::string subject;  ///< id of the thing
};
void write_live_event(Connection& connection, const LiveEvent& event, UnixMillis now);
[[nodiscard]] std::vector<LiveEvent> live_events_after(Connection& connection, EventId after, std::int64_t limit);
/// True if events after `after` are still all there, so that a page may be brought up to date from them.
[[nodiscard]] bool live_events_reach_back_to(Connection& connection, EventId after);
void prune_live_events(Connection& connection, UnixMillis older_than);

/// One more turn of the day that ended so.
void count_turn(Connection& connection, std::string_view local_date, std::string_view action, std::string_view entry);
struct TurnCount {
  std::string day;
  std::string action;
  std::string entry;
  std::int64_t count = 0;
};
[[nodiscard]] std::vector<TurnCount> turn_counts_since(Connection& connection, std::string_view local_date);
[[nodiscard]] std::int64_t count_open_cases(Connection& connection);
/// Minutes on the clock from opening to first answer, for cases opened since `from`, ascending.
[[nodiscard]] std::vector<std::int64_t> first_response_minutes(Connection& connection, UnixMillis from);

}  // namespace sahut::storage
