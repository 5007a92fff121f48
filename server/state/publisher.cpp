#include "server/state/publisher.hpp"

#include <malloc.h>

#include <optional>

#include "knowledge/built_in_language.hpp"
#include "server/state/commit.hpp"
#include "storage/repositories/entries.hpp"

namespace sahut::server {
namespace {

Result<std::shared_ptr<const knowledge::Snapshot>> built(std::int64_t version,
                                                         std::vector<knowledge::PublishedEntry> entries,
                                                         std::shared_ptr<const nlu::Lexicon> lexicon) {
  auto snapshot =
      knowledge::Snapshot::build(version, std::move(entries), knowledge::built_in_language(), std::move(lexicon));
  ::malloc_trim(0);  // training leaves tens of megabytes that the allocator would keep
  return snapshot;
}

}  // namespace

Result<std::shared_ptr<const knowledge::Snapshot>> snapshot_of_store(storage::Connection& connection,
                                                                     std::shared_ptr<const nlu::Lexicon> lexicon) {
  return built(storage::knowledge_version(connection), storage::published_entries(connection), std::move(lexicon));
}

Result<std::shared_ptr<const knowledge::Snapshot>> Publisher::candidate(const EntryChange& change) {
  std::vector<knowledge::PublishedEntry> entries = current_.get()->entries();
  change(entries);
  return built(current_.get()->version() + 1, std::move(entries), lexicon_);
}

Result<std::int64_t> Publisher::publish(const EntryChange& change,
                                        const std::function<void(storage::Connection&)>& write) {
  const std::lock_guard lock(one_at_a_time_);
  auto next = candidate(change);
  if (!next.ok()) return next.problem();
  const std::int64_t version = (*next)->version();
  commit(store_.ledger(), [&](storage::Connection& connection) {
    write(connection);
    storage::raise_knowledge_version(connection);
  });
  current_.set(*next);
  return version;
}

Result<std::int64_t> Publisher::follow_store() {
  const std::lock_guard lock(one_at_a_time_);
  const std::int64_t known = current_.get()->version();
  std::optional<Result<std::shared_ptr<const knowledge::Snapshot>>> next;
  store_.read([&](storage::Connection& connection) {
    if (storage::knowledge_version(connection) != known) next = snapshot_of_store(connection, lexicon_);
  });
  if (!next) return known;
  if (!next->ok()) return next->problem();
  current_.set(next->value());
  return next->value()->version();
}

}  // namespace sahut::server
