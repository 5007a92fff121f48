// Cues and what is read from them: small talk, corrections, personal data.
#include "conversation/cues.hpp"

#include <gtest/gtest.h>

#include "conversation/correction.hpp"
#include "conversation/follow_up.hpp"
#include "conversation/personal_data.hpp"
#include "conversation/small_talk.hpp"
#include "nlu/default_lexicon.hpp"

namespace sahut::conversation {
namespace {

CuedText cued(std::string_view text) {
  return CuedText(text, *nlu::default_lexicon());
}

TEST(Cues, name_the_line_of_a_mistake) {
  const std::pair<const char*, const char*> rows[] = {{"greeting = halo\nnonsense = x", "cues.txt line 2"},
                                                      {"# comment\n\nno equals sign", "cues.txt line 3"},
                                                      {"greeting = halo,, hai", "cues.txt line 1"},
                                                      {"greeting = one two three four five six", "cues.txt line 1"},
                                                      {"greeting =", "cues.txt line 1"},
                                                      {"greeting = halo", "cues.txt"}};
  for (const auto& [text, where] : rows) {
    const auto parsed = Cues::parse(text);
    ASSERT_FALSE(parsed.ok()) << text;
    EXPECT_EQ(parsed.problem().where, where) << text;
  }
}

TEST(Cues, of_the_product_are_readable) {
  EXPECT_TRUE(built_in_cues().has(Cue::greeting, "assalamualaikum"));
  EXPECT_TRUE(built_in_cues().has(Cue::identity, "nik"));
  EXPECT_EQ(built_in_cues().plainest(Cue::thanks), "terima kasih");
}

TEST(CuedText, finds_the_longest_phrase_as_typed_or_in_standard_form) {
  EXPECT_EQ(cued("terima kasih banyak").match(Cue::thanks, 0), 2U);
  EXPECT_EQ(cued("mksh kak").match(Cue::thanks, 0), 1U);
  EXPECT_EQ(cued("makasiiih").match(Cue::thanks, 0), 1U);
  EXPECT_EQ(cued("terima, kasih").match(Cue::thanks, 0), 0U);
  EXPECT_EQ(cued("saya mau tanya").find(Cue::thanks), 3U);
}

TEST(CuedText, gives_stretches_of_its_text) {
  const CuedText text = cued("Halo, KTP saya hilang?");
  EXPECT_EQ(text.text_of(1, 3), "ktp saya");
  EXPECT_EQ(text.rest_from(1), "ktp saya hilang?");
  EXPECT_EQ(text.rest_from(4), "");
  EXPECT_TRUE(text.break_after(0));
  EXPECT_FALSE(text.break_after(1));
  EXPECT_TRUE(text.break_after(3));
  EXPECT_EQ(cued("").rest_from(0), "");
}

TEST(SmallTalk, is_told_from_what_asks) {
  const std::pair<const char*, SmallTalkKind> rows[] = {
      {"halo", SmallTalkKind::greeting},
      {"min", SmallTalkKind::greeting},
      {"assalamualaikum wr wb", SmallTalkKind::greeting},
      {"permisi kak mau tanya", SmallTalkKind::greeting},
      {"ok", SmallTalkKind::acknowledgement},
      {"oke siap pak", SmallTalkKind::acknowledgement},
      {"oke makasih ya", SmallTalkKind::thanks},
      {"terima kasih banyak atas informasinya", SmallTalkKind::thanks},
      {"suwun", SmallTalkKind::thanks},
      {"dadah", SmallTalkKind::goodbye},
      {"bot goblok", SmallTalkKind::abuse},
      {"dasar bodoh lu", SmallTalkKind::abuse},
      {"anjing saya hilang", SmallTalkKind::none},
      {"dasar hukum", SmallTalkKind::none},
      {"halo ktp hilang", SmallTalkKind::none},
      {"informasi", SmallTalkKind::none},
      {"banyak", SmallTalkKind::none},
      {"", SmallTalkKind::none},
  };
  for (const auto& [text, kind] : rows) EXPECT_EQ(only_small_talk(cued(text)), kind) << text;
}

TEST(SmallTalk, is_taken_off_both_ends) {
  const std::pair<const char*, const char*> rows[] = {
      {"assalamualaikum min mau tanya ktp hilang", "ktp hilang"},
      {"ktp hilang gimana ya kak makasih", "ktp hilang gimana"},
      {"ktp hilang?", "ktp hilang?"},
      {"halo min", "halo min"},
      {"", ""},
  };
  for (const auto& [text, rest] : rows) EXPECT_EQ(without_small_talk(cued(text)), rest) << text;
}

std::string corrected(const char* text) {
  const auto correction = read_correction(cued(text), *nlu::default_lexicon());
  if (!correction) return "none";
  return (correction->denied ? "no: " : "meant: ") + correction->meant;
}

TEST(Correction, is_read_at_the_beginning_only) {
  const std::pair<const char*, const char*> rows[] = {
      {"bukan, maksud saya KK", "no: kk"},
      {"bukan maksud saya kk", "no: kk"},
      {"salah, yang saya tanya akta", "no: akta"},
      {"eh maksudku ktp rusak", "meant: ktp rusak"},
      {"bukan", "no: "},
      {"bukan ini min", "no: "},
      {"bukan itu tapi ktp rusak", "no: ktp rusak"},
      {"bukan kk tapi ktp", "no: ktp"},
      {"tidak ada yang cocok", "no: "},
      {"no, i meant the family card", "meant: the family card"},
      {"maksudnya apa?", "none"},
      {"salah nama di kk", "none"},
      {"bukan warga sini boleh urus ktp?", "none"},
      {"ktp saya salah", "none"},
      {"tidak", "none"},
      {"", "none"},
  };
  for (const auto& [text, read] : rows) EXPECT_EQ(corrected(text), read) << text;
}

TEST(FollowUp, knows_questions_about_the_source) {
  for (const char* text : {"dasar?", "sumbernya apa?", "dasar hukumnya apa ya kak", "what is the legal basis?"}) {
    EXPECT_TRUE(asks_source(cued(text))) << text;
  }
  for (const char* text : {"dasar bodoh", "sumber air di mana", "ya apa", "aturan buang sampah", ""}) {
    EXPECT_FALSE(asks_source(cued(text))) << text;
  }
}

TEST(FollowUp, knows_what_is_asked_instead) {
  EXPECT_EQ(asked_instead(cued("kalau kk?")), "kk?");
  EXPECT_EQ(asked_instead(cued("oh terus kalau akta kematian gimana")), "akta kematian gimana");
  EXPECT_EQ(asked_instead(cued("what about the family card")), "the family card");
  EXPECT_EQ(asked_instead(cued("kk kalau hilang")), std::nullopt);
  EXPECT_EQ(asked_instead(cued("kalau")), std::nullopt);
}

TEST(FollowUp, knows_aspects_that_name_no_service) {
  const auto aspect = [](const char* text) { return only_aspect(cued(text), *nlu::default_lexicon()); };
  EXPECT_EQ(aspect("kalau online bisa?"), Aspect::online);
  EXPECT_EQ(aspect("bisa diwakilkan ga"), Aspect::by_proxy);
  EXPECT_EQ(aspect("pbb online"), Aspect::none);
  EXPECT_EQ(aspect("bisa?"), Aspect::none);
}

TEST(PersonalData, is_taken_out_before_anything_is_understood) {
  const std::pair<const char*, const char*> rows[] = {
      {"ktp hilang", "ktp hilang"},
      {"NIK 6471014505900001 ktp hilang", "NIK   ktp hilang"},
      {"no hp saya 0812-3456-7890, ktp hilang", ", ktp hilang"},
      {"6471 0145 0590 0001", ""},
      {"RT 12 jalan 5", "RT 12 jalan 5"},
      {"nama saya Siti Aminah mau urus ktp", " mau urus ktp"},
      {"nama saya siti aminah, ktp hilang", ", ktp hilang"},
      {"atas nama Bunga Lestari akta lahir", " akta lahir"},
      {"salah nama saya di kk", "salah nama saya di kk"},
      {"ganti nama anak di akta", "ganti nama anak di akta"},
      {"NAMA SAYA SALAH DI KK", "NAMA SAYA SALAH DI KK"},
      {"", ""},
  };
  for (const auto& [text, rest] : rows) {
    const Impersonal impersonal = without_personal_data(text, *nlu::default_lexicon());
    EXPECT_EQ(impersonal.text, rest) << text;
    EXPECT_EQ(impersonal.removed, impersonal.text != text) << text;
  }
  EXPECT_EQ(without_personal_data("NIK 6471014505900001 ktp hilang", *nlu::default_lexicon(), NumberWord::drop).text,
            " ktp hilang");
}

TEST(PersonalData, takes_any_bytes) {
  for (const std::string& text : {std::string("\xff\xfe nama saya \xf0\x9f"), std::string("nama saya"),
                                  std::string(5000, '1'), std::string("a/n "), std::string("1 2 3 4 5 6 7 8 9")}) {
    EXPECT_LE(without_personal_data(text, *nlu::default_lexicon()).text.size(), text.size() + 1);
  }
}

}  // namespace
}  // namespace sahut::conversation
