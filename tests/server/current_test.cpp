#include "server/state/current.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "knowledge/built_in_language.hpp"
#include "knowledge/snapshot.hpp"
#include "nlu/default_lexicon.hpp"

namespace sahut::server {
namespace {

/// A snapshot whose only entry is called after its version.
std::shared_ptr<const knowledge::Snapshot> snapshot_of(std::int64_t version) {
  knowledge::Entry entry;
  entry.id = "ktp-" + std::to_string(version);
  entry.title = "KTP hilang";
  entry.examples = {"ktp saya hilang", "ktp ilang gimana ngurusnya"};
  entry.answer["id"] = "Datang ke Disdukcapil.";
  auto built = knowledge::Snapshot::build(version, {{entry, 1}}, {}, nlu::default_lexicon());
  return built.ok() ? built.value() : nullptr;
}

TEST(Current, a_swap_under_load_drops_no_question_and_never_mixes_two_snapshots) {
  constexpr int readers = 3;
  constexpr int questions = 400;
  const std::vector<std::shared_ptr<const knowledge::Snapshot>> versions = {snapshot_of(1), snapshot_of(2)};
  Current<knowledge::Snapshot> current(versions[0]);
  std::atomic<int> answered = 0;
  std::atomic<int> at_work = readers;
  std::vector<std::thread> threads;
  for (int i = 0; i < readers; ++i) {
    threads.emplace_back([&] {
      for (int q = 0; q < questions; ++q) {
        const auto city = current.get();
        const knowledge::Understanding understood = city->understand("min ktp ilang");
        const auto& candidates = understood.match.candidates;
        const bool right = !candidates.empty() &&
                           city->matcher().label(candidates.front().label) == "ktp-" + std::to_string(city->version());
        if (right) ++answered;
      }
      --at_work;
    });
  }
  for (std::size_t swap = 0; at_work > 0; ++swap) current.set(versions[swap % versions.size()]);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(answered, readers * questions);
}

}  // namespace
}  // namespace sahut::server
