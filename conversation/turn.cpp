#include "conversation/turn.hpp"

#include <algorithm>
#include <utility>

#include "conversation/case_number.hpp"
#include "conversation/typed_choice.hpp"

namespace sahut::conversation {
namespace {

using knowledge::PublishedEntry;
using knowledge::Snapshot;
using knowledge::Understanding;

constexpr std::string_view emergency_entry = "darurat-112";
constexpr std::size_t most_choices = 3;        ///< besides "bukan ini": four buttons are a list on WhatsApp
constexpr double weakest_choice_share = 0.35;  ///< of the best candidate's confidence
constexpr int fallbacks_before_a_person = 2;
constexpr int language_evidence_kept = 12;  ///< words; older evidence fades, so that a thread can change

/// One turn in the making. Its functions are the walk of the decision, from the surest sign to the weakest.
class Turn {
 public:
  Turn(const Thread& before, const InboundMessage& message, const Snapshot& snapshot, const Sentences& sentences,
       std::string_view local_date)
      : message_(message), snapshot_(snapshot), sentences_(sentences), local_date_(local_date), thread_(before) {
    outcome_.memory = before.memory;
    outcome_.receipt.snapshot = snapshot.version();
  }

  Outcome take() {
    if (thread_.owned_by_people) return silent("owned");
    if (!message_.answerable) return silent("not_answerable");
    if (message_.kind == MessageKind::sticker) return silent("sticker");
    if (message_.kind == MessageKind::choice && tapped(message_.choice)) return finish();
    if (message_.kind == MessageKind::choice && message_.text.empty()) {
      fall_back("clarify.expired");
      return finish();
    }
    if (message_.text.empty()) return without_text();
    read_text();
    return finish();
  }

 private:
  // ---- what kind of message is it -----------------------------------------------------------------------------------

  Outcome silent(const char* reason) {
    outcome_.decision = Silence{reason};
    return finish();
  }

  Outcome without_text() {
    const std::string key = "media." + std::string(name_of(message_.kind));
    outcome_.language = outcome_.memory.language.decide();
    if (!sentences_.has(key)) return silent("empty");
    outcome_.decision = Acknowledge{};
    say(key);
    if (message_.kind == MessageKind::audio) offer_person();
    return finish();
  }

  void read_text() {
    understood_ = snapshot_.understand(message_.text);
    decide_language();
    if (const auto number = find_case_number(message_.text)) {
      outcome_.decision = CaseStatus{*number};
      return;
    }
    if (const Choice* choice = typed_choice(message_.text, understood_.utterance, thread_.memory.offered)) {
      if (tapped(choice->value)) return;
    }
    fill_receipt();
    decide();
  }

  void decide_language() {
    nlu::LanguageScore& score = outcome_.memory.language;
    score += nlu::language_score(understood_.utterance, snapshot_.lexicon());
    while (score.id + score.en > language_evidence_kept) score = {score.id / 2, score.en / 2};
    outcome_.language = score.decide();
  }

  // ---- choices ------------------------------------------------------------------------------------------------------

  /// False if the value means nothing here: an old or forged button, whose title is then read as text.
  bool tapped(std::string_view value) {
    if (understood_.utterance.tokens.empty()) outcome_.language = outcome_.memory.language.decide();
    outcome_.receipt.how = "choice";
    if (value == choice_person) {
      outcome_.decision = HandOff{"asked", thread_.memory.last_entry};
      return true;
    }
    if (value == choice_none) {
      outcome_.unanswered = true;
      fall_back("fallback.after_none");
      return true;
    }
    if (value.starts_with(choice_entry_prefix)) {
      value.remove_prefix(choice_entry_prefix.size());
      if (const PublishedEntry* entry = snapshot_.find(value)) {
        outcome_.receipt.confidence = 1;
        answer(*entry, nlu::Facet::none);
        return true;
      }
    }
    outcome_.receipt.how.clear();
    return false;
  }

  // ---- what the words mean ------------------------------------------------------------------------------------------

