// Gates: emergency and asking for a person stand before the entries.
#include "nlu/gates.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "nlu/default_lexicon.hpp"
#include "nlu/features.hpp"
#include "nlu/matcher.hpp"

namespace sahut::nlu {
namespace {

TrainingSet with_gates() {
  TrainingSet set;
  set.labels = {
      {"pohon",
       {"pohon roboh menutup jalan", "minta pohon dipangkas", "ranting pohon terlalu rimbun", "pohon miring di taman"},
       {"Pohon tumbang"},
       {"pohon .*sertifikat"}},
      {"ktp", {"ktp hilang", "cara membuat ktp", "syarat ktp baru", "ktp rusak ganti di mana"}, {"KTP"}, {}}};
  set.background = {"enak sekali makan siang tadi", "besok libur ke pantai", "lagu apa yang bagus", "kucing saya lucu"};
  set.gates = {{.label = "@emergency",
                .examples = {"rumah terbakar tolong", "ada orang tenggelam di sungai", "anak kesetrum tidak sadar",
                             "orang ditusuk berdarah", "bapak pingsan tidak bernapas", "kebakaran besar di pasar",
                             "pohon menimpa orang", "ada ular di kamar anak"}}};
  set.near_misses = {"mimpi rumah terbakar artinya apa", "film tentang orang tenggelam", "cara mencegah kebakaran",
                     "surat keterangan kebakaran untuk klaim", "harga ular peliharaan berapa"};
  return set;
}

std::shared_ptr<const Matcher> matcher() {
  static const auto built = Matcher::build(with_gates(), default_lexicon());
  return built.value();
}

TEST(Gates, let_through_what_they_are_for_in_words_never_seen) {
  for (const char* text :
       {"ada orang tenggelam tolong", "rumah tetangga kebakaran", "adik saya kesetrum tidak sadar"}) {
    const Match match = matcher()->match(text);
    ASSERT_TRUE(match.gate.has_value()) << text;
    EXPECT_EQ(matcher()->label(*match.gate), "@emergency");
    EXPECT_TRUE(std::ranges::any_of(match.candidates, [&](const Candidate& c) { return c.label == *match.gate; }));
  }
}

TEST(Gates, keep_shut_for_entries_ordinary_talk_and_near_misses) {
  for (const char* text : {"ktp saya hilang", "tolong pangkas pohon yang rimbun", "libur besok ke mana",
                           "film tentang kebakaran", "mimpi orang tenggelam artinya apa"}) {
    EXPECT_FALSE(matcher()->match(text).gate.has_value()) << text;
  }
}

TEST(Gates, give_way_to_an_admins_rule) {
  const Match match = matcher()->match("pohon menimpa orang, sertifikat");
  EXPECT_FALSE(match.gate.has_value());
  EXPECT_EQ(matcher()->label(match.candidates.front().label), "pohon");
}

TEST(Gates, explain_themselves_and_stand_behind_the_entries_in_number) {
  const Match match = matcher()->match("rumah tetangga kebakaran");
  ASSERT_TRUE(match.gate.has_value());
  EXPECT_EQ(*match.gate, matcher()->label_count());
}

TEST(Signals, are_each_one_each_pair_and_bounded) {
  std::vector<RawFeature> features;
  extract_signals(std::vector<Hint>{{"fire", 0}, {"victim", 1}, {"fire", 2}}, features);
  EXPECT_EQ(features.size(), 3U);  // two signals and their pair
  std::vector<std::string> names;
  for (int i = 0; i < 300; ++i) names.push_back("s" + std::to_string(i));
  std::vector<Hint> many;
  for (const std::string& name : names) many.push_back({name, 0});
  features.clear();
  extract_signals(many, features);
  EXPECT_EQ(features.size(), 8U + 8U * 7U / 2U);
}

}  // namespace
}  // namespace sahut::nlu
