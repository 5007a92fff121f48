#include "nlu/normalised_texts.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <stdexcept>

#include "nlu/default_lexicon.hpp"
#include "nlu/matcher.hpp"

namespace sahut::nlu {
namespace {

std::vector<std::string> spelled(NormalisedTexts& known, const std::vector<std::string>& texts,
                                 const std::shared_ptr<const Lexicon>& lexicon) {
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  std::vector<std::string> all;
  for (const NormalisedTexts::Known& of_text : known.known(views, lexicon, one_after_another)) {
    std::string& text = all.emplace_back();
    for (const std::uint32_t word : of_text.words) text += known.word(word).normal + " ";
  }
  return all;
}

TEST(NormalisedTexts, says_the_same_of_a_text_it_knows) {
  NormalisedTexts known;
  const auto lexicon = default_lexicon();
  const std::vector<std::string> texts = {"ktp ilang gmn", "cara bikin kk", "", "ktp ilang gmn"};
  const auto first = spelled(known, texts, lexicon);
  EXPECT_EQ(first[0], "ktp hilang bagaimana ");
  EXPECT_EQ(first[2], "");
  EXPECT_EQ(first[3], first[0]);
  EXPECT_EQ(spelled(known, texts, lexicon), first);
}

TEST(NormalisedTexts, forgets_with_the_lexicon) {
  NormalisedTexts known;
  (void)spelled(known, {"cara bikin kk"}, default_lexicon());
  const std::size_t words = known.word_count();
  (void)spelled(known, {"ktp"}, std::make_shared<Lexicon>(*default_lexicon()));
  EXPECT_LT(known.word_count(), words);
}

TEST(NormalisedTexts, forgets_when_most_are_used_no_more) {
  NormalisedTexts known;
  const auto lexicon = default_lexicon();
  (void)spelled(known, {"cara bikin kk", "syarat akta lahir", "jadwal posyandu", "ktp"}, lexicon);
  const std::size_t words = known.word_count();
  (void)spelled(known, {"ktp"}, lexicon);
  EXPECT_EQ(known.word_count(), words);
  EXPECT_EQ(spelled(known, {"ktp"}, lexicon), std::vector<std::string>{"ktp "});
  EXPECT_EQ(known.word_count(), 1U);
}

TEST(NormalisedTexts, is_whole_again_after_a_call_that_was_broken_off) {
  NormalisedTexts known;
  const auto lexicon = default_lexicon();
  const std::vector<std::string_view> texts = {"cara bikin kk", "ktp ilang"};
  const ForEach throws = [](std::size_t, const std::function<void(std::size_t)>&) { throw std::runtime_error("full"); };
  EXPECT_THROW((void)known.known(texts, lexicon, throws), std::runtime_error);
  EXPECT_EQ(spelled(known, {"ktp ilang"}, lexicon), std::vector<std::string>{"ktp hilang "});
}

/// What an edit gets must not depend on what was trained before it.
TEST(NormalisedTexts, change_nothing_in_what_is_learnt) {
  const auto set = [](const std::string& last) {
    TrainingSet training;
    training.labels = {{"ktp", {"ktp saya hilang", "cara ganti ktp hilang", last}, {"KTP hilang"}, {}},
                       {"kk", {"bikin kk baru", "syarat kartu keluarga"}, {"Kartu keluarga"}, {}}};
    training.background = {"makan siang apa hari ini", "besok libur"};
    return training;
  };
  NormalisedTexts known;
  const auto lexicon = default_lexicon();
  const BuildOptions keeping{.model = {}, .for_each = one_after_another, .known_texts = &known};
  (void)Matcher::build(set("dompet dicopet"), lexicon, keeping);
  const auto edited = Matcher::build(set("kartu identitas raib"), lexicon, keeping).value();
  const auto fresh = Matcher::build(set("kartu identitas raib"), lexicon).value();
  for (const char* text : {"ktp raib", "kartu keluarga", "dompet hilang", "libur ke mana", "ktpp hilangg"})
    EXPECT_EQ(edited->match(text).candidates, fresh->match(text).candidates) << text;
}

}  // namespace
}  // namespace sahut::nlu
