#include "server/doctor/last_received.hpp"

#include <filesystem>

#include "storage/sqlite_connection.hpp"

namespace sahut::server {

UnixMillis last_received(storage::Connection& connection, const std::string& channel) {
  const auto last =
      connection.query_one<std::int64_t>("SELECT MAX(last_inbound_at) FROM conversation WHERE channel = $1", {channel},
                                         [](const storage::Row& row) { return row.integer(0); });
  return {last.value_or(0)};
}

UnixMillis last_received(const std::string& database, const std::string& channel) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(database, error)) return {};
  try {
    return last_received(*storage::open_sqlite(database, {.read_only = true, .vfs = {}}), channel);
  } catch (const storage::Error&) {
    return {};  // the store's own checks say what is wrong with it
  }
}

}  // namespace sahut::server
