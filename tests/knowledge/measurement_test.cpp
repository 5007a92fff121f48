// The figures of labelled questions, by hand-made cases.
#include "knowledge/measurement.hpp"

#include <gtest/gtest.h>

namespace sahut::knowledge {
namespace {

Offer fake(const std::string& question) {
  if (question == "right") return {{"answer", "ktp"}, {}};
  if (question == "wrong") return {{"answer", "kk"}, {}};
  if (question == "ask") return {{"clarify", ""}, {"kk", "ktp"}};
  if (question == "always") return {{"handoff", "ktp"}, {}};
  if (question == "person") return {{"handoff", ""}, {}};
  if (question == "alarm") return {{"answer", "darurat-112"}, {}};
  return {{"fallback", ""}, {}};
}

TEST(Measurement, counts_each_kind_of_question_apart) {
  const std::vector<LabelledQuestion> questions = {
      {"right", "ktp"},       {"always", "ktp"},       {"ask", "ktp"},          {"wrong", "ktp"},
      {"nothing", "ktp"},     {"wrong", "oos"},        {"nothing", "oos"},      {"person", "oos"},
      {"person", "@handoff"}, {"right", "@handoff"},   {"alarm", "@emergency"}, {"ask", "@emergency"},
      {"alarm", "pohon"},     {"alarm", "darurat-112"}};
  const Measurement sum = measure(questions, fake);
  EXPECT_EQ(sum.first_right.whole, 7U);
  EXPECT_EQ(sum.first_right.part, 3U);  // right, always, darurat-112
  EXPECT_EQ(sum.right_or_offered.part, 4U);
  EXPECT_EQ(sum.out_of_scope_quiet.part, 1U);
  EXPECT_EQ(sum.out_of_scope_quiet.whole, 3U);
  EXPECT_EQ(sum.handoffs_seen.part, 1U);
  EXPECT_EQ(sum.handoffs_seen.whole, 2U);
  EXPECT_EQ(sum.handoffs_meant.part, 1U);
  EXPECT_EQ(sum.handoffs_meant.whole, 2U);
  EXPECT_EQ(sum.emergencies_seen.part, 1U);
  EXPECT_EQ(sum.calm.whole - sum.calm.part, 1U);  // pohon
}

TEST(Measurement, names_entries_taken_for_each_other_in_both_directions) {
  const auto ask = [](const std::string& question) { return Offer{{"answer", question}, {}}; };
  const std::vector<LabelledQuestion> questions = {{"kk", "ktp"}, {"ktp", "kk"}, {"kk", "oos"}, {"kia", "kk"}};
  const auto sisters = sister_entries(measure(questions, ask), 2);
  ASSERT_EQ(sisters.size(), 1U);
  EXPECT_EQ(sisters.front(), (SisterEntries{"kk", "ktp", 2}));
}

}  // namespace
}  // namespace sahut::knowledge
