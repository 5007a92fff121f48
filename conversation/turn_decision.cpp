// What is decided, and how it is said.
#include <algorithm>
#include <utility>

#include "conversation/turn_walk.hpp"

namespace sahut::conversation {
namespace {

constexpr std::string_view emergency_entry = "darurat-112";
constexpr std::size_t most_choices = 3;        ///< besides "bukan ini": four buttons are a list on WhatsApp
constexpr double weakest_choice_share = 0.35;  ///< of the best candidate's confidence
constexpr int fallbacks_before_a_person = 2;
constexpr double insult_outweighs = 0.5;  ///< confidence under which an insult is the better understood part

/// At most `bytes` of a text, cut between characters.
std::string shortened(const std::string& text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  std::size_t end = bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

}  // namespace

void Turn::decide(const Reading& reading, nlu::Facet facet) {
  if (reading.sure()) {
    remember_question(reading.text, true);
    answer_label(reading.label, facet);
  } else if (has_abuse(words_) && reading.best() < insult_outweighs) {
    calm();
  } else if (reading.sureness == Sureness::unsure) {
    remember_question(reading.text, false);
    clarify(reading);
  } else {
    remember_question(reading.text, false);
    outcome_.question = reading.text;
    fall_back("fallback.rephrase");
  }
}

void Turn::answer_label(std::string_view label, nlu::Facet facet) {
  if (label == knowledge::handoff_label) {
    hand_off("asked", handoff_topic());
  } else if (label == knowledge::emergency_label) {
    answer_emergency();
  } else if (const knowledge::PublishedEntry* entry = snapshot_.find(label)) {
    answer(*entry, facet);
  }
}

void Turn::answer_emergency() {
  outcome_.urgent = true;
  const knowledge::PublishedEntry* entry = snapshot_.find(emergency_entry);
  if (entry != nullptr && entry->entry.valid_on(local_date_)) {
    answer(*entry, nlu::Facet::none);
    return;
  }
  say("emergency.call");
  hand_off("emergency", "");
}

void Turn::answer(const knowledge::PublishedEntry& published, nlu::Facet facet, Manner manner) {
  if (expired(published)) return;
  const knowledge::Entry& entry = published.entry;
  ReplyWriter::Told told = writer().answer(entry, facet, manner);
  // The whole answer again would not say more than a moment ago.
  const BotMemory& before = thread_.memory;
  const bool told_already = before.last_entry == entry.id && before.last_facet == nlu::Facet::none;
  if (manner == Manner::follow_up && told.facet == nlu::Facet::none && told_already) {
    outcome_.receipt.entry = entry.id;
    outcome_.receipt.revision = published.revision;
    outcome_.question = entry.title + ": " + plain_;
    fall_back("answer.no_facet");
    outcome_.memory.asked_yes_no = !outcome_.memory.offered.empty();
    return;
  }
  outcome_.receipt.entry = entry.id;
  outcome_.receipt.revision = published.revision;
  outcome_.receipt.facet = told.facet == nlu::Facet::none ? "" : nlu::name_of(told.facet);
  became_subject(published, told.facet);
  outcome_.reply = OutboundMessage{.text = std::move(told.text), .choices = {}};
  if (entry.handoff == knowledge::HandoffPolicy::always) {
    hand_off("entry_always", entry.id);
    return;
  }
  outcome_.decision = Answer{entry.id, told.facet};
  if (entry.handoff == knowledge::HandoffPolicy::offer) offer_person();
}

void Turn::answer_two(const QuestionParts& asked) {
  const QuestionPart& one = asked.parts[0];
  const QuestionPart& two = asked.parts[1];
  const knowledge::PublishedEntry& first = *snapshot_.find(one.entry);
  const knowledge::PublishedEntry& second = *snapshot_.find(two.entry);
  note(reading_, "two_questions");
  remember_question(plain_, true);
  if (expired(first) || expired(second)) return;
  const auto told = [&](const knowledge::PublishedEntry& published, nlu::Facet facet) {
    return writer().answer(published.entry, facet, Manner::question).facet;
  };
  Receipt& receipt = outcome_.receipt;
  receipt.entry = one.entry;
  receipt.revision = first.revision;
  const nlu::Facet first_facet = told(first, one.facet);
  receipt.facet = first_facet == nlu::Facet::none ? "" : nlu::name_of(first_facet);
  receipt.second = QuestionPart{two.entry, told(second, two.facet)};
  receipt.second_revision = second.revision;
  // What was read last is what "biayanya?" refers to.
  became_subject(second, receipt.second->facet);
  outcome_.reply = writer().two_answers({first.entry, one.facet}, {second.entry, two.facet}, asked.parts.size() > 2);
  outcome_.memory.offered = outcome_.reply->choices;
  for (const auto* published : {&first, &second}) {
    if (published->entry.handoff != knowledge::HandoffPolicy::always) continue;
    hand_off("entry_always", published->entry.id);
    return;
  }
  outcome_.decision = Answer{one.entry, first_facet, receipt.second};
  const bool offers =
      first.entry.handoff == knowledge::HandoffPolicy::offer || second.entry.handoff == knowledge::HandoffPolicy::offer;
  if (offers) offer_person();
}

/// True if the entry may not be told today; says so.
bool Turn::expired(const knowledge::PublishedEntry& published) {
  if (published.entry.valid_on(local_date_)) return false;
  outcome_.receipt.entry = published.entry.id;
  outcome_.receipt.revision = published.revision;
  outcome_.decision = AskToRephrase{};
  outcome_.memory.offered.clear();
  say("answer.expired", {{"title", published.entry.title}});
  offer_person();
  outcome_.memory.asked_yes_no = true;
  return true;
}

void Turn::became_subject(const knowledge::PublishedEntry& published, nlu::Facet facet) {
  BotMemory& memory = outcome_.memory;
  memory.fallbacks = 0;
  memory.offered.clear();
  memory.asked_yes_no = false;
  if (!keeps_refused_) memory.refused.clear();
  // "Who are you?" has no fee; what was talked about before stays the subject.
  if (published.entry.facets.empty()) return;
  memory.last_entry = published.entry.id;
  memory.last_facet = facet;
}

/// A title or keyword of the entry has a word of the message: short of anything likelier it is worth a line.
bool Turn::names_it(const Reading& reading, std::uint32_t label) const {
  return label < snapshot_.matcher().label_count() &&
         !snapshot_.matcher().explain(reading.understood.utterance, label).keywords.empty();
}

void Turn::clarify(const Reading& reading) {
  const bool again = offered_entries();
  Clarify decision;
  OutboundMessage question;
  bool person = false;
  for (const nlu::Candidate& candidate : reading.candidates) {
    if (candidate.confidence < weakest_choice_share * reading.best() && !names_it(reading, candidate.label)) continue;
    const std::string& label = snapshot_.matcher().label(candidate.label);
    if (label == knowledge::handoff_label) {
      person = true;
      question.choices.push_back(writer().person_choice());
    } else {
      const knowledge::PublishedEntry* entry =
          snapshot_.find(label == knowledge::emergency_label ? emergency_entry : std::string_view(label));
      if (entry == nullptr || !entry->entry.valid_on(local_date_)) continue;
      const Choice choice = writer().entry_choice(entry->entry);
      if (std::find(question.choices.begin(), question.choices.end(), choice) != question.choices.end()) continue;
      decision.entries.push_back(entry->entry.id);
      question.choices.push_back(choice);
    }
    if (question.choices.size() == most_choices) break;
  }
  if (question.choices.empty()) {
    outcome_.question = reading.text;
    fall_back("fallback.rephrase");
    return;
  }
  const bool one = question.choices.size() == 1;
  question.text = sentences_.say(outcome_.language, one ? "clarify.one" : "clarify.many");
  // Asked back twice in a row: somebody who can be asked anything is the better choice.
  if (again && !person) question.choices.push_back(writer().person_choice());
  question.choices.push_back(writer().none_choice());
  outcome_.memory.offered = question.choices;
  outcome_.memory.asked_yes_no = one;
  outcome_.reply = std::move(question);
  outcome_.decision = std::move(decision);
}

/// "ya" to several choices: the same question once more.
void Turn::offer_again() {
  Clarify decision;
  for (const Choice& choice : thread_.memory.offered) {
    if (is_entry(choice)) decision.entries.push_back(choice.value.substr(choice_entry_prefix.size()));
  }
  outcome_.receipt.how = "choice";
  outcome_.decision = std::move(decision);
  outcome_.reply =
      OutboundMessage{.text = sentences_.say(outcome_.language, "clarify.many"), .choices = thread_.memory.offered};
}

void Turn::fall_back(const char* key) {
  outcome_.unanswered = !outcome_.question.empty();
  outcome_.memory.offered.clear();
  outcome_.memory.asked_yes_no = false;
  outcome_.memory.fallbacks += 1;
  if (outcome_.memory.fallbacks >= fallbacks_before_a_person) {
    say("handoff.after_fallback");
    hand_off("two_fallbacks", thread_.memory.last_entry);
    return;
  }
  outcome_.decision = AskToRephrase{};
  say(key);
  offer_person();
}

void Turn::hand_off(const char* reason, std::string_view topic) {
  outcome_.decision = HandOff{reason, std::string(topic)};
}

/// An insult is answered once, calmly, with a way to a person.
void Turn::calm() {
  outcome_.decision = SmallTalk{SmallTalkKind::abuse};
  outcome_.memory.offered.clear();
  say("small_talk.abuse");
  offer_person();
  outcome_.memory.asked_yes_no = true;
}

void Turn::remember_question(const std::string& text, bool answered) {
  outcome_.memory.question = {shortened(text, longest_question), message_.sent_at, answered};
}

void Turn::note(const Reading& reading, const char* how) {
  Receipt& receipt = outcome_.receipt;
  receipt.how = how;
  receipt.matched_text = reading.text == message_.text ? "" : reading.text;
  receipt.candidates.clear();
  receipt.evidence = reading.understood.match.evidence;
  if (reading.candidates.empty()) return;
  const nlu::Candidate& best = reading.candidates.front();
  receipt.confidence = best.confidence;
  receipt.evidence = snapshot_.matcher().explain(reading.understood.utterance, best.label);
  receipt.evidence.rule = reading.understood.match.evidence.rule;
  receipt.evidence.background = reading.understood.match.evidence.background;
  for (const nlu::Candidate& candidate : reading.candidates) {
    receipt.candidates.push_back({snapshot_.matcher().label(candidate.label), candidate.confidence});
  }
}

void Turn::say(std::string_view key, Filling filling) {
  outcome_.reply = OutboundMessage{.text = sentences_.say(outcome_.language, key, filling), .choices = {}};
}

void Turn::offer_person() {
  Choice person = writer().person_choice();
  outcome_.memory.offered.push_back(person);
  outcome_.reply->choices.push_back(std::move(person));
}

}  // namespace sahut::conversation
