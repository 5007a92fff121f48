#include "server/state/editing.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "knowledge/lint.hpp"
#include "server/state/commit.hpp"

namespace sahut::server {
namespace {

using knowledge::Entry;
using knowledge::PublishedEntry;
using storage::Connection;
using storage::EntryRecord;

std::optional<EntryRecord> loaded(storage::Store& store, const std::string& id) {
  std::optional<EntryRecord> record;
  store.read([&](Connection& connection) { record = storage::load_entry(connection, id); });
  return record;
}

Problem unknown(const std::string& id) {
  return {"not_found", "id", "There is no entry `" + id + "`.", "Reload the list."};
}

Edited edited(const EditContext& context, const std::string& id, std::vector<storage::LiveEvent> live) {
  return {*loaded(context.store, id), std::move(live)};
}

/// Tells pages that the entry changed, inside the step that changes it.
std::vector<storage::LiveEvent> announcement(const EditContext& context, const std::string& id) {
  return {{{context.ids.next(context.now)}, "entry", "", id}};
}

void write(Connection& connection, const EditContext& context, const Entry& entry, const char* status,
           const std::vector<storage::LiveEvent>& live) {
  storage::write_revision(connection, entry, status, context.now, context.editor);
  storage::write_audit(connection, context.ids.next(context.now), context.now,
                       {context.editor, status, "entry " + entry.id, ""});
  for (const storage::LiveEvent& event : live) storage::write_live_event(connection, event, context.now);
}

void put(std::vector<PublishedEntry>& entries, PublishedEntry entry) {
  const auto at = std::find_if(entries.begin(), entries.end(),
                               [&](const PublishedEntry& other) { return other.entry.id == entry.entry.id; });
  if (at == entries.end()) {
    entries.push_back(std::move(entry));
  } else {
    *at = std::move(entry);
  }
}

}  // namespace

std::vector<Problem> entry_errors(const Entry& entry, const EditContext& context, Connection& connection) {
  std::set<std::string> offices;
  for (const escalation::Office& office : context.city.offices) offices.insert(office.id);
  std::vector<Problem> errors =
      knowledge::lint({entry}, offices, "", [](std::size_t, const std::string& field) { return field; }).errors;
  std::erase_if(errors, [&](const Problem& problem) {
    // Alone it knows no other entry; the store does.
    return problem.code == "dead_reference";
  });
  for (const std::string& related : entry.related) {
    if (related != entry.id && !storage::load_entry(connection, related)) {
      errors.push_back({"dead_reference", "related", "There is no entry `" + related + "`.", "Correct or remove it."});
    }
  }
  return errors;
}

Result<Edited> create_entry(const Entry& entry, const EditContext& context) {
  const auto live = announcement(context, entry.id);
  std::optional<Problem> problem;
  commit(context.store.ledger(), [&](Connection& connection) {
    if (storage::load_entry(connection, entry.id)) {
      problem = Problem{"already_exists", "id", "There is already an entry `" + entry.id + "`.", "Choose another id."};
    } else if (const auto errors = entry_errors(entry, context, connection); !errors.empty()) {
      problem = errors.front();
    } else {
      write(connection, context, entry, "draft", live);
    }
  });
  if (problem) return *problem;
  return edited(context, entry.id, live);
}

Result<Edited> save_entry(const Entry& entry, std::int64_t base, const EditContext& context) {
  const auto live = announcement(context, entry.id);
  std::optional<Problem> problem;
  commit(context.store.ledger(), [&](Connection& connection) {
    const auto before = storage::load_entry(connection, entry.id);
    if (!before) {
      problem = unknown(entry.id);
    } else if (before->revision != base) {
      problem = Problem{
          "stale_revision", "If-Match",
          before->updated_by + " changed this entry meanwhile (revision " + std::to_string(before->revision) + ").",
          "Load it anew and put your words in again."};
    } else if (const auto errors = entry_errors(entry, context, connection); !errors.empty()) {
      problem = errors.front();
    } else {
      write(connection, context, entry, "draft", live);
    }
  });
  if (problem) return *problem;
  return edited(context, entry.id, live);
}

Result<Edited> publish_entry(const std::string& id, const EditContext& context) {
  const auto record = loaded(context.store, id);
  if (!record) return unknown(id);
  if (record->published == record->revision) return Edited{*record, {}};
  const auto live = announcement(context, id);
  const auto published = context.publisher.publish(
      [&](std::vector<PublishedEntry>& entries) {
        put(entries, {record->entry, record->revision + 1});
      },
      [&](Connection& connection) { write(connection, context, record->entry, "published", live); });
  if (!published.ok()) return published.problem();
  return edited(context, id, live);
}

Result<Edited> archive_entry(const std::string& id, const EditContext& context) {
  const auto record = loaded(context.store, id);
  if (!record) return unknown(id);
  const auto live = announcement(context, id);
  const auto published = context.publisher.publish(
      [&](std::vector<PublishedEntry>& entries) {
        std::erase_if(entries, [&](const PublishedEntry& entry) { return entry.entry.id == id; });
      },
      [&](Connection& connection) { write(connection, context, record->entry, "archived", live); });
  if (!published.ok()) return published.problem();
  return edited(context, id, live);
}

Result<Edited> restore_entry(const std::string& id, std::int64_t revision, const EditContext& context) {
  std::optional<Entry> words;
  context.store.read([&](Connection& connection) {
    for (const storage::RevisionRecord& old : storage::revisions_of(connection, id)) {
      if (old.revision == revision) words = old.entry;
    }
  });
  if (!words) {
    return Problem{"not_found", "revision", "There is no revision " + std::to_string(revision) + " of `" + id + "`.",
                   "Choose one of the list."};
  }
  const auto live = announcement(context, id);
  commit(context.store.ledger(), [&](Connection& connection) { write(connection, context, *words, "draft", live); });
  return edited(context, id, live);
}

Result<ImportReport> import_entries(const std::vector<Entry>& entries, bool dry_run, const EditContext& context) {
  ImportReport report;
  std::vector<std::pair<Entry, std::int64_t>> fresh;  // with the revision each will have
  context.store.read([&](Connection& connection) {
    for (const Entry& entry : entries) {
      const auto before = storage::load_entry(connection, entry.id);
      if (!before) {
        ++report.created;
        fresh.emplace_back(entry, 1);
      } else if (before->entry == entry && before->published == before->revision) {
        ++report.same;
      } else {
        ++report.changed;
        fresh.emplace_back(entry, before->revision + 1);
      }
    }
  });
  const EntryChange change = [&](std::vector<PublishedEntry>& published) {
    for (const auto& [entry, revision] : fresh) put(published, {entry, revision});
  };
  if (dry_run) {
    const auto candidate = context.publisher.candidate(change);
    if (!candidate.ok()) return candidate.problem();
    return report;
  }
  if (fresh.empty()) return report;
  const auto published = context.publisher.publish(change, [&](Connection& connection) {
    for (const auto& [entry, revision] : fresh) write(connection, context, entry, "published", {});
  });
  if (!published.ok()) return published.problem();
  return report;
}

}  // namespace sahut::server
