#include "storage/repositories/entries.hpp"

#include "knowledge/entry_json.hpp"
#include "storage/repositories/search_pattern.hpp"

namespace sahut::storage {
namespace {

EntryRecord read_entry(const Row& row) {
  return {.entry = knowledge::entry_from_store(row.text(0)),
          .status = row.string(1),
          .revision = row.integer(2),
          .published = row.integer(3),
          .updated_at = {row.integer(4)},
          .updated_by = row.string(5)};
}

}  // namespace

std::vector<EntryRecord> list_entries(Connection& connection, const EntryList& list) {
  const std::string pattern = pattern_containing(list.search);
  std::vector<EntryRecord> found;
  connection.query(
      "SELECT r.document, e.status, e.revision, e.published, e.updated_at, e.updated_by"
      "  FROM entry e JOIN entry_revision r ON r.entry_id = e.id AND r.revision = e.revision"
      " WHERE e.id > $1 AND ($2 = '' OR e.id LIKE $2 ESCAPE '!' OR e.title LIKE $2 ESCAPE '!'"
      "                     OR r.document LIKE $2 ESCAPE '!')"
      "   AND (($3 = '' AND e.status <> 'archived') OR e.status = $3) AND ($4 = '' OR e.office = $4)"
      " ORDER BY e.id LIMIT $5",
      {list.after, pattern, list.status, list.office, list.limit},
      [&](const Row& row) { found.push_back(read_entry(row)); });
  return found;
}

std::vector<EntryRecord> all_entries(Connection& connection) {
  std::vector<EntryRecord> found;
  connection.query(
      "SELECT r.document, e.status, e.revision, e.published, e.updated_at, e.updated_by"
      "  FROM entry e JOIN entry_revision r ON r.entry_id = e.id AND r.revision = e.revision ORDER BY e.id",
      {}, [&](const Row& row) { found.push_back(read_entry(row)); });
  return found;
}

std::optional<EntryRecord> load_entry(Connection& connection, std::string_view id) {
  return connection.query_one<EntryRecord>(
      "SELECT r.document, e.status, e.revision, e.published, e.updated_at, e.updated_by"
      "  FROM entry e JOIN entry_revision r ON r.entry_id = e.id AND r.revision = e.revision WHERE e.id = $1",
      {id}, read_entry);
}

std::vector<RevisionRecord> revisions_of(Connection& connection, std::string_view id) {
  std::vector<RevisionRecord> found;
  connection.query(
      "SELECT revision, document, status, at, by_name FROM entry_revision WHERE entry_id = $1 ORDER BY revision DESC",
      {id}, [&](const Row& row) {
        found.push_back({.revision = row.integer(0),
                         .entry = knowledge::entry_from_store(row.text(1)),
                         .status = row.string(2),
                         .at = {row.integer(3)},
                         .by = row.string(4)});
      });
  return found;
}

std::vector<knowledge::PublishedEntry> published_entries(Connection& connection) {
  std::vector<knowledge::PublishedEntry> found;
  connection.query(
      "SELECT r.document, e.published FROM entry e"
      "  JOIN entry_revision r ON r.entry_id = e.id AND r.revision = e.published"
      " WHERE e.published IS NOT NULL ORDER BY e.id",
      {}, [&](const Row& row) {
        found.push_back({.entry = knowledge::entry_from_store(row.text(0)), .revision = row.integer(1)});
      });
  return found;
}

std::int64_t write_revision(Connection& connection, const knowledge::Entry& entry, std::string_view status,
                            UnixMillis now, std::string_view by) {
  const auto before = connection.query_one<std::int64_t>("SELECT revision FROM entry WHERE id = $1", {entry.id},
                                                         [](const Row& row) { return row.integer(0); });
  const std::int64_t revision = before.value_or(0) + 1;
  if (before) {
    connection.execute(
        "UPDATE entry SET office = $2, status = CASE WHEN $3 = 'draft' AND published IS NOT NULL THEN 'published' ELSE "
        "$3 END,"
        "       revision = $4, title = $5, updated_at = $6, updated_by = $7,"
        "       published = CASE $3 WHEN 'published' THEN $4 WHEN 'archived' THEN NULL ELSE published END"
        " WHERE id = $1",
        {entry.id, entry.office, status, revision, entry.title, now.value, by});
  } else {
    connection.execute(
        "INSERT INTO entry (id, office, status, revision, published, title, updated_at, updated_by)"
        " VALUES ($1, $2, $3, 1, $4, $5, $6, $7)",
        {entry.id, entry.office, status, status == "published" ? Value(std::int64_t{1}) : Value(nullptr), entry.title,
         now.value, by});
  }
  connection.execute(
      "INSERT INTO entry_revision (entry_id, revision, document, status, at, by_name) VALUES ($1, $2, $3, $4, $5, $6)",
      {entry.id, revision, knowledge::to_json(entry).dump(), status, now.value, by});
  return revision;
}

std::int64_t knowledge_version(Connection& connection) {
  return connection
      .query_one<std::int64_t>("SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'knowledge_version'", {},
                               [](const Row& row) { return row.integer(0); })
      .value_or(0);
}

std::int64_t raise_knowledge_version(Connection& connection) {
  const std::int64_t next = knowledge_version(connection) + 1;
  connection.execute(
      "INSERT INTO setting (name, value) VALUES ('knowledge_version', $1)"
      " ON CONFLICT (name) DO UPDATE SET value = $1",
      {std::to_string(next)});
  return next;
}

}  // namespace sahut::storage
