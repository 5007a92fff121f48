#include "nlu/typo_index.hpp"

#include <gtest/gtest.h>

namespace sahut::nlu {
namespace {

TypoIndex index_of(std::initializer_list<std::pair<std::string_view, int>> words) {
  TypoIndex index;
  for (const auto& [word, count] : words) {
    for (int i = 0; i < count; ++i) index.add(word, word, false);
  }
  index.finish();
  return index;
}

std::string nearest(const TypoIndex& index, std::string_view typed) {
  const TypoIndex::Entry* entry = index.nearest(typed);
  return entry == nullptr ? "" : entry->word;
}

struct TypoCase {
  std::string_view error;
  std::string_view typed;
  std::string_view meant;
};

class Typos : public testing::TestWithParam<TypoCase> {};

TEST_P(Typos, lead_to_the_word_that_was_meant) {
  const TypoIndex index =
      index_of({{"hilang", 5}, {"jadwal", 3}, {"kartu", 9}, {"surat", 9}, {"tempat", 2}, {"ktp", 9}});
  EXPECT_EQ(nearest(index, GetParam().typed), GetParam().meant) << GetParam().error;
}

INSTANTIATE_TEST_SUITE_P(
    Errors, Typos,
    testing::Values(TypoCase{"letter left out", "hilng", "hilang"}, TypoCase{"letter put in", "hillang", "hilang"},
                    TypoCase{"letter changed", "hilabg", "hilang"}, TypoCase{"letters swapped", "hialng", "hilang"},
                    TypoCase{"first letter", "gilang", "hilang"}, TypoCase{"last letter left out", "kart", "kartu"},
                    TypoCase{"no vowels", "jdwl", "jadwal"}, TypoCase{"some vowels", "tmpat", "tempat"},
                    TypoCase{"two errors", "hlnag", ""}, TypoCase{"a short word stays", "ktb", ""},
                    TypoCase{"with digits", "hil4ng", ""}, TypoCase{"empty", "", ""},
                    TypoCase{"far too long", "hilanghilanghilanghilanghilang", ""}));

TEST(TypoIndex, prefers_the_same_first_letter_then_neighbouring_keys_then_frequent_words) {
  EXPECT_EQ(nearest(index_of({{"bayar", 1}, {"layar", 1}}), "bayr"), "bayar");
  EXPECT_EQ(nearest(index_of({{"kartu", 1}, {"karta", 1}}), "karti"), "kartu");
  EXPECT_EQ(nearest(index_of({{"salah", 50}, {"salam", 1}}), "salaw"), "salah");
}

TEST(TypoIndex, finds_words_themselves) {
  const TypoIndex index = index_of({{"hilang", 2}});
  ASSERT_NE(index.find("hilang"), nullptr);
  EXPECT_EQ(index.find("hilang")->count, 2U);
  EXPECT_EQ(index.find("hilan"), nullptr);
}

}  // namespace
}  // namespace sahut::nlu
