#include "storage/repositories/records.hpp"

namespace sahut::storage {
namespace {

std::string text_of(const Row& row) {
  return row.string(0);
}

}  // namespace

std::optional<std::string> load_document(Connection& connection, std::string_view name) {
  return connection.query_one<std::string>("SELECT body FROM document WHERE name = $1 ORDER BY revision DESC LIMIT 1",
                                           {name}, text_of);
}

void write_document(Connection& connection, std::string_view name, std::string_view body, UnixMillis now,
                    std::string_view by) {
  connection.execute(
      "INSERT INTO document (name, revision, body, at, by_name)"
      " SELECT $1, COALESCE(MAX(revision), 0) + 1, $2, $3, $4 FROM document WHERE name = $1",
      {name, body, now.value, by});
}

std::optional<std::string> load_setting(Connection& connection, std::string_view name) {
  return connection.query_one<std::string>("SELECT value FROM setting WHERE name = $1", {name}, text_of);
}

void save_setting(Connection& connection, std::string_view name, std::string_view value) {
  connection.execute(
      "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      {name, value});
}

void write_audit(Connection& connection, std::int64_t id, UnixMillis now, const AuditRecord& record) {
  connection.execute("INSERT INTO audit (id, at, actor, action, subject, detail) VALUES ($1, $2, $3, $4, $5, $6)",
                     {id, now.value, record.actor, record.action, record.subject, record.detail});
}

void write_live_event(Connection& connection, const LiveEvent& event, UnixMillis now) {
  connection.execute("INSERT INTO live_event (id, kind, office, subject, at) VALUES ($1, $2, $3, $4, $5)",
                     {event.id.value, event.kind, event.office.empty() ? Value(nullptr) : Value(event.office),
                      event.subject, now.value});
}

std::vector<LiveEvent> live_events_after(Connection& connection, EventId after, std::int64_t limit) {
  std::vector<LiveEvent> found;
  connection.query("SELECT id, kind, office, subject FROM live_event WHERE id > $1 ORDER BY id LIMIT $2",
                   {after.value, limit}, [&](const Row& row) {
                     found.push_back({{row.integer(0)}, row.string(1), row.string(2), row.string(3)});
                   });
  return found;
}

bool live_events_reach_back_to(Connection& connection, EventId after) {
  // The event the page saw last is still there, or nothing was ever removed.
  return connection
      .query_one<bool>("SELECT EXISTS (SELECT 1 FROM live_event WHERE id <= $1)", {after.value},
                       [](const Row& row) { return row.integer(0) != 0; })
      .value_or(false);
}

void prune_live_events(Connection& connection, UnixMillis older_than) {
  connection.execute("DELETE FROM live_event WHERE at < $1", {older_than.value});
}

void count_turn(Connection& connection, std::string_view local_date, std::string_view action, std::string_view entry) {
  connection.execute(
      "INSERT INTO turn_count (day, action, entry, count) VALUES ($1, $2, $3, 1)"
      " ON CONFLICT (day, action, entry) DO UPDATE SET count = turn_count.count + 1",
      {local_date, action, entry});
}

std::vector<TurnCount> turn_counts_since(Connection& connection, std::string_view local_date) {
  std::vector<TurnCount> found;
  connection.query("SELECT day, action, entry, count FROM turn_count WHERE day >= $1 ORDER BY day", {local_date},
                   [&](const Row& row) {
                     found.push_back({row.string(0), row.string(1), row.string(2), row.integer(3)});
                   });
  return found;
}

std::int64_t count_open_cases(Connection& connection) {
  return connection
      .query_one<std::int64_t>("SELECT COUNT(*) FROM conversation WHERE state IN ('waiting', 'claimed')", {},
                               [](const Row& row) { return row.integer(0); })
      .value_or(0);
}

std::vector<std::int64_t> first_response_minutes(Connection& connection, UnixMillis from) {
  std::vector<std::int64_t> minutes;
  connection.query(
      "SELECT (first_response_at - opened_at) / 60000 FROM case_file"
      " WHERE opened_at >= $1 AND first_response_at IS NOT NULL ORDER BY 1",
      {from.value}, [&](const Row& row) { minutes.push_back(row.integer(0)); });
  return minutes;
}

}  // namespace sahut::storage
