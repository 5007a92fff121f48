#include "adapters/numbered_choices.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "adapters/text_limits.hpp"

namespace sahut::adapters {
namespace {

TEST(NumberedChoices, stand_below_the_text) {
  EXPECT_EQ(text_with_numbers({"Yang mana?", {{"KTP hilang", "e:1"}, {"KTP baru", "e:2"}}}, 4096),
            "Yang mana?\n\n" + channel_words("numbered_hint") + "\n1. KTP hilang\n2. KTP baru");
}

TEST(NumberedChoices, leave_a_text_without_choices_alone) {
  EXPECT_EQ(text_with_numbers({"Kantor buka pukul 08.00.", {}}, 4096), "Kantor buka pukul 08.00.");
}

TEST(NumberedChoices, keep_their_numbers_when_one_has_no_title) {
  EXPECT_NE(text_with_numbers({"?", {{"", "a"}, {"B", "b"}}}, 4096).find("\n2. B"), std::string::npos);
}

TEST(NumberedChoices, make_the_text_give_way) {
  const std::string text = text_with_numbers({std::string(5000, 'x'), {{"KTP", "a"}}}, 300);
  EXPECT_EQ(count_code_points(text), 300U);
  EXPECT_TRUE(text.ends_with("\n1. KTP"));
}

TEST(NumberedChoices, every_word_of_the_table_is_there_and_fits) {
  EXPECT_LE(count_code_points(channel_words("list_button")), 20U);
  EXPECT_FALSE(is_blank(channel_words("numbered_hint")));
  EXPECT_THROW((void)channel_words("no_such_word"), std::logic_error);
}

}  // namespace
}  // namespace sahut::adapters
