// What an editor does to an entry: checked, built, committed and live, or refused whole. Blocks for training and a
// commit: called on the slow-work threads.
#pragma once

#include <string>
#include <vector>

#include "escalation/city.hpp"
#include "server/state/publisher.hpp"
#include "storage/repositories/entries.hpp"
#include "storage/repositories/records.hpp"
#include "storage/store.hpp"
#include "values/id.hpp"
#include "values/problem.hpp"
#include "values/time.hpp"

namespace sahut::server {

/// What editing reads and writes besides the entry itself.
struct EditContext {
  storage::Store& store;
  Publisher& publisher;
  IdMaker& ids;
  const escalation::City& city;
  std::string editor;
  UnixMillis now;
  std::string local_date;
};

struct Edited {
  storage::EntryRecord record;
  std::vector<storage::LiveEvent> live;
};

/// What is wrong with these words beside what parsing saw: rules, office, references. Errors only.
[[nodiscard]] std::vector<Problem> entry_errors(const knowledge::Entry& entry, const EditContext& context,
                                                storage::Connection& connection);

// Problem codes: "already_exists", "not_found", "stale_revision", and those of lint.

/// A new entry as a draft.
[[nodiscard]] Result<Edited> create_entry(const knowledge::Entry& entry, const EditContext& context);
/// The next revision as a draft; `base` is the revision the editor had before them.
[[nodiscard]] Result<Edited> save_entry(const knowledge::Entry& entry, std::int64_t base, const EditContext& context);
/// What is newest becomes what residents get.
[[nodiscard]] Result<Edited> publish_entry(const std::string& id, const EditContext& context);
/// Residents get it no more.
[[nodiscard]] Result<Edited> archive_entry(const std::string& id, const EditContext& context);
/// An old revision's words as a new draft.
[[nodiscard]] Result<Edited> restore_entry(const std::string& id, std::int64_t revision, const EditContext& context);

/// A whole file, published: new and changed entries get a revision, the same ones none, others stay.
struct ImportReport {
  std::size_t created = 0;
  std::size_t changed = 0;
  std::size_t same = 0;
};
[[nodiscard]] Result<ImportReport> import_entries(const std::vector<knowledge::Entry>& entries, bool dry_run,
                                                  const EditContext& context);

}  // namespace sahut::server
