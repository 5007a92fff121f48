// One turn in the making: the walk from the surest sign to the weakest. Private to turn*.cpp.
//
//   turn.cpp           what kind of message it is, and in which order the signs are looked at
//   turn_context.cpp   what the thread says about it: choices, corrections, pieces, follow-ups
//   turn_decision.cpp  what is decided, and how it is said
#pragma once

#include <string>
#include <string_view>

#include "conversation/correction.hpp"
#include "conversation/cues.hpp"
#include "conversation/judgement.hpp"
#include "conversation/question_parts.hpp"
#include "conversation/reply_writer.hpp"
#include "conversation/small_talk.hpp"
#include "conversation/turn.hpp"
#include "conversation/typed_choice.hpp"

namespace sahut::conversation {

class Turn {
 public:
  Turn(const Thread& before, const InboundMessage& message, const knowledge::Snapshot& snapshot,
       const Sentences& sentences, std::string_view local_date);

  [[nodiscard]] Outcome take();

 private:
  // ---- turn.cpp: each returns true if it decided -------------------------------------------------------------------
  Outcome walk();
  Outcome while_waiting(Outcome usual) const;
  Outcome silent(const char* reason);
  Outcome without_text();
  Outcome finish();
  void read_text();
  void question();
  [[nodiscard]] bool started();
  [[nodiscard]] bool without_words();
  [[nodiscard]] bool emergency();
  [[nodiscard]] bool case_number();
  [[nodiscard]] bool small_talk();
  void answer_small_talk(SmallTalkKind kind);
  void decide_language();

  // ---- turn_context.cpp --------------------------------------------------------------------------------------------
  [[nodiscard]] bool tapped(std::string_view value);
  [[nodiscard]] bool chosen_by_typing();
  [[nodiscard]] bool declined() const;
  [[nodiscard]] bool source_asked();
  [[nodiscard]] bool corrected();
  void refuse_what_we_said(const Correction& correction);
  [[nodiscard]] bool pieces_joined();
  [[nodiscard]] bool followed_up();
  [[nodiscard]] bool aspect_asked(const knowledge::PublishedEntry& subject);
  [[nodiscard]] bool names_no_service() const;
  [[nodiscard]] bool asked_for_another();
  [[nodiscard]] bool one_of_the_offered();
  [[nodiscard]] bool repeats_itself() const;
  [[nodiscard]] std::string_view handoff_topic() const;

  // ---- turn_decision.cpp -------------------------------------------------------------------------------------------
  void decide(const Reading& reading, nlu::Facet facet);
  void answer_label(std::string_view label, nlu::Facet facet);
  void answer_emergency();
  void answer(const knowledge::PublishedEntry& published, nlu::Facet facet, Manner manner = Manner::question);
  void answer_two(const QuestionParts& asked);
  [[nodiscard]] bool expired(const knowledge::PublishedEntry& published);
  [[nodiscard]] bool names_it(const Reading& reading, std::uint32_t label) const;
  void clarify(const Reading& reading);
  void offer_again();
  void fall_back(const char* key);
  void hand_off(const char* reason, std::string_view topic);
  void calm();
  void became_subject(const knowledge::PublishedEntry& published, nlu::Facet facet);
  void remember_question(const std::string& text, bool answered);
  void note(const Reading& reading, const char* how);
  void say(std::string_view key, Filling filling = {});
  void offer_person();
  [[nodiscard]] ReplyWriter writer() const { return {sentences_, outcome_.language}; }
  [[nodiscard]] const nlu::Lexicon& lexicon() const { return snapshot_.lexicon(); }
  [[nodiscard]] bool offered_entries() const;

  const InboundMessage& message_;
  const knowledge::Snapshot& snapshot_;
  const Sentences& sentences_;
  std::string_view local_date_;
  const Thread& thread_;
  std::string plain_;             ///< the text without personal data
  bool personal_ = false;         ///< there was some
  CuedText words_;                ///< its words
  Reading reading_;               ///< what the words are taken for
  QuestionParts parts_;           ///< of several questions
  bool maybe_emergency_ = false;  ///< the number goes before the reply
  bool keeps_refused_ = false;
  SmallTalkKind chatted_ = SmallTalkKind::none;  ///< small talk answered, or not worth a second answer
  Outcome outcome_;
};

}  // namespace sahut::conversation
