#include "nlu/rules.hpp"

#include <gtest/gtest.h>

#include <random>

#include "nlu/aho_corasick.hpp"

namespace sahut::nlu {
namespace {

std::vector<int> found_in(const std::vector<std::string>& literals, std::string_view text) {
  std::vector<int> found;
  AhoCorasick(literals).find(text, found);
  return found;
}

TEST(AhoCorasick, finds_every_literal_once_overlaps_and_suffixes_included) {
  EXPECT_EQ(found_in({"he", "she", "his", "hers"}, "ushers ushers"), (std::vector<int>{0, 1, 3}));
  EXPECT_EQ(found_in({"abcd", "bc", "c"}, "abcx"), (std::vector<int>{1, 2}));
}

TEST(AhoCorasick, reports_equal_literals_each) {
  EXPECT_EQ(found_in({"ktp", "kk", "ktp"}, "ktp"), (std::vector<int>{0, 2}));
}

TEST(AhoCorasick, finds_nothing_in_other_texts) {
  EXPECT_TRUE(found_in({"ktp"}, "kt p").empty());
  EXPECT_TRUE(found_in({""}, "abc").empty());
  EXPECT_TRUE(found_in({}, "abc").empty());
  EXPECT_TRUE(found_in({"\xC3\xA9"}, "e").empty());
}

TEST(AhoCorasick, finds_what_a_search_for_each_literal_finds) {
  std::mt19937 random(1);
  const auto word = [&random](std::size_t most) {
    std::string letters(1 + random() % most, 'a');
    for (char& letter : letters) letter = static_cast<char>('a' + random() % 3);
    return letters;
  };
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> literals(1 + random() % 12);
    for (std::string& literal : literals) literal = word(4);
    const std::string text = word(30);
    std::vector<int> expected;
    for (std::size_t i = 0; i < literals.size(); ++i) {
      if (text.find(literals[i]) != std::string::npos) expected.push_back(static_cast<int>(i));
    }
    EXPECT_EQ(found_in(literals, text), expected) << text;
  }
}

RuleSet rules(std::vector<Rule> list) {
  return RuleSet::compile(std::move(list), {"a", "b", "c"}).value();
}

TEST(RuleSet, matches_either_text_and_ignores_case) {
  const RuleSet set = rules({{0, "KTP hilang"}, {1, "ilang"}});
  ASSERT_NE(set.first_match("ktp hilang", "x"), nullptr);
  EXPECT_EQ(set.first_match("ktp hilang", "x")->label, 0U);
  EXPECT_EQ(set.first_match("x", "ktp ilang")->label, 1U);
  EXPECT_EQ(set.first_match("ktp rusak", "ktp rsk"), nullptr);
}

TEST(RuleSet, the_longest_match_decides_then_the_earlier_rule) {
  const RuleSet set = rules({{0, "ktp"}, {1, "ktp hilang"}, {2, "ktp hilang"}});
  EXPECT_EQ(set.first_match("ktp hilang", "")->label, 1U);
  EXPECT_EQ(set.first_match("ktp rusak", "")->label, 0U);
}

TEST(RuleSet, patterns_without_a_long_literal_are_tried_too) {
  const RuleSet set = rules({{0, "^(kk|ak)$"}});
  ASSERT_NE(set.first_match("kk", ""), nullptr);
  EXPECT_EQ(set.first_match("kkk", ""), nullptr);
}

TEST(RuleSet, finds_one_rule_among_a_thousand) {
  std::vector<Rule> many;
  for (int i = 0; i < 1000; ++i) many.push_back({0, "kata" + std::to_string(i) + "x.*akhir"});
  many.push_back({1, "lampu.*padam"});
  const RuleSet set = rules(std::move(many));
  EXPECT_EQ(set.first_match("lampu jalan padam", "")->label, 1U);
  EXPECT_EQ(set.first_match("kata77x di akhir", "")->label, 0U);
}

TEST(RuleSet, refuses_patterns_that_are_broken_match_everything_or_are_too_long) {
  for (const std::string& pattern : {std::string("(a"), std::string(".*"), std::string("x?"),
                                     std::string("a{1000}{1000}"), std::string(2000, 'a')}) {
    const auto set = RuleSet::compile({{1, pattern}}, {"a", "b"});
    ASSERT_FALSE(set.ok()) << pattern;
    EXPECT_EQ(set.problem().where, "b");
  }
}

}  // namespace
}  // namespace sahut::nlu
