#include "conversation/turn.hpp"

#include <algorithm>
#include <utility>

#include "conversation/case_number.hpp"
#include "conversation/personal_data.hpp"
#include "conversation/turn_walk.hpp"

namespace sahut::conversation {
namespace {

constexpr std::int64_t comfort_lasts_ms = 10LL * 60 * 1000;
constexpr double sure_courtesy = 0.97;      ///< a courtesy this sure is not looked behind for an unsure question
constexpr int language_evidence_kept = 12;  ///< words; older evidence fades, so that a thread can change

/// Texts that are read; the title of a tapped choice is not the resident's own words.
bool speaks(const InboundMessage& message) {
  return message.answerable && !message.text.empty() && message.kind != MessageKind::choice &&
         message.kind != MessageKind::sticker;
}

}  // namespace

Turn::Turn(const Thread& before, const InboundMessage& message, const knowledge::Snapshot& snapshot,
           const Sentences& sentences, std::string_view local_date)
    : message_(message),
      snapshot_(snapshot),
      sentences_(sentences),
      local_date_(local_date),
      thread_(before),
      words_("", snapshot.lexicon()) {
  outcome_.memory = before.memory;
  outcome_.receipt.snapshot = snapshot.version();
}

Outcome Turn::take() {
  Outcome usual = walk();
  return thread_.waits_for_people ? while_waiting(std::move(usual)) : usual;
}

/// Keeps what is sure; a question back, a second case or an apology would only stand in the officer's way.
Outcome Turn::while_waiting(Outcome usual) const {
  const Decision& decided = usual.decision;
  const bool sure = std::holds_alternative<Answer>(decided) || std::holds_alternative<TellSource>(decided) ||
                    std::holds_alternative<CaseStatus>(decided);
  if (sure || std::holds_alternative<Silence>(decided)) return usual;
  Outcome outcome;
  outcome.language = usual.language;
  outcome.urgent = usual.urgent;
  outcome.receipt = std::move(usual.receipt);
  outcome.memory = std::move(usual.memory);
  outcome.memory.offered.clear();
  outcome.memory.fallbacks = 0;
  const bool lately =
      outcome.memory.comforted_at.known() && message_.sent_at.ms_since(outcome.memory.comforted_at) < comfort_lasts_ms;
  if (lately || std::holds_alternative<SmallTalk>(decided)) {
    outcome.decision = Silence{"waiting"};
  } else {
    outcome.decision = Acknowledge{};
    outcome.memory.comforted_at = message_.sent_at;
    outcome.reply = OutboundMessage{.text = sentences_.say(outcome.language, "handoff.still_waiting"), .choices = {}};
  }
  outcome.receipt.action = action_name(outcome.decision);
  return outcome;
}

Outcome Turn::walk() {
  if (thread_.owned_by_people) {
    if (speaks(message_)) {
      const Reading heard = read(without_personal_data(message_.text, lexicon()).text, snapshot_);
      outcome_.urgent = alarm_of(heard, snapshot_) == Alarm::certain;
    }
    return silent("owned");
  }
  if (!message_.answerable) return silent("not_answerable");
  if (message_.kind == MessageKind::sticker) return silent("sticker");
  if (message_.kind == MessageKind::choice) {
    outcome_.language = outcome_.memory.language.decide();
    if (tapped(message_.choice)) return finish();
    if (message_.text.empty()) {
      fall_back("clarify.expired");
      return finish();
    }
  }
  if (message_.text.empty()) return without_text();
  read_text();
  return finish();
}

Outcome Turn::silent(const char* reason) {
  outcome_.decision = Silence{reason};
  outcome_.receipt.action = action_name(outcome_.decision);
  return std::move(outcome_);
}

Outcome Turn::without_text() {
  const std::string key = "media." + std::string(name_of(message_.kind));
  outcome_.language = outcome_.memory.language.decide();
  if (!sentences_.has(key)) return silent("empty");
  outcome_.decision = Acknowledge{};
  outcome_.memory.offered.clear();
  if (message_.kind == MessageKind::location && !thread_.place.empty()) {
    say("media.location_at", {{"place", thread_.place}});
  } else {
    say(key);
  }
  if (is_file(message_.kind)) offer_person();
  // Only the sentence about a voice note asks whether.
  outcome_.memory.asked_yes_no = message_.kind == MessageKind::audio;
  return finish();
}

void Turn::read_text() {
  Impersonal impersonal = without_personal_data(message_.text, lexicon());
  plain_ = std::move(impersonal.text);
  personal_ = impersonal.removed;
  words_ = CuedText(plain_, lexicon());
  reading_ = read(plain_, snapshot_);
  decide_language();
  if (started() || without_words()) return;
  parts_ = parts_of(words_, reading_, thread_.memory.last_entry, snapshot_);
  if (emergency() || case_number() || chosen_by_typing() || source_asked() || corrected() || small_talk()) return;
  question();
}

/// What asks for something, from the most that the message says by itself to the most that the thread must add.
void Turn::question() {
  const knowledge::PublishedEntry* entry = reading_.sure() ? snapshot_.find(reading_.label) : nullptr;
  if (!reading_.sure() || (entry != nullptr && is_small_talk(*entry, snapshot_))) {
    Reading bare = read(without_small_talk(words_), snapshot_);
    const bool false_alarm = alarm_of(bare, snapshot_) == Alarm::certain && !is_plain_emergency(bare);
    // "pagi min, soal zonasi" asks beside its greeting; "terima kasih, sangat jelas" does not.
    const bool asks_more = entry != nullptr ? bare.sure() || reading_.best() < sure_courtesy : better(bare, reading_);
    if (!false_alarm && asks_more) reading_ = std::move(bare);
  }
  if (personal_) {  // "NIK 6471…, ktp hilang": the word beside the number steers no more than the number
    const Impersonal impersonal = without_personal_data(message_.text, lexicon(), NumberWord::drop);
    Reading bare = read(without_small_talk(CuedText(impersonal.text, lexicon())), snapshot_);
    if (better(bare, reading_)) reading_ = std::move(bare);
  }
  if (parts_.parts.size() >= 2) {
    answer_two(parts_);
    return;
  }
  if (parts_.agreed && !reading_.sure()) {
    note(reading_, "part");
    remember_question(plain_, true);
    answer(*snapshot_.find(parts_.parts[0].entry), parts_.parts[0].facet);
    return;
  }
  // What may be an emergency is not explained away by what was said before.
  const bool by_context = (!maybe_emergency_ && pieces_joined()) || followed_up() ||
                          (!maybe_emergency_ && (asked_for_another() || one_of_the_offered()));
  if (by_context) return;
  const bool left_open = !reading_.sure();
  reading_ = settled_by_service(std::move(reading_), snapshot_);
  const char* by_words = reading_.understood.match.evidence.rule.empty() ? "match" : "rule";
  note(reading_, left_open && reading_.sure() ? "service_and_facet" : by_words);
  // Of two things asked the piece that names the entry says which belongs to it.
  const bool by_piece = parts_.parts.size() == 1 && parts_.parts[0].entry == reading_.label;
  const nlu::Facet facet = by_piece ? parts_.parts[0].facet : nlu::Facet::none;
  decide(reading_, facet == nlu::Facet::none ? reading_.understood.facet : facet);
}

/// What Telegram sends when somebody opens the bot or asks it for help; a link of an office says which.
bool Turn::started() {
  const bool opens = message_.text == "/start" || message_.text == "/help" || message_.text == "/bantuan";
  if (!opens) return false;
  if (!thread_.office.empty()) {
    outcome_.decision = SmallTalk{SmallTalkKind::greeting};
    chatted_ = SmallTalkKind::greeting;
    say("start.office", {{"office", thread_.office}});
    return true;
  }
  if (reading_.sure()) return false;  // the city has words of its own for it
  answer_small_talk(SmallTalkKind::greeting);
  return true;
}

/// Signs, emoji, or nothing but a number that names a person.
bool Turn::without_words() {
  if (!words_.empty()) return false;
  if (personal_) {
    outcome_.decision = AskToRephrase{};
    say("fallback.only_number");
    return true;
  }
  const bool asks = plain_.find('?') != std::string::npos;
  const bool met = !thread_.memory.last_entry.empty() || thread_.memory.small_talk != SmallTalkKind::none;
  answer_small_talk(asks || !met ? SmallTalkKind::greeting : SmallTalkKind::acknowledgement);
  return true;
}

/// Before everything else, whatever else the message says.
bool Turn::emergency() {
  if (only_small_talk(words_) != SmallTalkKind::none) return false;
  const Alarm alarm = std::max(parts_.alarm, alarm_of(reading_, snapshot_));
  maybe_emergency_ = alarm == Alarm::likely;
  if (alarm != Alarm::certain) return false;
  note(reading_, "emergency");
  answer_emergency();
  return true;
}

bool Turn::case_number() {
  const auto number = find_case_number(message_.text);
  if (number) outcome_.decision = CaseStatus{*number};
  return number.has_value();
}

bool Turn::small_talk() {
  const SmallTalkKind kind = declined() ? SmallTalkKind::acknowledgement : only_small_talk(words_);
  if (kind == SmallTalkKind::none) return false;
  if (kind == SmallTalkKind::abuse) {
    calm();
    return true;
  }
  answer_small_talk(kind);
  return true;
}

void Turn::answer_small_talk(SmallTalkKind kind) {
  const SmallTalkKind before = thread_.memory.small_talk;
  chatted_ = kind;
  // Two machines thanking each other would never end, and people don't need the second "sama-sama" either.
  const bool said = kind == before || (kind == SmallTalkKind::acknowledgement && before != SmallTalkKind::none);
  if (said && kind != SmallTalkKind::greeting) {
    chatted_ = before;
    outcome_.decision = Silence{"small_talk"};
    return;
  }
  note(reading_, "small_talk");
  const knowledge::PublishedEntry* entry = small_talk_entry(kind, snapshot_);
  if (entry == nullptr || !entry->entry.valid_on(local_date_)) {
    outcome_.decision = SmallTalk{kind};
    say("small_talk." + std::string(name_of(kind)));
    return;
  }
  outcome_.receipt.entry = entry->entry.id;
  outcome_.receipt.revision = entry->revision;
  outcome_.decision = Answer{entry->entry.id, nlu::Facet::none};
  outcome_.reply =
      OutboundMessage{.text = writer().answer(entry->entry, nlu::Facet::none, Manner::question).text, .choices = {}};
}

void Turn::decide_language() {
  nlu::LanguageScore& score = outcome_.memory.language;
  score += nlu::language_score(reading_.understood.utterance, lexicon());
  while (score.id + score.en > language_evidence_kept) score = {score.id / 2, score.en / 2};
  outcome_.language = score.decide();
}

Outcome Turn::finish() {
  BotMemory& memory = outcome_.memory;
  if (std::holds_alternative<HandOff>(outcome_.decision)) {
    memory.fallbacks = 0;
    memory.offered.clear();
    memory.asked_yes_no = false;
  }
  memory.small_talk = chatted_;
  // Whoever is in danger reads the number first, whoever is not reads on.
  if (maybe_emergency_ && outcome_.reply) {
    outcome_.reply->text = sentences_.say(outcome_.language, "emergency.perhaps", {{"text", outcome_.reply->text}});
  }
  outcome_.receipt.action = action_name(outcome_.decision);
  return std::move(outcome_);
}

std::string_view action_name(const Decision& decision) {
  struct Name {
    std::string_view operator()(const Answer&) const { return "answer"; }
    std::string_view operator()(const Clarify&) const { return "clarify"; }
    std::string_view operator()(const TellSource&) const { return "source"; }
    std::string_view operator()(const SmallTalk&) const { return "small_talk"; }
    std::string_view operator()(const AskToRephrase&) const { return "fallback"; }
    std::string_view operator()(const HandOff&) const { return "handoff"; }
    std::string_view operator()(const CaseStatus&) const { return "status"; }
    std::string_view operator()(const Acknowledge&) const { return "acknowledge"; }
    std::string_view operator()(const Silence&) const { return "silence"; }
  };
  return std::visit(Name{}, decision);
}

Outcome take_turn(const Thread& before, const InboundMessage& message, const knowledge::Snapshot& snapshot,
                  const Sentences& sentences, std::string_view local_date) {
  return Turn(before, message, snapshot, sentences, local_date).take();
}

}  // namespace sahut::conversation