  void decide() {
    const auto& candidates = understood_.match.candidates;
    const nlu::Thresholds& limits = understood_.match.evidence.thresholds;
    const PublishedEntry* before = snapshot_.find(thread_.memory.last_entry);
    if (understood_.only_facet && before != nullptr && understood_.match.evidence.rule.empty()) {
      outcome_.receipt.how = "follow_up";
      answer(*before, understood_.facet);
      return;
    }
    if (const auto gate = understood_.match.gate) {
      outcome_.receipt.how = "gate";
      answer_label(snapshot_.matcher().label(*gate));
      return;
    }
    const double best = candidates.empty() ? 0 : candidates.front().confidence;
    const double second = candidates.size() < 2 ? 0 : candidates[1].confidence;
    outcome_.receipt.how = understood_.match.evidence.rule.empty() ? "match" : "rule";
    if (best >= limits.answer && best - second >= limits.margin) {
      answer_label(snapshot_.matcher().label(candidates.front().label));
    } else if (best >= limits.clarify) {
      clarify();
    } else {
      outcome_.unanswered = true;
      fall_back("fallback.rephrase");
    }
  }

  void answer_label(const std::string& label) {
    if (label == knowledge::handoff_label) {
      outcome_.decision = HandOff{"asked", thread_.memory.last_entry};
    } else if (label == knowledge::emergency_label) {
      if (const PublishedEntry* entry = snapshot_.find(emergency_entry)) {
        answer(*entry, nlu::Facet::none);
      } else {
        outcome_.decision = HandOff{"emergency", ""};
      }
    } else if (const PublishedEntry* entry = snapshot_.find(label)) {
      answer(*entry, understood_.facet);
    }
  }

  /// The answer in the resident's language; English falls back on Indonesian, which is always written.
  [[nodiscard]] const std::string& words_of(const knowledge::Entry& entry) const {
    const auto wanted = entry.answer.find(outcome_.language == nlu::Language::en ? "en" : "id");
    return wanted != entry.answer.end() ? wanted->second : entry.answer.at("id");
  }

  void answer(const PublishedEntry& published, nlu::Facet facet) {
    const knowledge::Entry& entry = published.entry;
    outcome_.receipt.entry = entry.id;
    outcome_.receipt.revision = published.revision;
    if (!entry.valid_on(local_date_)) {
      outcome_.decision = AskToRephrase{};
      outcome_.memory.offered.clear();
      say("answer.expired", {{"title", entry.title}});
      offer_person();
      return;
    }
    outcome_.memory.fallbacks = 0;
    outcome_.memory.last_entry = entry.id;
    outcome_.memory.offered.clear();
    const auto asked = entry.facets.find(facet);
    // "gmn ngurusnya?" as a first question wants the whole answer; only after it does "caranya?" want the steps alone.
    const bool wants_part = facet != nlu::Facet::procedure || outcome_.receipt.how == "follow_up";
    const bool facet_known = asked != entry.facets.end() && wants_part && outcome_.language == nlu::Language::id;
    if (facet_known) {
      outcome_.receipt.facet = nlu::name_of(facet);
      say("answer.facet", {{"title", entry.title}, {"text", asked->second}});
    } else if (outcome_.receipt.how == "follow_up") {
      say("answer.facet_missing", {{"text", words_of(entry)}});
    } else {
      outcome_.reply = OutboundMessage{.text = words_of(entry), .choices = {}};
    }
    if (entry.handoff == knowledge::HandoffPolicy::always) {
      outcome_.decision = HandOff{"entry_always", entry.id};
      return;
    }
    outcome_.decision = Answer{entry.id, facet_known ? facet : nlu::Facet::none};
    if (entry.handoff == knowledge::HandoffPolicy::offer) offer_person();
  }

