#include "server/state/publisher.hpp"

#include <malloc.h>

#include <optional>

#include "knowledge/built_in_language.hpp"
#include "server/state/city_words_of_store.hpp"
#include "server/state/commit.hpp"
#include "server/state/side_by_side.hpp"
#include "storage/repositories/entries.hpp"

namespace sahut::server {
namespace {

Result<std::shared_ptr<const knowledge::Snapshot>> built(std::int64_t version,
                                                         std::vector<knowledge::PublishedEntry> entries,
                                                         std::shared_ptr<const nlu::Lexicon> lexicon,
                                                         nlu::NormalisedTexts* known_texts) {
  auto snapshot = knowledge::Snapshot::build(version, std::move(entries), knowledge::built_in_language(),
                                             std::move(lexicon), side_by_side, known_texts);
  ::malloc_trim(0);  // training leaves tens of megabytes that the allocator would keep
  return snapshot;
}

}  // namespace

Result<std::shared_ptr<const knowledge::Snapshot>> snapshot_of_store(
    storage::Connection& connection, const std::shared_ptr<const nlu::Lexicon>& built_in) {
  auto lexicon = city_words_of_store(connection, built_in).lexicon();
  if (!lexicon) return lexicon.problem();
  return built(storage::knowledge_version(connection), storage::published_entries(connection),
               std::move(lexicon).value(), nullptr);
}

Result<std::shared_ptr<const knowledge::Snapshot>> Publisher::trained(std::int64_t version,
                                                                      std::vector<knowledge::PublishedEntry> entries,
                                                                      std::shared_ptr<const nlu::Lexicon> lexicon) {
  const std::lock_guard lock(training_);
  return built(version, std::move(entries), std::move(lexicon), &known_texts_);
}

Result<std::shared_ptr<const knowledge::Snapshot>> Publisher::candidate(const EntryChange& change) {
  const auto now = current_.get();
  std::vector<knowledge::PublishedEntry> entries = now->entries();
  change(entries);
  return trained(now->version() + 1, std::move(entries), now->shared_lexicon());
}

std::int64_t Publisher::commit_and_swap(std::shared_ptr<const knowledge::Snapshot> next,
                                        const std::function<void(storage::Connection&)>& write) {
  commit(store_.ledger(), [&](storage::Connection& connection) {
    write(connection);
    storage::raise_knowledge_version(connection);
  });
  const std::int64_t version = next->version();
  current_.set(std::move(next));
  return version;
}

Result<std::int64_t> Publisher::publish(const EntryChange& change,
                                        const std::function<void(storage::Connection&)>& write) {
  const std::lock_guard lock(one_at_a_time_);
  auto next = candidate(change);
  if (!next.ok()) return next.problem();
  return commit_and_swap(std::move(next).value(), write);
}

Result<std::int64_t> Publisher::publish_words(const LexiconChange& change,
                                              const std::function<void(storage::Connection&)>& write) {
  const std::lock_guard lock(one_at_a_time_);
  std::optional<Result<std::shared_ptr<const nlu::Lexicon>>> lexicon;
  store_.read([&](storage::Connection& connection) { lexicon = change(connection); });
  if (!lexicon->ok()) return lexicon->problem();
  const auto now = current_.get();
  auto next = trained(now->version() + 1, now->entries(), lexicon->value());
  if (!next.ok()) return next.problem();
  return commit_and_swap(std::move(next).value(), write);
}

Result<std::int64_t> Publisher::follow_store() {
  const std::lock_guard lock(one_at_a_time_);
  const std::int64_t known = current_.get()->version();
  std::optional<Result<std::shared_ptr<const knowledge::Snapshot>>> next;
  store_.read([&](storage::Connection& connection) {
    if (storage::knowledge_version(connection) != known) next = snapshot_of_store(connection, built_in_);
  });
  if (!next) return known;
  if (!next->ok()) return next->problem();
  current_.set(next->value());
  return next->value()->version();
}

}  // namespace sahut::server
