// The database: sound, of this program's version, backed up; and what is in it: answers, accounts, what waits to be
// sent. Reads only, beside a running server.
#pragma once

#include <string>
#include <string_view>

#include "server/doctor/report.hpp"
#include "storage/connection.hpp"
#include "values/time.hpp"

namespace sahut::server {

/// A reader of the database, or null after its fault was reported. Reads the whole file once.
[[nodiscard]] std::unique_ptr<storage::Connection> check_database(const std::string& path, Report& report);

/// REQUIRES: a database of this program's version or an older one.
void check_backup(storage::Connection& connection, UnixMillis now, Report& report);
/// `today`: the city's date.
void check_knowledge(storage::Connection& connection, std::string_view today, Report& report);
void check_accounts(storage::Connection& connection, Report& report);
void check_outbox(storage::Connection& connection, UnixMillis now, Report& report);
/// `most_bytes`: the space the configuration gives to files.
void check_media(storage::Connection& connection, std::int64_t most_bytes, UnixMillis now, Report& report);

/// The store's setting in which `sahut backup` writes when and where: {"at":ms,"file":path}.
constexpr const char* last_backup_setting = "last_backup";

}  // namespace sahut::server
