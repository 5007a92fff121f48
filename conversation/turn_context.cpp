// What the thread says about a message: choices, corrections, pieces of one question, follow-ups.
#include <algorithm>
#include <array>
#include <utility>

#include "conversation/follow_up.hpp"
#include "conversation/turn_walk.hpp"

namespace sahut::conversation {
namespace {

/// Messages this far apart may be pieces of one question.
constexpr std::int64_t pieces_within_ms = 2 * 60 * 1000;
/// Messages of more words say by themselves what they are about.
constexpr std::size_t follow_up_words_max = 7;
constexpr std::size_t instead_words_max = 6;
/// … and so does one with more words than this beside the facet's, or with any if it may be an emergency.
constexpr int other_words_max = 1;

/// Of an entry that is about just the side that was asked for; one word ("diwakilkan") need not be surer.
constexpr double aspect_entry_min = 0.8;

/// Confidence of what a word alone ("kk") may mean before the last question is asked which of it.
constexpr double points_at_least = 0.2;

bool only_of(const CuedText& words, Cue kind) {
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t found = std::max(words.match(kind, at), words.match(Cue::address, at));
    if (found == 0) return false;
    at += found;
  }
  return !words.empty();
}

}  // namespace

bool Turn::offered_entries() const {
  return std::any_of(thread_.memory.offered.begin(), thread_.memory.offered.end(), is_entry);
}

/// False if the value means nothing here: an old or forged button, whose title is then read as text.
bool Turn::tapped(std::string_view value) {
  outcome_.receipt.how = "choice";
  if (value == choice_person) {
    hand_off("asked", thread_.memory.last_entry);
    return true;
  }
  if (value == choice_none) {
    outcome_.question = thread_.memory.question.text;
    refuse_what_we_said({.denied = true, .meant = {}});
    fall_back("fallback.after_none");
    return true;
  }
  if (value.starts_with(choice_entry_prefix)) {
    value.remove_prefix(choice_entry_prefix.size());
    if (const knowledge::PublishedEntry* entry = snapshot_.find(value)) {
      outcome_.receipt.confidence = 1;
      outcome_.memory.question.answered = !outcome_.memory.question.text.empty();
      answer(*entry, nlu::Facet::none);
      return true;
    }
  }
  outcome_.receipt.how.clear();
  return false;
}

/// The same words once more choose nothing: "kk" / "KK hilang, pisah KK …?" / "kk".
bool Turn::repeats_itself() const {
  return words_.rest_from(0) == CuedText(thread_.memory.question.text, lexicon()).rest_from(0);
}

bool Turn::chosen_by_typing() {
  const std::vector<Choice>& offered = thread_.memory.offered;
  const bool only_number = names_number(plain_);
  if (offered.empty() && !only_number) return false;
  const Choice* choice = repeats_itself() ? nullptr : typed_choice(plain_, offered, lexicon());
  if (choice != nullptr) return tapped(choice->value);
  if (only_number) {
    outcome_.receipt.how = "choice";
    fall_back("clarify.expired");
    return true;
  }
  if (only_of(words_, Cue::yes) && thread_.memory.asked_yes_no) return tapped(offered.front().value);
  if (only_of(words_, Cue::yes) && offered_entries()) {
    offer_again();
    return true;
  }
  // "boleh", "mau": after an answer only the person is left to say yes to. "ya" and "oke" just take note.
  const bool wants_person = only_of(words_, Cue::yes) && only_small_talk(words_) == SmallTalkKind::none;
  if (wants_person && offered.front().value == choice_person) return tapped(choice_person);
  const bool none_offered = offered.back().value == choice_none;
  return only_of(words_, Cue::no) && none_offered && tapped(choice_none);
}

/// "tidak" to the offer of a person.
bool Turn::declined() const {
  return !thread_.memory.offered.empty() && only_of(words_, Cue::no);
}

