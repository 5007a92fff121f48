// What the bot decided, and why: the outcome of a turn.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "conversation/memory.hpp"
#include "conversation/outbound.hpp"
#include "conversation/question_parts.hpp"
#include "conversation/small_talk.hpp"
#include "nlu/facets.hpp"
#include "nlu/language.hpp"
#include "nlu/matcher.hpp"

namespace sahut::conversation {

/// The entry that answers; `facet` if only a part of it was asked.
struct Answer {
  std::string entry;
  nlu::Facet facet = nlu::Facet::none;
  std::optional<QuestionPart> second = {};  ///< of two questions in one message
};
/// One question back, with the entries offered.
struct Clarify {
  std::vector<std::string> entries;
};
/// Told on what the last answer rests.
struct TellSource {
  std::string entry;
};
/// A greeting, thanks, an insult: answered with one line of the bot's own.
struct SmallTalk {
  SmallTalkKind kind = SmallTalkKind::none;
};
/// Asked for other words; nothing fitted.
struct AskToRephrase {};
/// A person takes over. `entry` is the topic if one is known.
struct HandOff {
  std::string reason;  ///< "asked", "two_fallbacks", "entry_always", "emergency"
  std::string entry;
};
/// The resident asks how a case of theirs stands; only the store knows.
struct CaseStatus {
  std::string number;  ///< upper case
};
/// A kind of message the bot cannot read: received, and said so.
struct Acknowledge {};
/// Nothing is said: a person owns the thread, or the message asks for nothing.
struct Silence {
  std::string reason;  ///< "owned", "not_answerable", "sticker", "empty", "small_talk"
};

/// Exactly one of these; a new kind must be handled by every visitor or nothing compiles.
using Decision =
    std::variant<Answer, Clarify, TellSource, SmallTalk, AskToRephrase, HandOff, CaseStatus, Acknowledge, Silence>;

/// "answer", "clarify", "fallback", "handoff" as outsiders know them; "status", "source", "small_talk", "acknowledge",
/// "silence" for the rest.
[[nodiscard]] std::string_view action_name(const Decision& decision);

/// Why (P5): enough to run the same decision again and to show it to a person.
struct Receipt {
  std::string action;
  std::string entry;          ///< empty if none
  std::int64_t revision = 0;  ///< of that entry
  std::int64_t snapshot = 0;  ///< version of the published knowledge
  std::string facet;          ///< "" for the whole answer
  /// "match", "rule", "choice", "follow_up", "joined" (with the message before), "correction", "instead" ("kalau kk?"),
  /// "part" (one piece of the message was sure), "service_and_facet", "two_questions", "small_talk", "emergency"
  std::string how;
  std::string matched_text;  ///< what was matched, where it is not the message as it came; without personal data
  std::optional<QuestionPart> second;  ///< the other question answered
  std::int64_t second_revision = 0;
  double confidence = 0;
  struct Scored {
    std::string entry;
    double score = 0;
  };
  std::vector<Scored> candidates;  ///< best first
  nlu::Evidence evidence;
};

/// What the whole turn comes to. It performs nothing; the step that called does what it says.
struct Outcome {
  Decision decision;
  BotMemory memory;                      ///< to save
  std::optional<OutboundMessage> reply;  ///< at most one bubble; for HandOff what goes before the case's own sentence
  nlu::Language language = nlu::Language::id;
  bool unanswered = false;  ///< to be listed among the questions the knowledge base cannot answer
  std::string question;     ///< … in these words, without personal data; not empty if `unanswered`
  bool urgent = false;      ///< the message speaks of an emergency now, whoever owns the thread: somebody must look
  Receipt receipt;
};

}  // namespace sahut::conversation
