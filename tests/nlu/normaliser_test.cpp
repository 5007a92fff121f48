#include "nlu/normaliser.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "nlu/default_lexicon.hpp"

namespace sahut::nlu {
namespace {

const Lexicon& lexicon() {
  static const std::shared_ptr<const Lexicon> shared = default_lexicon();
  return *shared;
}

std::string normal(std::string_view text) {
  return normalise(text, lexicon()).normal_text();
}

struct NormalCase {
  std::string_view rule;
  std::string_view text;
  std::string_view normal;
};

class Normaliser : public testing::TestWithParam<NormalCase> {};

TEST_P(Normaliser, brings_words_to_their_standard_form) {
  EXPECT_EQ(normal(GetParam().text), GetParam().normal) << GetParam().rule;
}

INSTANTIATE_TEST_SUITE_P(
    Rules, Normaliser,
    testing::Values(
        NormalCase{"case", "KTP Hilang", "ktp hilang"}, NormalCase{"full width", "ＫＴＰ", "ktp"},
        NormalCase{"diacritics", "aktÉ", "akta"},
        NormalCase{"ligature",
                   "o\xEF\xAC\x83"
                   "ce",
                   "kantor"},
        NormalCase{"zero width", "k\xE2\x80\x8Btp", "ktp"}, NormalCase{"apostrophe", "jum'at", "jumat"},
        NormalCase{"curly apostrophe",
                   "jum\xE2\x80\x99"
                   "at",
                   "jumat"},
        NormalCase{"broken bytes", "ktp\xFF\xFEhilang", "ktp hilang"},
        NormalCase{"emoji", "ktp 😭 hilang", "ktp hilang"}, NormalCase{"signs", "ktp,hilang?!", "ktp hilang"},
        NormalCase{"long letters", "bangeeeet", "sangat"}, NormalCase{"long letters of a double", "maaaaf", "maaf"},
        NormalCase{"a lengthened chat form", "gmnnnn", "bagaimana"}, NormalCase{"reduplication by 2", "anak2", "anak"},
        NormalCase{"reduplication by 2 and clitic", "syarat2nya", "syarat"},
        NormalCase{"reduplication by hyphen", "anak-anak", "anak"},
        NormalCase{"reduplication and clitic", "syarat-syaratnya", "syarat"},
        NormalCase{"reduplicated abbreviation", "kk2nya", "kartu keluarga"},
        NormalCase{"clitic -nya", "biayanya", "biaya"}, NormalCase{"clitic of chat", "biayax", "biaya"},
        NormalCase{"clitic -kah", "bisakah", "bisa"}, NormalCase{"clitic -lah", "tolonglah", "tolong"},
        NormalCase{"clitic -ku", "rumahku", "rumah"}, NormalCase{"clitic -mu", "rumahmu", "rumah"},
        NormalCase{"clitic -pun", "sayapun", "saya"}, NormalCase{"no clitic: punya", "punya", "punya"},
        NormalCase{"no clitic: sekolah", "sekolah", "sekolah"}, NormalCase{"no clitic: masalah", "masalah", "masalah"},
        NormalCase{"no clitic: buku", "buku", "buku"}, NormalCase{"no clitic: ilmu", "ilmu", "ilmu"},
        NormalCase{"chat forms", "gmn cara ngurus ktp yg ilang", "bagaimana cara mengurus ktp yang hilang"},
        NormalCase{"one form for two words", "dmn", "di mana"}, NormalCase{"negation", "ga bs", "tidak bisa"},
        NormalCase{"nasal ng-", "ngurus", "mengurus"}, NormalCase{"nasal ny-", "nyari", "mencari"},
        NormalCase{"nasal nge-", "ngedaftar", "mendaftar"}, NormalCase{"nasal n-", "nulis", "menulis"},
        NormalCase{"-in", "bayarin", "bayarkan"}, NormalCase{"an unknown word stays", "nguruisn", "nguruisn"},
        NormalCase{"nasal and -in", "nulisin", "menuliskan"}, NormalCase{"di-…-in", "dibayarin", "dibayarkan"},
        NormalCase{"banjar", "kayapa maurus", "bagaimana mengurus"},
        NormalCase{"javanese", "piye carane", "bagaimana cara"}, NormalCase{"electronic", "e-KTP", "ktp"},
        NormalCase{"english loan", "download formulir", "unduh formulir"},
        NormalCase{"number", "12345 orang", "<number> orang"},
        NormalCase{"short number is a name", "lapor 112", "lapor 112"},
        NormalCase{"class word again", "nomor <phone>", "nomor <phone>"}, NormalCase{"nothing", "", ""},
        NormalCase{"only signs", "?!...", ""}));

TEST(Normaliser, stems_by_root_whatever_the_form) {
  for (const std::string_view word :
       {"ngurus", "mengurus", "diurus", "pengurusan", "ngurusin", "urusin", "mengurusnya"}) {
    const Utterance utterance = normalise(word, lexicon());
    ASSERT_EQ(utterance.tokens.size(), 1U) << word;
    EXPECT_EQ(utterance.tokens[0].stem, "urus") << word;
  }
}

TEST(Normaliser, keeps_what_was_typed_beside_the_standard_form) {
  const Utterance utterance = normalise("Gmn SYARATNYA", lexicon());
  ASSERT_EQ(utterance.tokens.size(), 2U);
  EXPECT_EQ(utterance.tokens[0].surface, "gmn");
  EXPECT_EQ(utterance.tokens[1].surface, "syaratnya");
  EXPECT_EQ(utterance.folded, "gmn syaratnya");
}

TEST(Normaliser, cuts_a_long_message_at_its_bound_and_says_so) {
  const std::string text(100'000, 'a');
  const Utterance utterance = normalise(text, lexicon());
  EXPECT_TRUE(utterance.cut);
  EXPECT_LE(utterance.folded.size(), 2 * max_text_bytes);
  std::string many;
  for (int i = 0; i < 2000; ++i) many += "a ";
  const Utterance words = normalise(many, lexicon());
  EXPECT_TRUE(words.cut);
  EXPECT_LE(words.tokens.size(), max_tokens);
  EXPECT_FALSE(normalise("pendek", lexicon()).cut);
}

TEST(Normaliser, never_cuts_inside_a_character) {
  std::string text(max_text_bytes - 1, 'a');
  text += "\xE2\x82\xAC";  // three bytes across the bound
  const Utterance utterance = normalise(text, lexicon());
  EXPECT_EQ(utterance.folded, std::string(max_text_bytes - 1, 'a'));
}

RC_GTEST_PROP(NormaliserProperty, accepts_any_bytes_and_stays_within_its_bounds, (const std::string& bytes)) {
  const Utterance utterance = normalise(bytes, lexicon());
  RC_ASSERT(utterance.tokens.size() <= max_tokens);
  RC_ASSERT(utterance.folded.size() <= 2 * max_text_bytes + 64);
  for (const Entity& entity : utterance.entities) {
    RC_ASSERT(entity.span.begin < entity.span.end);
    RC_ASSERT(entity.span.end <= utterance.folded.size());
  }
}

RC_GTEST_PROP(NormaliserProperty, the_normal_form_is_its_own_normal_form, ()) {
  const auto letters = rc::gen::elementOf(std::string("abegiknrstuy2 "));
  const auto text = *rc::gen::container<std::string>(letters);
  const std::string once = normal(text);
  RC_ASSERT(normal(once) == once);
}

TEST(Normaliser, the_normal_form_of_residents_sentences_is_stable) {
  for (const std::string_view text :
       {"gmn cara ngurus ktp yg ilang kak", "brp biayax bikin kk2 baru", "dmn kntr dukcapil", "syarat2nya apa aja min",
        "tlg benerin lampu jln di rt 05 dong", "sy mau bayar pbb 150rb"}) {
    const std::string once = normal(text);
    EXPECT_EQ(normal(once), once) << text;
  }
}

}  // namespace
}  // namespace sahut::nlu
