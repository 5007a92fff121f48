// People who sign in, and their sessions, as rows.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/connection.hpp"
#include "values/id.hpp"
#include "values/time.hpp"

namespace sahut::storage {

struct StaffRecord {
  UserId id;
  std::string name;
  std::string role;    ///< agent | editor | supervisor | admin
  std::string office;  ///< empty: the whole city
  std::string password_hash;
  bool disabled = false;
};

void insert_staff(Connection& connection, const StaffRecord& record, UnixMillis now);
[[nodiscard]] std::optional<StaffRecord> find_staff(Connection& connection, std::string_view name);
[[nodiscard]] std::vector<StaffRecord> list_staff(Connection& connection);
void set_password(Connection& connection, UserId id, std::string_view password_hash);
void set_disabled(Connection& connection, UserId id, bool disabled);

struct SessionRecord {
  StaffRecord staff;
  std::string csrf;
  UnixMillis created_at;
  UnixMillis last_seen_at;
};
void insert_session(Connection& connection, std::string_view token_hash, UserId staff, std::string_view csrf,
                    UnixMillis now);
/// Nothing for unknown sessions and for people who were disabled meanwhile.
[[nodiscard]] std::optional<SessionRecord> find_session(Connection& connection, std::string_view token_hash);
void touch_session(Connection& connection, std::string_view token_hash, UnixMillis now);
void delete_session(Connection& connection, std::string_view token_hash);
void delete_sessions_of(Connection& connection, UserId staff);

}  // namespace sahut::storage
