#include "nlu/city_words.hpp"

#include <gtest/gtest.h>

#include "nlu/normaliser.hpp"
#include "tests/nlu/shared_lexicon.hpp"

namespace sahut::nlu {
namespace {

std::string as_read(const std::string& text, const Lexicon& lexicon) {
  std::string words;
  for (const Token& token : normalise(text, lexicon).tokens) words += (words.empty() ? "" : " ") + token.normal;
  return words;
}

TEST(CityWords, are_read_like_built_in_ones_in_every_form_of_typing) {
  CityWords words(shared_lexicon());
  ASSERT_FALSE(words.add({"Blembuk", " Air  PDAM "}));
  const auto lexicon = words.lexicon();
  ASSERT_TRUE(lexicon) << lexicon.problem().text();
  EXPECT_EQ(as_read("BLEMBUK mati", **lexicon), "air pdam mati");
  EXPECT_EQ(as_read("blembuknya mati", **lexicon), "air pdam mati");
  EXPECT_EQ(as_read("blembuk mati", *shared_lexicon()), "blembuk mati");
}

TEST(CityWords, win_over_another_meaning_that_is_built_in) {
  ASSERT_EQ(shared_lexicon()->standard("siring"), "talud");
  ASSERT_EQ(shared_lexicon()->standard("ngurus"), "mengurus");  // made from a root
  CityWords words(shared_lexicon());
  ASSERT_FALSE(words.add({"siring", "drainase"}));
  ASSERT_FALSE(words.add({"ngurus", "memelihara"}));
  const auto lexicon = words.lexicon();
  ASSERT_TRUE(lexicon) << lexicon.problem().text();
  EXPECT_EQ((*lexicon)->standard("siring"), "drainase");
  EXPECT_EQ((*lexicon)->standard("ngurus"), "memelihara");
  EXPECT_EQ((*lexicon)->standard("turap"), "talud") << "the others stay";
}

TEST(CityWords, none_are_the_built_in_lexicon_itself) {
  EXPECT_EQ(CityWords(shared_lexicon()).lexicon().value(), shared_lexicon());
}

struct Refused {
  std::string form;
  std::string standard;
  std::string_view code;
  std::string_view where;
  std::string_view said;  ///< stands in what is said or in the cure
};

class RefusedCityWords : public testing::TestWithParam<Refused> {};

TEST_P(RefusedCityWords, say_at_which_field_and_change_nothing) {
  CityWords words(shared_lexicon());
  ASSERT_FALSE(words.add({"blembuk", "air pdam"}));
  ASSERT_FALSE(words.add({"gondrek", "kusta bangunan"}));
  const auto problem = words.add({GetParam().form, GetParam().standard});
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->code, GetParam().code);
  EXPECT_EQ(problem->where, GetParam().where);
  EXPECT_NE((problem->what + problem->cure).find(GetParam().said), std::string::npos) << problem->text();
  EXPECT_FALSE(problem->cure.empty());
  const auto lexicon = words.lexicon();
  ASSERT_TRUE(lexicon);
  EXPECT_EQ((*lexicon)->standard("blembuk"), "air pdam");
  EXPECT_EQ((*lexicon)->chat_forms(), shared_lexicon()->chat_forms() + 2);
}

INSTANTIATE_TEST_SUITE_P(
    Words, RefusedCityWords,
    testing::Values(
        Refused{"", "air", "missing", "form", "belum diisi"}, Refused{" \t", "air", "missing", "form", "belum diisi"},
        Refused{"air mati", "air", "not_one_word", "form", "satu kata"},
        Refused{"p.d.a.m", "air", "signs", "form", "tanda"}, Refused{"水道", "air", "signs", "form", "tanda"},
        Refused{"x", "air", "too_short", "form", "pendek"}, Refused{"112", "darurat", "too_short", "form", "huruf"},
        Refused{std::string(41, 'q'), "air", "too_long", "form", "40"},
        Refused{std::string(100'000, 'q'), "air", "too_long", "form", "40"},
        Refused{"kliwir", "", "missing", "standard", "belum diisi"},
        Refused{"kliwir", "air\tpdam;", "signs", "standard", "tanda"},
        Refused{"kliwir", std::string(81, 'q'), "too_long", "standard", "80"},
        // standard words: of a phrase, a root, a stop word, a place, a meaning of a built-in form
        Refused{"biaya", "uang", "standard_word", "form", "kata baku"},
        Refused{"kebakaran", "api", "standard_word", "form", "kata baku"},
        Refused{"mengurus", "membuat", "standard_word", "form", "kata baku"},
        Refused{"yang", "air", "standard_word", "form", "kata baku"},
        Refused{"talud", "tanggul", "standard_word", "form", "kata baku"},
        // the meaning of another word of the city
        Refused{"kusta", "penyakit", "used_as_meaning", "form", "“gondrek”"},
        Refused{"kliwir", "kliwir besar", "own_meaning", "standard", "kata itu sendiri"},
        // chat forms: built-in, of the city, with an ending that is cut
        Refused{"kliwir", "gmn", "not_standard", "standard", "“bagaimana”"},
        Refused{"kliwir", "blembuk besar", "not_standard", "standard", "“air pdam”"},
        Refused{"kliwir", "pipanya bocor", "not_standard", "standard", "“pipa”"}));

TEST(CityWords, are_no_more_than_the_limit) {
  CityWords words(shared_lexicon());
  for (std::size_t i = 0; i < city_words_max; ++i) ASSERT_FALSE(words.add({"qz" + std::to_string(i), "air pdam"})) << i;
  const auto problem = words.add({"blembuk", "air pdam"});
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->code, "too_many_words");
  const auto lexicon = words.lexicon();
  ASSERT_TRUE(lexicon) << lexicon.problem().text();
  EXPECT_EQ((*lexicon)->standard("qz1999"), "air pdam");
}

}  // namespace
}  // namespace sahut::nlu