bool Turn::source_asked() {
  const knowledge::PublishedEntry* subject = snapshot_.find(thread_.memory.last_entry);
  if (subject == nullptr || !asks_source(words_)) return false;
  outcome_.receipt.how = "follow_up";
  outcome_.receipt.entry = subject->entry.id;
  outcome_.receipt.revision = subject->revision;
  outcome_.decision = TellSource{subject->entry.id};
  outcome_.memory.offered.clear();
  outcome_.reply = OutboundMessage{.text = writer().source(subject->entry), .choices = {}};
  return true;
}

void Turn::refuse_what_we_said(const Correction& correction) {
  std::vector<std::string>& refused = outcome_.memory.refused;
  const auto add = [&](std::string_view entry) {
    if (entry.empty() || std::find(refused.begin(), refused.end(), entry) != refused.end()) return;
    if (refused.size() == most_refused) refused.erase(refused.begin());
    refused.emplace_back(entry);
  };
  keeps_refused_ = true;
  if (offered_entries()) {
    for (const Choice& choice : thread_.memory.offered) {
      if (correction.denied && is_entry(choice)) add(std::string_view(choice.value).substr(choice_entry_prefix.size()));
    }
  } else if (thread_.memory.question.answered) {
    add(thread_.memory.last_entry);
  }
}

bool Turn::corrected() {
  const BotMemory& before = thread_.memory;
  const bool said_something = !before.last_entry.empty() || !before.offered.empty() || !before.question.text.empty();
  const auto correction = read_correction(words_, lexicon());
  if (!correction) return false;
  if (!said_something) {
    Reading meant = read(correction->meant, snapshot_);
    if (better(meant, reading_)) reading_ = std::move(meant);
    return false;
  }
  if (correction->meant.empty()) return tapped(choice_none);
  Reading meant = read(correction->meant, snapshot_);
  const knowledge::PublishedEntry* subject = snapshot_.find(before.last_entry);
  if (meant.understood.only_facet && subject != nullptr && !offered_entries()) {
    note(meant, "follow_up");
    answer(*subject, meant.understood.facet, Manner::follow_up);
    return true;
  }
  if (!correction->denied) {
    const Choice* choice = typed_choice(correction->meant, before.offered, lexicon());
    if (choice != nullptr && tapped(choice->value)) return true;
  }
  refuse_what_we_said(*correction);
  meant = read(correction->meant, snapshot_, outcome_.memory.refused);
  note(meant, "correction");
  if (!meant.sure()) {
    const std::vector<std::string>& refused = outcome_.memory.refused;
    std::string_view settled = exchanged_in(before.question.text, meant, snapshot_, refused);
    if (settled.empty()) settled = settled_by(before.question.text, meant, snapshot_, refused);
    if (const knowledge::PublishedEntry* entry = snapshot_.find(settled)) {
      remember_question(meant.text, true);
      answer(*entry, meant.understood.facet);
      return true;
    }
  }
  decide(meant, meant.understood.facet);
  return true;
}

/// "min" / "ktp saya" / "hilang": the piece before, if nobody understood it, says more together with this one.
bool Turn::pieces_joined() {
  const Question& before = thread_.memory.question;
  if (before.text.empty() || before.answered || !before.at.known() || !message_.sent_at.known()) return false;
  const std::int64_t apart = message_.sent_at.ms_since(before.at);
  if (apart > pieces_within_ms || apart < -pieces_within_ms) return false;
  const Reading earlier = read(before.text, snapshot_, thread_.memory.refused);
  const knowledge::PublishedEntry* named = reading_.sure() ? snapshot_.find(reading_.label) : nullptr;
  if (named != nullptr && earlier.understood.only_facet && reading_.understood.facet == nlu::Facet::none) {
    note(reading_, "joined");
    decide(reading_, earlier.understood.facet);
    return true;
  }
  if (reading_.sure() && !reading_.understood.only_facet) return false;
  Reading joined = read(before.text + " " + reading_.text, snapshot_, thread_.memory.refused);
  if (joined.sureness == Sureness::nothing || !better(joined, reading_)) return false;
  const double share = joined.sure() ? trace_share : open_share;
  if (reading_.sureness == Sureness::unsure && !leaves_open(reading_, joined.candidates.front().label, share)) {
    return false;
  }
  if (!joined.sure() && !better(joined, earlier)) return false;
  reading_ = std::move(joined);
  note(reading_, "joined");
  decide(reading_, reading_.understood.facet);
  return true;
}

