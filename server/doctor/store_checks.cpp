#include "server/doctor/store_checks.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "adapters/findings.hpp"
#include "storage/migrations.hpp"
#include "storage/repositories/entries.hpp"
#include "storage/repositories/media.hpp"
#include "storage/repositories/outbox.hpp"
#include "storage/repositories/records.hpp"
#include "storage/repositories/staff.hpp"
#include "storage/sqlite_connection.hpp"

namespace sahut::server {
namespace {

namespace files = std::filesystem;
using adapters::found;
using storage::Connection;
using storage::Row;

/// The log is cut to 64 MiB when it idles; several times that means that somebody reads for a long time.
constexpr std::uint64_t large_log = 256ull << 20;
constexpr std::int64_t hour_ms = 3600 * 1000;
constexpr std::int64_t backup_old_ms = 48 * hour_ms;
constexpr std::int64_t waits_long_ms = 10 * 60 * 1000;
constexpr std::size_t most_names = 5;
constexpr int first_version_with_media = 3;

std::uint64_t size_of(const std::string& path) {
  std::error_code error;
  const auto size = files::file_size(path, error);
  return error ? 0 : size;
}

/// "a, b, c, …": the first few of them.
std::string some_of(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < most_names; ++i) text += (i == 0 ? "" : ", ") + names[i];
  return names.size() > most_names ? text + ", …" : text;
}

/// Reports what is wrong with the database as a whole; true if it can be read on.
bool is_usable(Connection& connection, const std::string& path, Report& report) {
  const int version = storage::schema_version(connection);
  const int newest = static_cast<int>(storage::built_in_migrations().size());
  adapters::Words words = {{"path", path},
                           {"version", std::to_string(version)},
                           {"newest", std::to_string(newest)},
                           {"size", size_text(size_of(path))}};
  if (version <= 0) {
    report.add(found("server", "database_foreign", words));
    return false;
  }
  words["words"] =
      connection.query_one<std::string>("PRAGMA quick_check(1)", {}, [](const Row& row) { return row.string(0); })
          .value_or("");
  if (words["words"] != "ok") {
    report.add(found("server", "database_damaged", words));
    return false;
  }
  const char* const code = version > newest ? "database_newer" : version < newest ? "database_old" : "database_ok";
  report.add(found("server", code, words));
  return version <= newest;
}

}  // namespace

std::unique_ptr<Connection> check_database(const std::string& path, Report& report) {
  adapters::Words words = {{"path", path}};
  std::error_code error;
  if (!files::is_regular_file(path, error)) {
    report.add(found("server", "database_missing", words));
    return nullptr;
  }
  try {
    auto connection = storage::open_sqlite(path, {.read_only = true, .vfs = {}});
    if (!is_usable(*connection, path, report)) return nullptr;
    const std::uint64_t log = size_of(path + "-wal");
    report.add(found("server", log > large_log ? "wal_large" : "wal_ok", {{"size", size_text(log)}}));
    return connection;
  } catch (const storage::Error& failure) {
    words["words"] = failure.what();
    const bool damaged = failure.kind() == storage::ErrorKind::damaged;
    report.add(found("server", damaged ? "database_damaged" : "database_unreadable", words));
    return nullptr;
  }
}

void check_backup(Connection& connection, UnixMillis now, Report& report) {
  const std::string written = storage::load_setting(connection, last_backup_setting).value_or("");
  const auto last = nlohmann::json::parse(written, nullptr, false);
  if (!last.is_object() || !last.contains("at") || !last["at"].is_number_integer()) {
    report.add(found("server", "backup_never"));
    return;
  }
  const std::int64_t age_ms = now.ms_since({last["at"].get<std::int64_t>()});
  const std::string path = last.value("file", "");
  std::error_code error;
  const char* const code = age_ms > backup_old_ms        ? "backup_old"
                           : !files::exists(path, error) ? "backup_gone"
                                                         : "backup_ok";
  report.add(found("server", code,
                   {{"path", path},
                    {"days", std::to_string(age_ms / (24 * hour_ms))},
                    {"hours", std::to_string(age_ms / hour_ms)}}));
}

