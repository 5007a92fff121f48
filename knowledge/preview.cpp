#include "knowledge/preview.hpp"

#include <utility>

namespace sahut::knowledge {

std::vector<ChangedReaction> changed_reactions(const Snapshot& before, const Snapshot& after,
                                               const std::vector<PastQuestion>& questions, const React& react) {
  std::vector<ChangedReaction> changed;
  for (const PastQuestion& question : questions) {
    Reaction old = react(before, question.text);
    Reaction fresh = react(after, question.text);
    if (old != fresh) changed.push_back({question, std::move(old), std::move(fresh)});
  }
  return changed;
}

}  // namespace sahut::knowledge