bool Turn::followed_up() {
  const knowledge::PublishedEntry* subject = snapshot_.find(thread_.memory.last_entry);
  const bool by_rule = !reading_.understood.match.evidence.rule.empty();
  if (subject == nullptr) {
    if (!reading_.understood.only_facet || reading_.sure()) return false;
    note(reading_, "match");
    remember_question(plain_, false);
    fall_back("fallback.which_service");
    return true;
  }
  if (by_rule) return false;
  if (aspect_asked(*subject)) return true;
  const bool names_nothing =
      reading_.understood.facet != nlu::Facet::none && words_.size() <= follow_up_words_max && names_no_service();
  if (!reading_.understood.only_facet && !names_nothing) return false;
  note(reading_, "follow_up");
  answer(*subject, reading_.understood.facet, Manner::follow_up);
  return true;
}

/// "kalau diwakilkan?", "bisa online?": an entry of the same office may be about just that, else the subject's own
/// words.
bool Turn::aspect_asked(const knowledge::PublishedEntry& subject) {
  const Aspect aspect = only_aspect(words_, lexicon());
  if (aspect == Aspect::none) return false;
  const bool likely = reading_.sure() || reading_.best() >= aspect_entry_min;
  const knowledge::PublishedEntry* own = likely ? snapshot_.find(reading_.label) : nullptr;
  if (own != nullptr && own->entry.office == subject.entry.office) {
    if (reading_.sure()) return false;
    note(reading_, "follow_up");
    remember_question(plain_, true);
    answer(*own, reading_.understood.facet);
    return true;
  }
  note(reading_, "follow_up");
  const nlu::Facet facet = facet_about(aspect, subject.entry, lexicon());
  // Told a moment ago or not: where the whole answer speaks of it, it is the answer.
  const bool in_whole = facet == nlu::Facet::none && speaks_of(aspect, subject.entry.answer.at("id"), lexicon());
  answer(subject, facet, in_whole ? Manner::question : Manner::follow_up);
  return true;
}

/// Hardly a word occurs but those that ask for a facet, and none of the best candidate's title or keywords.
bool Turn::names_no_service() const {
  const auto says_nothing = [&](const std::string& word) {
    const nlu::Phrase* phrase = lexicon().phrase(word);
    return lexicon().filler(word) || lexicon().stop(word) ||
           (phrase != nullptr && phrase->facet.facet != nlu::Facet::none);
  };
  const int others_max = maybe_emergency_ ? 0 : other_words_max;
  int others = 0;
  for (const nlu::Token& token : reading_.understood.utterance.tokens) {
    if (says_nothing(token.normal) || says_nothing(token.stem)) continue;
    if (built_in_cues().has(Cue::courtesy_beside, token.surface)) continue;
    if (built_in_cues().has(Cue::function_word, token.surface)) continue;
    // A word that nobody knows is a subject of its own: "harga grosirnya berapa".
    if (!token.known || ++others > others_max) return false;
  }
  if (reading_.candidates.empty()) return true;
  if (reading_.label.starts_with('@')) return false;
  const auto evidence = snapshot_.matcher().explain(reading_.understood.utterance, reading_.candidates.front().label);
  return std::all_of(evidence.keywords.begin(), evidence.keywords.end(), says_nothing);
}

