#include "knowledge/measurement.hpp"

#include <algorithm>

namespace sahut::knowledge {
namespace {

constexpr std::string_view out_of_scope = "oos";

void count(Share& share, bool part) {
  ++share.whole;
  share.part += part ? 1 : 0;
}

bool answers_emergency(const Reaction& reaction) {
  return reaction.action == "answer" &&
         std::ranges::find(emergency_entries, reaction.entry) != std::end(emergency_entries);
}

bool asked_for_a_person(const Reaction& reaction) {
  return reaction.action == "handoff" && reaction.entry.empty();
}

/// An entry marked "always" hands over after its answer: it is answered all the same.
bool answered(const Reaction& reaction) {
  return !reaction.entry.empty() && (reaction.action == "answer" || reaction.action == "handoff");
}

bool is_right(const Reaction& reaction, const std::string& label) {
  if (label == out_of_scope) return !answered(reaction) && !asked_for_a_person(reaction);
  if (label == handoff_label) return asked_for_a_person(reaction);
  if (label == emergency_label) return answers_emergency(reaction);
  return answered(reaction) && reaction.entry == label;
}

}  // namespace

Measurement measure(std::span<const LabelledQuestion> questions,
                    const std::function<Offer(const std::string& text)>& ask) {
  Measurement sum;
  for (const LabelledQuestion& question : questions) {
    const Offer offer = ask(question.text);
    const Reaction& reaction = offer.reaction;
    const bool right = is_right(reaction, question.label);
    const bool offered = std::ranges::find(offer.choices, question.label) != offer.choices.end();
    if (question.label == out_of_scope) {
      count(sum.out_of_scope_quiet, right);
    } else if (question.label == handoff_label) {
      count(sum.handoffs_seen, right);
    } else if (question.label == emergency_label) {
      count(sum.emergencies_seen, right);
    } else {
      count(sum.first_right, right);
      count(sum.right_or_offered, right || offered);
    }
    if (question.label != emergency_label) {
      const bool asked_for = std::ranges::find(emergency_entries, question.label) != std::end(emergency_entries);
      count(sum.calm, asked_for || reaction.entry != emergency_entries[0] || reaction.action != "answer");
    }
    if (answered(reaction)) count(sum.precision, right);
    if (asked_for_a_person(reaction)) count(sum.handoffs_meant, right);
    if (right) continue;
    sum.missed.push_back({question, reaction.action + (reaction.entry.empty() ? "" : " " + reaction.entry), offered});
    if (answered(reaction)) ++sum.confusions[{question.label, reaction.entry}];
  }
  return sum;
}

std::vector<SisterEntries> sister_entries(const Measurement& measurement, std::size_t least) {
  std::map<std::pair<std::string, std::string>, std::size_t> both;
  for (const auto& [pair, times] : measurement.confusions) {
    if (pair.first == out_of_scope || pair.first.starts_with('@')) continue;
    both[std::minmax(pair.first, pair.second)] += times;
  }
  std::vector<SisterEntries> sisters;
  for (const auto& [pair, times] : both) {
    if (times >= least) sisters.push_back({pair.first, pair.second, times});
  }
  std::ranges::stable_sort(sisters, std::ranges::greater{}, &SisterEntries::confused);
  return sisters;
}

}  // namespace sahut::knowledge
