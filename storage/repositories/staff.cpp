#include "storage/repositories/staff.hpp"

namespace sahut::storage {
namespace {

StaffRecord read_staff(const Row& row) {
  return {.id = {row.integer(0)},
          .name = row.string(1),
          .role = row.string(2),
          .office = row.string(3),
          .password_hash = row.string(4),
          .disabled = row.integer(5) != 0};
}

}  // namespace

void insert_staff(Connection& connection, const StaffRecord& record, UnixMillis now) {
  connection.execute(
      "INSERT INTO staff (id, name, role, office, password_hash, disabled, created_at) VALUES ($1, $2, $3, $4, $5, 0, "
      "$6)",
      {record.id.value, record.name, record.role, record.office.empty() ? Value(nullptr) : Value(record.office),
       record.password_hash, now.value});
}

std::optional<StaffRecord> find_staff(Connection& connection, std::string_view name) {
  return connection.query_one<StaffRecord>(
      "SELECT id, name, role, office, password_hash, disabled FROM staff WHERE name = $1", {name}, read_staff);
}

std::vector<StaffRecord> list_staff(Connection& connection) {
  std::vector<StaffRecord> found;
  connection.query("SELECT id, name, role, office, password_hash, disabled FROM staff ORDER BY name", {},
                   [&](const Row& row) { found.push_back(read_staff(row)); });
  return found;
}

void set_password(Connection& connection, UserId id, std::string_view password_hash) {
  connection.execute("UPDATE staff SET password_hash = $2 WHERE id = $1", {id.value, password_hash});
}

void set_disabled(Connection& connection, UserId id, bool disabled) {
  connection.execute("UPDATE staff SET disabled = $2 WHERE id = $1", {id.value, disabled});
}

void insert_session(Connection& connection, std::string_view token_hash, UserId staff, std::string_view csrf,
                    UnixMillis now) {
  connection.execute(
      "INSERT INTO session (token_hash, staff_id, csrf, created_at, last_seen_at) VALUES ($1, $2, $3, $4, $4)",
      {token_hash, staff.value, csrf, now.value});
}

std::optional<SessionRecord> find_session(Connection& connection, std::string_view token_hash) {
  return connection.query_one<SessionRecord>(
      "SELECT u.id, u.name, u.role, u.office, u.password_hash, u.disabled, s.csrf, s.created_at, s.last_seen_at"
      "  FROM session s JOIN staff u ON u.id = s.staff_id WHERE s.token_hash = $1 AND u.disabled = 0",
      {token_hash}, [](const Row& row) {
        return SessionRecord{.staff = read_staff(row),
                             .csrf = row.string(6),
                             .created_at = {row.integer(7)},
                             .last_seen_at = {row.integer(8)}};
      });
}

void touch_session(Connection& connection, std::string_view token_hash, UnixMillis now) {
  connection.execute("UPDATE session SET last_seen_at = $2 WHERE token_hash = $1", {token_hash, now.value});
}

void delete_session(Connection& connection, std::string_view token_hash) {
  connection.execute("DELETE FROM session WHERE token_hash = $1", {token_hash});
}

void delete_sessions_of(Connection& connection, UserId staff) {
  connection.execute("DELETE FROM session WHERE staff_id = $1", {staff.value});
}

}  // namespace sahut::storage