/// "kalau kk?", "kalau akta kematian?": the last question once more, for another service.
bool Turn::asked_for_another() {
  const BotMemory& before = thread_.memory;
  if (before.last_entry.empty() || !before.question.answered || words_.size() > instead_words_max) return false;
  const auto another = asked_instead(words_);
  if (!another) return false;
  const auto facet_of = [&](const Reading& reading) {
    return reading.understood.facet == nlu::Facet::none ? before.last_facet : reading.understood.facet;
  };
  if (reading_.sure()) {
    if (snapshot_.find(reading_.label) == nullptr) return false;
    note(reading_, "instead");
    const bool aspect = only_aspect(words_, lexicon()) != Aspect::none;
    decide(reading_, aspect ? reading_.understood.facet : facet_of(reading_));
    return true;
  }
  const knowledge::PublishedEntry* subject = snapshot_.find(before.last_entry);
  const std::array<std::string, 1> answered = {before.last_entry};
  const Reading alone = read(*another, snapshot_, answered);
  const knowledge::PublishedEntry* entry = alone.sure() ? snapshot_.find(alone.label) : nullptr;
  // A few words that are sure of another office's entry ("telat bayar") were hardly said of that.
  const bool near = entry != nullptr && subject != nullptr && entry->entry.office == subject->entry.office;
  if (!near) entry = snapshot_.find(exchanged_in(before.question.text, alone, snapshot_, answered));
  // "kalau stnk?" points at nothing: at the limit of asking back every word resembles some entry.
  const bool points = alone.best() >= points_at_least;
  if (entry == nullptr && points) entry = snapshot_.find(settled_by(before.question.text, alone, snapshot_, answered));
  if (entry != nullptr) {
    note(alone, "instead");
    remember_question(alone.text, true);
    answer(*entry, facet_of(alone));
    return true;
  }
  // "kalau telat bayar?": still the subject, in words that ask for one side of it.
  Reading together = read(before.question.text + " " + *another, snapshot_);
  const bool stays = subject != nullptr && together.sure_of(before.last_entry);
  if (!stays || alone.understood.facet == nlu::Facet::none) return false;
  note(together, "follow_up");
  answer(*subject, alone.understood.facet, Manner::follow_up);
  return true;
}

/// After a question back its entries are likelier than all others: the leading one need not lead far.
bool Turn::one_of_the_offered() {
  if (reading_.sureness != Sureness::unsure || !offered_entries() || repeats_itself()) return false;
  const auto offered = [&](const nlu::Candidate& candidate) {
    const std::string value = std::string(choice_entry_prefix) + snapshot_.matcher().label(candidate.label);
    return std::any_of(thread_.memory.offered.begin(), thread_.memory.offered.end(),
                       [&](const Choice& choice) { return choice.value == value; });
  };
  if (!offered(reading_.candidates.front())) return false;
  const auto rival = std::find_if(reading_.candidates.begin() + 1, reading_.candidates.end(), offered);
  const double lead = reading_.best() - (rival == reading_.candidates.end() ? 0 : rival->confidence);
  if (lead < reading_.best() / 2) return false;
  note(reading_, "choice");
  remember_question(plain_, true);
  answer(*snapshot_.find(reading_.label), reading_.understood.facet);
  return true;
}

/// "sambungkan ke petugas soal sampah": the office that should take it.
std::string_view Turn::handoff_topic() const {
  for (std::size_t at = 0; at < words_.size(); ++at) {
    const std::size_t about = words_.match(Cue::about, at);
    if (about == 0) continue;
    const Reading topic = read(words_.rest_from(at + about), snapshot_);
    const knowledge::PublishedEntry* entry =
        topic.sureness == Sureness::nothing ? nullptr : snapshot_.find(topic.label);
    if (entry != nullptr) return entry->entry.id;
  }
  return thread_.memory.last_entry;
}

}  // namespace sahut::conversation
