// What an edit would change: past questions asked of the knowledge as it is and as it would be.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "knowledge/snapshot.hpp"

namespace sahut::knowledge {

/// A question residents asked, and how often.
struct PastQuestion {
  std::string text;
  std::int64_t count = 1;
};

/// What a question gets: "answer" with an entry, "clarify", "fallback" or "handoff".
struct Reaction {
  std::string action;
  std::string entry;
  bool operator==(const Reaction&) const = default;
};

struct ChangedReaction {
  PastQuestion question;
  Reaction before;
  Reaction after;
};

/// The reaction to one question on its own, without a conversation around it.
using React = std::function<Reaction(const Snapshot&, const std::string&)>;

[[nodiscard]] std::vector<ChangedReaction> changed_reactions(const Snapshot& before, const Snapshot& after,
                                                             const std::vector<PastQuestion>& questions,
                                                             const React& react);

}  // namespace sahut::knowledge
