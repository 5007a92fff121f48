// The small parts of the turn: typed choices, case numbers, memory, sentences.
#include <gtest/gtest.h>

#include "conversation/case_number.hpp"
#include "conversation/memory.hpp"
#include "conversation/sentences.hpp"
#include "conversation/typed_choice.hpp"
#include "nlu/default_lexicon.hpp"

namespace sahut::conversation {
namespace {

const std::vector<Choice> offered = {
    {"KTP-el hilang", "e:ktp-el-hilang"}, {"KTP-el rusak", "e:ktp-el-rusak"}, {"Bukan ini", "none"}};

std::string chosen(std::string_view text) {
  const Choice* choice = typed_choice(text, offered, *nlu::default_lexicon());
  return choice == nullptr ? "" : choice->value;
}

TEST(TypedChoice, is_understood_by_number_ordinal_title_or_refusal) {
  const std::pair<const char*, const char*> rows[] = {
      {"1", "e:ktp-el-hilang"},
      {" 2. ", "e:ktp-el-rusak"},
      {"no 2", "e:ktp-el-rusak"},
      {"yang pertama ya", "e:ktp-el-hilang"},
      {"yg kedua", "e:ktp-el-rusak"},
      {"the second one", ""},  // two numbers: not sure enough
      {"the second", "e:ktp-el-rusak"},
      {"ktp-el rusak", "e:ktp-el-rusak"},
      {"KTP EL HILANG", "e:ktp-el-hilang"},
      {"bukan ini", "none"},
      {"3", "none"},
      {"4", ""},
      {"0", ""},
      {"2 hari lagi buka?", ""},
      {"ktp", ""},
      {"yg ke 2 aja min", "e:ktp-el-rusak"},
      {"ke2", "e:ktp-el-rusak"},
      {"nomor 1 deh", "e:ktp-el-hilang"},
      {"yang terakhir", "e:ktp-el-rusak"},
      {"hilang", "e:ktp-el-hilang"},
      {"yang ilang kak", "e:ktp-el-hilang"},
      {"rusak ya", "e:ktp-el-rusak"},
      {"hilang dan rusak", ""},
      {"kk hilang", ""},
      {"ktp hilang biayanya berapa", ""},
      {"", ""},
  };
  for (const auto& [text, value] : rows) EXPECT_EQ(chosen(text), value) << text;
}

TEST(TypedChoice, means_nothing_when_nothing_was_offered) {
  EXPECT_EQ(typed_choice("1", {}, *nlu::default_lexicon()), nullptr);
}

TEST(CaseNumber, is_found_as_people_write_it) {
  const std::pair<const char*, const char*> rows[] = {
      {"cek BPN-2611-0042", "BPN-2611-0042"},
      {"bpn 2611 0042 gmn?", "BPN-2611-0042"},
      {"kasus bpn-2611-12345.", "BPN-2611-12345"},
      {"(BPN-2611-0042)", "BPN-2611-0042"},
      {"BPN-261-0042", ""},
      {"B-2611-0042", ""},
      {"KT 2611 AB", ""},
      {"hp saya 0812 3456 7890", ""},
      {"wa saya 0812 34567890", ""},
      {"BPN-2613-0042", ""},
      {"", ""},
      {"bpn", ""},
      {"BPN-2611-", ""},
  };
  for (const auto& [text, number] : rows) EXPECT_EQ(find_case_number(text).value_or(""), number) << text;
  EXPECT_EQ(case_number("BPN", "2026-11-24", 42), "BPN-2611-0042");
  EXPECT_EQ(case_number("BPN", "2026-11-24", 123456), "BPN-2611-123456");
}

TEST(Memory, is_read_back_and_forgiving) {
  BotMemory memory;
  memory.offered = offered;
  memory.last_entry = "pbb-bayar";
  memory.fallbacks = 1;
  memory.language = {2, 5};
  memory.comforted_at = {1'795'000'000'500};
  memory.last_facet = nlu::Facet::fee;
  memory.question = {"ktp saya", {1'795'000'000'000}, true};
  memory.refused = {"ktp-el-hilang", "kk-hilang"};
  memory.asked_yes_no = true;
  memory.small_talk = SmallTalkKind::thanks;
  EXPECT_EQ(memory_from_json(to_json(memory)), memory);
  EXPECT_EQ(memory_from_json(to_json(BotMemory{})), BotMemory{});
  for (const char* broken :
       {"", "{", "[]", "null", R"({"offered": [1, ["a"]], "fallbacks": "x", "language": [1], "question": [1],
                                "refused": "x", "last_facet": 7, "small_talk": "weather", "asked_yes_no": 1})"}) {
    EXPECT_EQ(memory_from_json(broken), BotMemory{}) << broken;
  }
}

TEST(Sentences, have_both_languages_and_are_filled_in) {
  const auto sentences = default_sentences();
  EXPECT_GT(sentences->size(), 20u);
  const std::string said =
      sentences->say(nlu::Language::id, "case.status_claimed", {{"number", "BPN-1"}, {"office", "Dinkes"}});
  EXPECT_EQ(said, "Kasus *BPN-1* sedang ditangani petugas Dinkes.");
  EXPECT_THROW((void)sentences->say(nlu::Language::id, "no.such"), std::out_of_range);
}

TEST(Sentences, name_the_line_of_a_mistake) {
  const std::pair<const char*, const char*> rows[] = {{"a = x\nb", "id.txt line 2"},
                                                      {"a = x\n\na = y", "id.txt line 3"},
                                                      {"a =", "id.txt line 1"},
                                                      {"b = x", "en.txt"}};
  for (const auto& [text, where] : rows) {
    const auto parsed = Sentences::parse(text, "a = x");
    ASSERT_FALSE(parsed.ok()) << text;
    EXPECT_EQ(parsed.problem().where, where) << text;
  }
}

TEST(Sentences, leave_what_nobody_fills_as_it_is) {
  const auto parsed = Sentences::parse("a = {x} {y}", "a = b");
  EXPECT_EQ(parsed->say(nlu::Language::id, "a", {{"x", "1"}}), "1 {y}");
}

}  // namespace
}  // namespace sahut::conversation
