#include "nlu/lexicon.hpp"

#include <gtest/gtest.h>

#include "nlu/default_lexicon.hpp"
#include "nlu/word_forms.hpp"

namespace sahut::nlu {
namespace {

struct BadList {
  std::string_view name;
  std::string_view tsv;
  std::string_view code;
  std::string_view where;
};

class LexiconErrors : public testing::TestWithParam<BadList> {};

TEST_P(LexiconErrors, name_the_file_and_the_line) {
  const std::vector<LexiconFile> files = {{GetParam().name, GetParam().tsv}};
  const auto lexicon = Lexicon::parse(files);
  ASSERT_FALSE(lexicon.ok());
  EXPECT_EQ(lexicon.problem().code, GetParam().code);
  EXPECT_EQ(lexicon.problem().where, GetParam().where);
  EXPECT_FALSE(lexicon.problem().what.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Lists, LexiconErrors,
    testing::Values(BadList{"slang.tsv", "a\tb\n", "unknown_list", "slang.tsv"},
                    BadList{"chat.tsv", "# note\ngmn bagaimana\n", "wrong_columns", "chat.tsv:2"},
                    BadList{"chat-x.tsv", "gmn\tbagaimana\t3\n", "wrong_columns", "chat-x.tsv:1"},
                    BadList{"chat.tsv", "Gmn\tbagaimana\n", "not_folded", "chat.tsv:1"},
                    BadList{"chat.tsv", "gmn\tbagaimana\n\ngmn\tkapan\n", "two_meanings", "chat.tsv:3"},
                    BadList{"chat.tsv", "gmn\tgimana\ngimana\tbagaimana\n", "chain", "chat.tsv:1"},
                    BadList{"chat.tsv", "gmn\tgmn\n", "bad_form", "chat.tsv:1"},
                    BadList{"roots.tsv", "a\n", "bad_root", "roots.tsv:1"},
                    BadList{"facets.tsv", "biaya\tcosts\t3\n", "bad_facet", "facets.tsv:1"},
                    BadList{"facets.tsv", "biaya\tfee\t9\n", "bad_facet", "facets.tsv:1"},
                    BadList{"facets.tsv", "a b c d\tfee\t1\n", "bad_phrase", "facets.tsv:1"},
                    BadList{"synonyms.tsv", "a\tb c d e\n", "bad_phrase", "synonyms.tsv:1"},
                    BadList{"synonyms.tsv", "biaya\tongkos\nuang\tongkos\n", "two_meanings", "synonyms.tsv:2"},
                    BadList{"languages.tsv", "kata\tjv\n", "bad_language", "languages.tsv:1"},
                    BadList{"units.tsv", "kilo\tweight\n", "bad_unit", "units.tsv:1"}));

TEST(Lexicon, takes_windows_line_ends_comments_and_empty_lines) {
  const std::vector<LexiconFile> files = {{"lists/chat.tsv", "# x\r\n\r\ngmn\tbagaimana\r\n"}};
  const auto lexicon = Lexicon::parse(files);
  ASSERT_TRUE(lexicon.ok());
  EXPECT_EQ(lexicon->standard("gmn"), "bagaimana");
}

TEST(Lexicon, what_a_person_wrote_wins_over_generated_forms) {
  const std::vector<LexiconFile> files = {{"roots.tsv", "urus\nnguru\n"}, {"chat.tsv", "ngurus\tmemelihara\n"}};
  const auto lexicon = Lexicon::parse(files);
  ASSERT_TRUE(lexicon.ok());
  EXPECT_EQ(lexicon->standard("ngurus"), "memelihara");
  EXPECT_EQ(lexicon->standard("diurusin"), "diuruskan");
  EXPECT_EQ(lexicon->stem("mengurus"), "urus");
}

TEST(Lexicon, a_file_that_overrides_has_the_last_word_on_a_chat_form) {
  const std::vector<LexiconFile> files = {{"chat.tsv", "siring\ttalud\nturap\ttalud\n"},
                                          {"chat-kota.tsv", "siring\tdrainase\n", true}};
  const auto lexicon = Lexicon::parse(files);
  ASSERT_TRUE(lexicon.ok()) << lexicon.problem().text();
  EXPECT_EQ(lexicon->standard("siring"), "drainase");
  EXPECT_EQ(lexicon->standard("turap"), "talud");
  const std::vector<LexiconFile> chained = {{"chat.tsv", "siring\ttalud\nturap\ttalud\n"},
                                            {"chat-kota.tsv", "siring\tturap\n", true}};
  EXPECT_EQ(Lexicon::parse(chained).problem().where, "chat-kota.tsv:1");
}

TEST(Lexicon, tells_standard_words_from_chat_forms_and_strangers) {
  const auto lexicon = default_lexicon();
  for (const std::string_view word : {"talud", "biaya", "mengurus", "yang", "bpjs"})
    EXPECT_TRUE(lexicon->standard_word(word)) << word;
  for (const std::string_view word : {"siring", "gmn", "ngurus", "blembuk"})
    EXPECT_FALSE(lexicon->standard_word(word)) << word;
  const std::vector<LexiconFile> files = {{"chat.tsv", "siring\ttalud\n"}};
  EXPECT_FALSE(Lexicon::parse(files)->known("talud")) << "what a form stands for is not known for that alone";
}

TEST(Lexicon, the_built_in_lists_are_sound_and_large) {
  const std::vector<LexiconFile> files = default_lexicon_files();
  ASSERT_GE(files.size(), 10U);
  const auto lexicon = Lexicon::parse(files);
  ASSERT_TRUE(lexicon.ok()) << lexicon.problem().text();
  EXPECT_GE(lexicon->chat_forms(), 5000U);
}

TEST(Lexicon, a_standard_form_is_never_itself_a_chat_form) {
  const auto lexicon = default_lexicon();
  for (const std::string_view word :
       {"bagaimana", "berapa", "mengurus", "hilang", "tidak", "saya", "ktp", "kartu", "keluarga", "biaya"}) {
    EXPECT_FALSE(lexicon->standard(word)) << word;
  }
}

struct RootCase {
  std::string_view root;
  std::string_view active;
};

TEST(WordForms, know_the_nasal_of_each_first_letter) {
  for (const auto& [root, active] :
       {RootCase{"urus", "mengurus"}, RootCase{"ambil", "mengambil"}, RootCase{"kirim", "mengirim"},
        RootCase{"sewa", "menyewa"}, RootCase{"pakai", "memakai"}, RootCase{"tulis", "menulis"},
        RootCase{"bayar", "membayar"}, RootCase{"daftar", "mendaftar"}, RootCase{"cari", "mencari"},
        RootCase{"jual", "menjual"}, RootCase{"lapor", "melapor"}, RootCase{"rusak", "merusak"},
        RootCase{"ganti", "mengganti"}, RootCase{"hapus", "menghapus"}, RootCase{"cek", "mengecek"},
        RootCase{"proses", "memproses"}, RootCase{"transfer", "mentransfer"}}) {
    EXPECT_EQ(active_form(root), active);
  }
}

}  // namespace
}  // namespace sahut::nlu