void check_knowledge(Connection& connection, std::string_view today, Report& report) {
  const auto entries = storage::published_entries(connection);
  std::vector<std::string> overdue;
  std::vector<std::string> expired;
  for (const auto& published : entries) {
    const knowledge::Entry& entry = published.entry;
    if (!entry.valid_until.empty() && entry.valid_until < today) {
      expired.push_back(entry.id);
    } else if (!entry.review_by.empty() && entry.review_by < today) {
      overdue.push_back(entry.id);
    }
  }
  const auto named = [](const std::vector<std::string>& ids) {
    return adapters::Words{{"count", std::to_string(ids.size())}, {"names", some_of(ids)}};
  };
  const std::string count = std::to_string(entries.size());
  report.add(found("server", entries.empty() ? "knowledge_empty" : "knowledge_ok", {{"count", count}}));
  if (!overdue.empty()) report.add(found("server", "review_overdue", named(overdue)));
  if (!expired.empty()) report.add(found("server", "knowledge_expired", named(expired)));
  if (overdue.empty() && expired.empty()) report.add(found("server", "knowledge_current"));
}

void check_accounts(Connection& connection, Report& report) {
  std::size_t active = 0;
  std::size_t admins = 0;
  for (const storage::StaffRecord& staff : storage::list_staff(connection)) {
    if (staff.disabled) continue;
    ++active;
    if (staff.role == "admin") ++admins;
  }
  report.add(found("server", admins == 0 ? "admin_missing" : "accounts_ok",
                   {{"count", std::to_string(active)}, {"admins", std::to_string(admins)}}));
}

void check_outbox(Connection& connection, UnixMillis now, Report& report) {
  std::int64_t waiting = 0;
  bool late = false;
  for (const storage::OutboxDepth& depth : storage::outbox_depths(connection)) {
    waiting += depth.waiting;
    const std::int64_t age_ms = depth.oldest.known() ? now.ms_since(depth.oldest) : 0;
    if (depth.waiting > 0 && age_ms > waits_long_ms) {
      late = true;
      report.add(found("server", "outbox_waiting",
                       {{"channel", depth.channel},
                        {"count", std::to_string(depth.waiting)},
                        {"minutes", std::to_string(age_ms / 60'000)}}));
    }
    if (depth.dead > 0) {
      const auto why = connection.query_one<std::string>(
          "SELECT error FROM outbox WHERE channel = $1 AND state = 'dead' ORDER BY id DESC LIMIT 1", {depth.channel},
          [](const Row& row) { return row.string(0); });
      report.add(found("server", "outbox_dead",
                       {{"channel", depth.channel},
                        {"count", std::to_string(depth.dead)},
                        {"words", why.value_or("tidak tercatat.")}}));
    }
  }
  if (!late) report.add(found("server", "outbox_ok", {{"count", std::to_string(waiting)}}));
}

void check_media(Connection& connection, std::int64_t most_bytes, UnixMillis now, Report& report) {
  if (storage::schema_version(connection) < first_version_with_media) return;
  const std::int64_t bytes = storage::media_bytes(connection);
  struct Waiting {
    std::int64_t count = 0;
    UnixMillis since;
  };
  const auto waiting =
      connection
          .query_one<Waiting>("SELECT COUNT(*), MIN(created_at) FROM media WHERE state = 'waiting'", {},
                              [](const Row& row) {
                                return Waiting{row.integer(0), {row.integer(1)}};
                              })
          .value_or(Waiting{});
  const std::int64_t age_ms = waiting.count > 0 ? now.ms_since(waiting.since) : 0;
  const char* const code = bytes > most_bytes / 10 * 9 ? "media_full"
                           : age_ms > waits_long_ms    ? "media_stuck"
                                                       : "media_ok";
  report.add(found("server", code,
                   {{"size", size_text(static_cast<std::uint64_t>(bytes))},
                    {"most", size_text(static_cast<std::uint64_t>(most_bytes))},
                    {"count", std::to_string(waiting.count)},
                    {"minutes", std::to_string(age_ms / 60'000)}}));
}

}  // namespace sahut::server
