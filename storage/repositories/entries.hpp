// FAQ entries and their revisions as rows.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/entry.hpp"
#include "knowledge/snapshot.hpp"
#include "storage/connection.hpp"
#include "values/time.hpp"

namespace sahut::storage {

struct EntryRecord {
  knowledge::Entry entry;      ///< the newest words
  std::string status;          ///< draft | published | archived
  std::int64_t revision = 0;   ///< newest
  std::int64_t published = 0;  ///< the revision residents get; 0 = none
  UnixMillis updated_at;
  std::string updated_by;
};

struct RevisionRecord {
  std::int64_t revision = 0;
  knowledge::Entry entry;
  std::string status;  ///< what was done: draft | published | archived
  UnixMillis at;
  std::string by;
};

struct EntryList {
  std::string search;  ///< in id and title; empty = all
  std::string status;  ///< empty = all but archived
  std::string office;  ///< empty = all
  std::string after;   ///< id of the last entry of the page before
  std::int64_t limit = 50;
};

[[nodiscard]] std::vector<EntryRecord> list_entries(Connection& connection, const EntryList& list);
[[nodiscard]] std::vector<EntryRecord> all_entries(Connection& connection);
[[nodiscard]] std::optional<EntryRecord> load_entry(Connection& connection, std::string_view id);
[[nodiscard]] std::vector<RevisionRecord> revisions_of(Connection& connection, std::string_view id);
[[nodiscard]] std::vector<knowledge::PublishedEntry> published_entries(Connection& connection);

/// Writes the next revision of an entry, or its first, with the status given: "published" makes these words the ones
/// residents get, "draft" leaves what they get, "archived" takes the entry away. Returns the new revision.
std::int64_t write_revision(Connection& connection, const knowledge::Entry& entry, std::string_view status,
                            UnixMillis now, std::string_view by);

/// Grows with each change of what is published.
[[nodiscard]] std::int64_t knowledge_version(Connection& connection);
std::int64_t raise_knowledge_version(Connection& connection);

}  // namespace sahut::storage
