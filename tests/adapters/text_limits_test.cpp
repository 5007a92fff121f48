#include "adapters/text_limits.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace sahut::adapters {
namespace {

struct Row {
  const char* text;
  std::size_t code_points;
  std::size_t utf16;
};

TEST(TextLimits, counts_as_each_channel_does) {
  const Row rows[] = {{"", 0, 0},  {"abc", 3, 3},         {"é", 1, 1},   {"“dibantu”", 9, 9},
                      {"😭", 1, 2}, {"a😭b\xF0\x9F", 5, 6}, {"\xFF", 1, 1}};
  for (const Row& row : rows) {
    EXPECT_EQ(count_code_points(row.text), row.code_points) << row.text;
    EXPECT_EQ(count_utf16(row.text), row.utf16) << row.text;
  }
}

TEST(TextLimits, cuts_before_the_character_that_does_not_fit) {
  EXPECT_EQ(cut_bytes("aé", 2), "a");
  EXPECT_EQ(cut_bytes("aé", 3), "aé");
  EXPECT_EQ(cut_bytes("😭x", 3), "");
  EXPECT_EQ(cut_bytes("😭x", 4), "😭");
  EXPECT_EQ(cut_bytes("abc", 0), "");
}

TEST(TextLimits, shows_that_something_was_cut) {
  EXPECT_EQ(fit_code_points("empat", 5), "empat");
  EXPECT_EQ(fit_code_points("lima ya", 5), "lima…");
  EXPECT_EQ(fit_code_points("😭😭😭", 2), "😭…");
  EXPECT_EQ(fit_code_points("ab", 1), "…");
}

TEST(TextLimits, knows_what_nobody_can_see) {
  EXPECT_TRUE(is_blank(""));
  EXPECT_TRUE(is_blank(" \n\t\xC2\xA0\xE2\x80\x8B\xEF\xBB\xBF"));
  EXPECT_FALSE(is_blank(" . "));
  EXPECT_FALSE(is_blank("\xFF"));
}

RC_GTEST_PROP(TextLimits, what_fits_is_never_longer_than_the_limit, (const std::string& text)) {
  const auto limit = *rc::gen::inRange<std::size_t>(1, 40);
  RC_ASSERT(count_code_points(fit_code_points(text, limit)) <= limit);
  RC_ASSERT(cut_bytes(text, limit).size() <= limit);
  RC_ASSERT(count_utf16(text) >= count_code_points(text));
}

}  // namespace
}  // namespace sahut::adapters
