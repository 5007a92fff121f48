#include "nlu/facets.hpp"

#include <gtest/gtest.h>

#include "nlu/language.hpp"
#include "nlu/normaliser.hpp"
#include "tests/nlu/shared_lexicon.hpp"

namespace sahut::nlu {
namespace {

struct FacetCase {
  std::string_view text;
  Facet facet;
  bool only;
};

class Facets : public testing::TestWithParam<FacetCase> {};

TEST_P(Facets, are_told_from_the_words_of_the_question) {
  const Utterance utterance = normalise(GetParam().text, lexicon());
  std::vector<PhraseHit> phrases;
  find_phrases(words_of(utterance.tokens, lexicon()), lexicon(), phrases);
  const AskedFacet asked = asked_facet(utterance, phrases, lexicon());
  EXPECT_EQ(name_of(asked.facet), name_of(GetParam().facet)) << utterance.normal_text();
  EXPECT_EQ(asked.only, GetParam().only) << utterance.normal_text();
}

INSTANTIATE_TEST_SUITE_P(
    Questions, Facets,
    testing::Values(
        FacetCase{"biayanya?", Facet::fee, true}, FacetCase{"brp biayanya kak", Facet::fee, true},
        FacetCase{"bayar brp", Facet::fee, true}, FacetCase{"gratis ga?", Facet::fee, true},
        FacetCase{"kalo ongkosnya?", Facet::fee, true}, FacetCase{"brp hari jadi", Facet::duration, true},
        FacetCase{"brp lama ya", Facet::duration, true}, FacetCase{"kapan selesainya", Facet::duration, true},
        FacetCase{"syaratnya apa", Facet::requirements, true}, FacetCase{"bawa apa aja", Facet::requirements, true},
        FacetCase{"berkasnya apa saja min", Facet::requirements, true},
        FacetCase{"bukanya jam brp", Facet::hours, true}, FacetCase{"sabtu buka ga", Facet::hours, true},
        FacetCase{"tutup jam brp kak", Facet::hours, true}, FacetCase{"dmn ngurusnya", Facet::place, true},
        FacetCase{"alamatnya dmn", Facet::place, true}, FacetCase{"lokasinya?", Facet::place, true},
        FacetCase{"caranya gmn", Facet::procedure, true}, FacetCase{"gmn prosedurnya", Facet::procedure, true},
        FacetCase{"komplain kemana", Facet::complaints, true}, FacetCase{"brp biaya bikin ktp", Facet::fee, false},
        FacetCase{"syarat bikin kk baru", Facet::requirements, false},
        FacetCase{"puskesmas buka jam berapa", Facet::hours, false},
        FacetCase{"dimana kantor dukcapil", Facet::place, false}, FacetCase{"how much is the fee", Facet::fee, true},
        FacetCase{"how long", Facet::duration, true}, FacetCase{"ktp hilang", Facet::none, false},
        FacetCase{"terima kasih", Facet::none, false}, FacetCase{"", Facet::none, false}));

TEST(Facets, have_the_names_of_the_knowledge_file) {
  for (const std::string_view name : {"requirements", "procedure", "duration", "fee", "place", "hours", "complaints"}) {
    const auto facet = facet_named(name);
    ASSERT_TRUE(facet) << name;
    EXPECT_EQ(name_of(*facet), name);
  }
  EXPECT_FALSE(facet_named("none"));
  EXPECT_FALSE(facet_named("cost"));
}

struct LanguageCase {
  std::string_view text;
  Language language;
};

TEST(Languages, are_told_by_words_of_one_language_only) {
  for (const auto& [text, language] :
       {LanguageCase{"where can i get a new id card", Language::en},
        LanguageCase{"how much is the water bill", Language::en}, LanguageCase{"gmn cara ngurus ktp", Language::id},
        LanguageCase{"piye carane gawe ktp", Language::id}, LanguageCase{"kayapa maurus kk", Language::id},
        LanguageCase{"mau update data ktp online", Language::id}, LanguageCase{"ok", Language::id},
        LanguageCase{"", Language::id}}) {
    EXPECT_EQ(language_score(normalise(text, lexicon()), lexicon()).decide(), language) << text;
  }
}

TEST(Languages, a_conversation_keeps_its_language_through_words_that_say_nothing) {
  LanguageScore score = language_score(normalise("where is the office", lexicon()), lexicon());
  score += language_score(normalise("ktp", lexicon()), lexicon());
  EXPECT_EQ(score.decide(), Language::en);
  EXPECT_EQ(LanguageScore{}.decide(Language::en), Language::en);
}

}  // namespace
}  // namespace sahut::nlu
