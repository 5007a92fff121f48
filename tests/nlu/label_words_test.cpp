#include "nlu/label_words.hpp"

#include <gtest/gtest.h>

namespace sahut::nlu {
namespace {

/// Label 0: "kartu hilang", "kartu rusak"; label 2: "hilang"; label 1 has no text.
struct Words : testing::Test {
  Words() {
    card = words.number("kartu");
    lost = words.number("hilang");
    broken = words.number("rusak");
    words.add(0, std::vector{card, lost, card});
    words.add(0, std::vector{card, broken});
    words.add(2, std::vector{lost});
    words.finish();
  }
  LabelWords words;
  std::uint32_t card = 0, lost = 0, broken = 0;
};
using LabelWordsTest = Words;

TEST_F(LabelWordsTest, tell_how_much_of_a_question_a_label_accounts_for) {
  EXPECT_EQ(words.find("kartu"), card);
  EXPECT_EQ(words.find("memori"), LabelWords::no_stem);
  EXPECT_EQ(words.covered(0, std::vector{card, lost}), 1.0);
  const double without_memory = words.covered(0, std::vector{card, words.find("memori"), lost});
  EXPECT_GT(without_memory, 0.1);
  EXPECT_LT(without_memory, 0.7);
  EXPECT_EQ(words.covered(2, std::vector{card}), 0.0);
  EXPECT_EQ(words.covered(1, std::vector{lost}), 0.0);
  EXPECT_EQ(words.covered(7, std::vector{lost}), 0.0);
  EXPECT_EQ(words.covered(0, {}), 1.0);  // nothing was left open
}

TEST_F(LabelWordsTest, rarer_words_weigh_more) {
  EXPECT_GT(words.covered(0, std::vector{broken, LabelWords::no_stem}),
            words.covered(0, std::vector{card, LabelWords::no_stem}));
}

TEST_F(LabelWordsTest, count_a_text_of_the_label_as_if_it_had_not_been_there) {
  EXPECT_EQ(words.covered_by_others(0, std::vector{card}), 1.0);
  EXPECT_EQ(words.covered_by_others(0, std::vector{broken}), 0.0);
}

}  // namespace
}  // namespace sahut::nlu
