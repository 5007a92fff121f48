// What residents of the sample city get. The floors lie just under what is reached (docs/understanding.md): who makes
// the bot worse sees it here, who makes it better raises them.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "conversation/turn.hpp"
#include "conversation/typed_choice.hpp"
#include "knowledge/built_in_language.hpp"
#include "knowledge/measurement.hpp"
#include "nlu/default_lexicon.hpp"
#include "server/state/side_by_side.hpp"
#include "tests/sample-city/sample_city.hpp"

namespace sahut {
namespace {

using knowledge::Measurement;

std::shared_ptr<const knowledge::Snapshot> build_sample_city() {
  auto built =
      knowledge::Snapshot::build(1, sample_city::entries(), knowledge::built_in_language(), nlu::default_lexicon());
  return built.ok() ? built.value() : nullptr;
}

const std::shared_ptr<const knowledge::Snapshot>& city() {
  static const auto built = build_sample_city();
  return built;
}

conversation::Outcome first_turn(const knowledge::Snapshot& city, const std::string& text) {
  static const auto sentences = conversation::default_sentences();
  conversation::InboundMessage message;
  message.external_id = "1";
  message.contact = "1";
  message.text = text;
  return conversation::take_turn({}, message, city, *sentences, "2026-11-24");
}

std::string said_to(const knowledge::Snapshot& city, const std::string& text) {
  const conversation::Outcome outcome = first_turn(city, text);
  return outcome.reply ? outcome.reply->text : std::string();
}

knowledge::Offer react(const knowledge::Snapshot& city, const std::string& text) {
  const conversation::Outcome outcome = first_turn(city, text);
  knowledge::Offer offer{.reaction = {outcome.receipt.action, outcome.receipt.entry}, .choices = {}};
  if (!outcome.reply || outcome.receipt.action != "clarify") return offer;
  for (const conversation::Choice& choice : outcome.reply->choices) {
    if (choice.value.starts_with(conversation::choice_entry_prefix))
      offer.choices.push_back(choice.value.substr(conversation::choice_entry_prefix.size()));
    if (choice.value == conversation::choice_person) offer.choices.emplace_back(knowledge::handoff_label);
  }
  return offer;
}

Measurement measured(std::initializer_list<const char*> files) {
  std::vector<knowledge::LabelledQuestion> questions;
  for (const char* file : files) {
    for (const nlu::LabelledText& row : sample_city::questions(file)) questions.push_back({row.text, row.label});
  }
  return knowledge::measure(questions, [](const std::string& text) { return react(*city(), text); });
}

// The first three files were read while the entries were written and their failures studied.
TEST(SampleCity, answers_most_questions_at_once_and_nearly_all_with_one_question_back) {
  const Measurement result = measured({"questions-1.tsv", "questions-2.tsv", "questions-3.tsv"});
  EXPECT_EQ(result.first_right.whole, 734U);
  EXPECT_GE(result.first_right.value(), 0.91);
  EXPECT_GE(result.right_or_offered.value(), 0.975);
  EXPECT_GE(result.precision.value(), 0.985);
  EXPECT_GE(result.calm.value(), 0.99);
}

// Written before anything was measured on it, by the same hand as many examples.
TEST(SampleCity, answers_questions_written_without_a_look_at_the_examples) {
  const Measurement result = measured({"questions-4.tsv"});
  EXPECT_GE(result.first_right.whole, 250U);
  EXPECT_GE(result.first_right.value(), 0.96);
  EXPECT_GE(result.right_or_offered.value(), 0.975);
  EXPECT_GE(result.precision.value(), 0.985);
  EXPECT_EQ(result.calm.part, result.calm.whole);
}

// Written from titles and answers alone. 5 is hard: needs and stories that avoid the titles' words; 6 is an ordinary
// day, 7 and 8 the mixture of a real inbox.
TEST(SampleCity, answers_needs_told_in_other_words_than_the_titles) {
  const Measurement hard = measured({"questions-5.tsv"});
  EXPECT_GE(hard.first_right.whole, 490U);
  EXPECT_GE(hard.first_right.value(), 0.87);
  EXPECT_GE(hard.right_or_offered.value(), 0.955);
  EXPECT_GE(hard.precision.value(), 0.975);
  const Measurement everyday = measured({"questions-6.tsv"});
  EXPECT_GE(everyday.first_right.whole, 300U);
  EXPECT_GE(everyday.first_right.value(), 0.93);
  EXPECT_GE(everyday.right_or_offered.value(), 0.965);
  EXPECT_GE(everyday.precision.value(), 0.98);
  const Measurement inbox = measured({"questions-7.tsv", "questions-8.tsv"});
  EXPECT_GE(inbox.first_right.whole, 605U);
  EXPECT_GE(inbox.first_right.value(), 0.93);
  EXPECT_GE(inbox.right_or_offered.value(), 0.97);
  EXPECT_GE(inbox.precision.value(), 0.985);
}

TEST(SampleCity, does_not_answer_what_is_no_affair_of_a_city) {
  const Measurement result = measured(
      {"out-of-scope.tsv", "out-of-scope-2.tsv", "out-of-scope-3.tsv", "out-of-scope-4.tsv", "out-of-scope-5.tsv"});
  EXPECT_GE(result.out_of_scope_quiet.whole, 720U);
  EXPECT_GE(result.out_of_scope_quiet.value(), 0.97);
}

TEST(SampleCity, hears_every_wording_of_asking_for_a_person_and_nothing_else) {
  const Measurement asked =
      measured({"handoff.tsv", "handoff-2.tsv", "handoff-3.tsv", "handoff-4.tsv", "handoff-5.tsv", "handoff-6.tsv"});
  EXPECT_GE(asked.handoffs_seen.whole, 270U);
  EXPECT_GE(asked.handoffs_seen.value(), 0.99);
  EXPECT_GE(asked.handoffs_meant.value(), 0.97);  // half of these files was written to mislead
}

const std::initializer_list<const char*> emergency_files = {"emergency.tsv",   "emergency-2.tsv", "emergency-3.tsv",
                                                            "emergency-4.tsv", "emergency-5.tsv", "emergency-6.tsv"};

TEST(SampleCity, answers_emergencies_first_and_stays_calm_otherwise) {
  const Measurement result = measured(emergency_files);
  EXPECT_GE(result.emergencies_seen.value(), 0.99);
  EXPECT_GE(result.emergencies_seen.whole, 425U);
  EXPECT_GE(result.calm.value(), 0.97);  // half of these files was written to mislead
  const Measurement all =
      measured({"questions-1.tsv", "questions-2.tsv", "questions-3.tsv", "questions-4.tsv", "questions-5.tsv",
                "questions-6.tsv", "questions-7.tsv", "questions-8.tsv", "out-of-scope.tsv", "out-of-scope-2.tsv",
                "out-of-scope-3.tsv", "out-of-scope-4.tsv", "out-of-scope-5.tsv"});
  EXPECT_GE(all.calm.value(), 0.99);
}

// Where the bot isn't sure that it is one, it asks back or answers, and says the number all the same.
TEST(SampleCity, reads_the_number_to_everyone_in_danger) {
  std::size_t in_danger = 0;
  for (const char* file : emergency_files) {
    for (const nlu::LabelledText& row : sample_city::questions(file)) {
      if (row.label != knowledge::emergency_label) continue;
      ++in_danger;
      EXPECT_NE(said_to(*city(), row.text).find("112"), std::string::npos) << row.text;
    }
  }
  EXPECT_GE(in_danger, 425U);
}

/// An admin who edits one entry must not wonder what the others say now.
TEST(SampleCity, says_of_others_what_it_said_before_an_edit) {
  auto edited = sample_city::entries();
  std::vector<std::string>& examples = edited.front().entry.examples;
  examples.erase(examples.begin() + 3);
  const auto after = knowledge::Snapshot::build(1, edited, knowledge::built_in_language(), nlu::default_lexicon(),
                                                server::side_by_side)
                         .value();
  std::size_t asked = 0;
  std::size_t changed = 0;
  for (const char* file : {"questions-6.tsv", "questions-7.tsv", "questions-8.tsv"}) {
    for (const nlu::LabelledText& row : sample_city::questions(file)) {
      const knowledge::Reaction before = react(*city(), row.text).reaction;
      ++asked;
      if (react(*after, row.text).reaction != before) ++changed;
    }
  }
  EXPECT_LE(changed * 100, asked) << "of " << asked;
}

TEST(SampleCity, trained_again_and_asked_on_any_thread_says_the_same) {
  const auto first = build_sample_city();
  const auto second = knowledge::Snapshot::build(1, sample_city::entries(), knowledge::built_in_language(),
                                                 nlu::default_lexicon(), server::side_by_side)
                          .value();
  const std::vector<nlu::LabelledText> questions = sample_city::questions("questions-4.tsv");
  std::vector<std::vector<nlu::Candidate>> expected;
  for (const nlu::LabelledText& row : questions) expected.push_back(first->understand(row.text).match.candidates);
  std::atomic<int> different{0};
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (std::size_t i = 0; i < questions.size(); ++i) {
        if (second->understand(questions[i].text).match.candidates != expected[i]) ++different;
      }
    });
  }
  threads.clear();  // joins
  EXPECT_EQ(different, 0);
  EXPECT_EQ(first->matcher().thresholds(), second->matcher().thresholds());
}

}  // namespace
}  // namespace sahut
