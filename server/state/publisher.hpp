// Publishing: the next snapshot is built off the request path, the change is committed, and only then do residents get
// it. One publication after another; a change that cannot be built is refused whole.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "knowledge/snapshot.hpp"
#include "server/state/current.hpp"
#include "storage/connection.hpp"
#include "storage/store.hpp"
#include "values/problem.hpp"
#include "values/time.hpp"

namespace sahut::server {

/// The snapshot of what the store has published, read with the words of its city besides the built-in ones. A Problem
/// only if the stored entries cannot be compiled.
[[nodiscard]] Result<std::shared_ptr<const knowledge::Snapshot>> snapshot_of_store(
    storage::Connection& connection, const std::shared_ptr<const nlu::Lexicon>& built_in);

/// Entries as they would be published after a change: `change` is given what is published now.
using EntryChange = std::function<void(std::vector<knowledge::PublishedEntry>&)>;

/// The lexicon as a change would make it, from the city's words in the store; a Problem refuses the change.
using LexiconChange = std::function<Result<std::shared_ptr<const nlu::Lexicon>>(storage::Connection&)>;

class Publisher {
 public:
  Publisher(storage::Store& store, Current<knowledge::Snapshot>& current, std::shared_ptr<const nlu::Lexicon> built_in)
      : store_(store), current_(current), built_in_(std::move(built_in)) {}

  /// Builds what would be published, without publishing it (P6: the preview).
  [[nodiscard]] Result<std::shared_ptr<const knowledge::Snapshot>> candidate(const EntryChange& change);

  /// Builds, commits with `write` (which writes the revisions inside a step) and swaps. Blocks for the build and one
  /// commit: never on an I/O thread. Throws what `write` throws; then nothing changed.
  [[nodiscard]] Result<std::int64_t> publish(const EntryChange& change,
                                             const std::function<void(storage::Connection&)>& write);

  /// The same for a change of the city's words: all entries are trained again, read with the lexicon that `change`
  /// makes.
  [[nodiscard]] Result<std::int64_t> publish_words(const LexiconChange& change,
                                                   const std::function<void(storage::Connection&)>& write);

  /// The lexicon without any city's words.
  [[nodiscard]] const std::shared_ptr<const nlu::Lexicon>& built_in_lexicon() const { return built_in_; }

  /// Takes over what another process published meanwhile (`sahut knowledge import` beside a running server); nothing
  /// happens if the store's version is the current one. Blocks for the build.
  [[nodiscard]] Result<std::int64_t> follow_store();

 private:
  /// Previews and edits are trained one after another: each has all processors, and knows the texts of the one before.
  [[nodiscard]] Result<std::shared_ptr<const knowledge::Snapshot>> trained(
      std::int64_t version, std::vector<knowledge::PublishedEntry> entries,
      std::shared_ptr<const nlu::Lexicon> lexicon);
  std::int64_t commit_and_swap(std::shared_ptr<const knowledge::Snapshot> next,
                               const std::function<void(storage::Connection&)>& write);

  storage::Store& store_;
  Current<knowledge::Snapshot>& current_;
  std::shared_ptr<const nlu::Lexicon> built_in_;
  std::mutex one_at_a_time_;
  std::mutex training_;
  nlu::NormalisedTexts known_texts_;  ///< guarded by training_
};

}  // namespace sahut::server