  void clarify() {
    const auto& candidates = understood_.match.candidates;
    Clarify decision;
    OutboundMessage question;
    for (const nlu::Candidate& candidate : candidates) {
      if (candidate.confidence < weakest_choice_share * candidates.front().confidence) break;
      const std::string& label = snapshot_.matcher().label(candidate.label);
      if (label == knowledge::handoff_label) {
        question.choices.push_back(
            {sentences_.say(outcome_.language, "answer.more_person"), std::string(choice_person)});
      } else {
        const PublishedEntry* entry =
            snapshot_.find(label == knowledge::emergency_label ? emergency_entry : std::string_view(label));
        if (entry == nullptr || !entry->entry.valid_on(local_date_)) continue;
        const std::string value = std::string(choice_entry_prefix) + entry->entry.id;
        const bool there = std::any_of(question.choices.begin(), question.choices.end(),
                                       [&](const Choice& choice) { return choice.value == value; });
        if (there) continue;
        decision.entries.push_back(entry->entry.id);
        question.choices.push_back({entry->entry.title, value});
      }
      if (question.choices.size() == most_choices) break;
    }
    if (question.choices.empty()) {
      outcome_.unanswered = true;
      fall_back("fallback.rephrase");
      return;
    }
    question.text = sentences_.say(outcome_.language, question.choices.size() == 1 ? "clarify.one" : "clarify.many");
    question.choices.push_back({sentences_.say(outcome_.language, "clarify.none"), std::string(choice_none)});
    outcome_.memory.offered = question.choices;
    outcome_.reply = std::move(question);
    outcome_.decision = std::move(decision);
  }

  void fall_back(const char* key) {
    outcome_.memory.offered.clear();
    outcome_.memory.fallbacks += 1;
    if (outcome_.memory.fallbacks >= fallbacks_before_a_person) {
      say("handoff.after_fallback");
      outcome_.decision = HandOff{"two_fallbacks", thread_.memory.last_entry};
      return;
    }
    outcome_.decision = AskToRephrase{};
    say(key);
    offer_person();
  }

  // ---- words and papers ---------------------------------------------------------------------------------------------

  void say(std::string_view key, Filling filling = {}) {
    outcome_.reply = OutboundMessage{.text = sentences_.say(outcome_.language, key, filling), .choices = {}};
  }

  void offer_person() {
    Choice person{sentences_.say(outcome_.language, "answer.more_person"), std::string(choice_person)};
    outcome_.memory.offered = {person};
    outcome_.reply->choices.push_back(std::move(person));
  }

  void fill_receipt() {
    Receipt& receipt = outcome_.receipt;
    receipt.evidence = understood_.match.evidence;
    if (understood_.match.candidates.empty()) return;
    const nlu::Candidate& best = understood_.match.candidates.front();
    receipt.confidence = best.confidence;
    receipt.evidence = snapshot_.matcher().explain(understood_.utterance, best.label);
    receipt.evidence.rule = understood_.match.evidence.rule;
    for (const nlu::Candidate& candidate : understood_.match.candidates) {
      receipt.candidates.push_back({snapshot_.matcher().label(candidate.label), candidate.confidence});
    }
  }

  Outcome finish() {
    if (std::holds_alternative<HandOff>(outcome_.decision)) {
      outcome_.memory.fallbacks = 0;
      outcome_.memory.offered.clear();
    }
    outcome_.receipt.action = action_name(outcome_.decision);
    return std::move(outcome_);
  }

  const InboundMessage& message_;
  const Snapshot& snapshot_;
  const Sentences& sentences_;
  std::string_view local_date_;
  const Thread& thread_;
  Understanding understood_;
  Outcome outcome_;
};

}  // namespace

std::string_view action_name(const Decision& decision) {
  struct Name {
    std::string_view operator()(const Answer&) const { return "answer"; }
    std::string_view operator()(const Clarify&) const { return "clarify"; }
    std::string_view operator()(const AskToRephrase&) const { return "fallback"; }
    std::string_view operator()(const HandOff&) const { return "handoff"; }
    std::string_view operator()(const CaseStatus&) const { return "status"; }
    std::string_view operator()(const Acknowledge&) const { return "acknowledge"; }
    std::string_view operator()(const Silence&) const { return "silence"; }
  };
  return std::visit(Name{}, decision);
}

Outcome take_turn(const Thread& before, const InboundMessage& message, const Snapshot& snapshot,
                  const Sentences& sentences, std::string_view local_date) {
  return Turn(before, message, snapshot, sentences, local_date).take();
}

}  // namespace sahut::conversation
