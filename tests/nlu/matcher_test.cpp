#include "nlu/matcher.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "nlu/default_lexicon.hpp"
#include "nlu/normaliser.hpp"
#include "tests/nlu/shared_lexicon.hpp"

namespace sahut::nlu {
namespace {

TrainingSet small_city() {
  TrainingSet set;
  set.labels = {
      {"ktp-hilang",
       {"ktp saya hilang bagaimana", "cara mengurus ktp yang hilang", "kehilangan ktp harus ke mana",
        "ktp hilang di jalan"},
       {"KTP-el hilang"},
       {}},
      {"ktp-baru",
       {"cara membuat ktp baru", "anak saya 17 tahun mau buat ktp", "rekam ktp pertama kali di mana",
        "syarat ktp baru"},
       {"Membuat KTP-el baru"},
       {}},
      {"kk-baru",
       {"cara membuat kartu keluarga baru", "baru menikah mau buat kk sendiri", "syarat pecah kk",
        "bikin kk baru di mana"},
       {"Kartu keluarga baru"},
       {}},
      {"akta-lahir",
       {"cara mengurus akta kelahiran", "bayi baru lahir mau buat akta", "syarat akta lahir anak",
        "akta kelahiran terlambat"},
       {"Akta kelahiran"},
       {}},
      {"lampu-mati",
       {"lampu jalan mati di depan rumah", "lapor lampu penerangan jalan padam", "lampu jalan tidak menyala",
        "jalan gelap lampu mati"},
       {"Lampu jalan mati"},
       {"lampu (jalan|pju) .*(mati|padam)"}},
      {"pbb-bayar",
       {"bayar pbb di mana", "cara bayar pajak bumi dan bangunan", "tagihan pbb saya berapa", "jatuh tempo pbb kapan"},
       {"Bayar PBB"},
       {}}};
  set.background = {"besok hujan tidak ya",
                    "resep rendang padang",
                    "siapa presiden indonesia",
                    "harga emas hari ini",
                    "skor bola semalam berapa",
                    "rekomendasi film horor",
                    "cara main gitar",
                    "tiket pesawat ke bali berapa",
                    "aku sedih putus cinta",
                    "lagi apa kak",
                    "kamu sudah makan belum",
                    "cerita lucu dong",
                    "pinjaman online cepat cair",
                    "kuliah jurusan apa yang bagus",
                    "bunga deposito bank",
                    "cara diet cepat"};
  return set;
}

std::shared_ptr<const Matcher> small_matcher() {
  static const std::shared_ptr<const Matcher> matcher = Matcher::build(small_city(), shared_lexicon()).value();
  return matcher;
}

struct MatchCase {
  std::string_view text;
  std::string_view label;
};

class Matches : public testing::TestWithParam<MatchCase> {};

TEST_P(Matches, the_entry_that_the_resident_means) {
  const auto matcher = small_matcher();
  const Match match = matcher->match(GetParam().text);
  ASSERT_FALSE(match.candidates.empty());
  EXPECT_EQ(matcher->label(match.candidates[0].label), GetParam().label) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Wordings, Matches,
    testing::Values(MatchCase{"ktp saya hilang", "ktp-hilang"}, MatchCase{"min ktp ilang gmn ngurusnya", "ktp-hilang"},
                    MatchCase{"kehilngan ktp", "ktp-hilang"}, MatchCase{"KTP HILANG!!!", "ktp-hilang"},
                    MatchCase{"bikin ktp baru syaratnya apa", "ktp-baru"},
                    MatchCase{"cara bkin kartu kelurga", "kk-baru"}, MatchCase{"mau pisah kk", "kk-baru"},
                    MatchCase{"akte lahir bayi gmn", "akta-lahir"}, MatchCase{"akta klahiran", "akta-lahir"},
                    MatchCase{"lampu jln ga nyala", "lampu-mati"}, MatchCase{"byr pbb dmn", "pbb-bayar"},
                    MatchCase{"kayapa maurus ktp hilang", "ktp-hilang"}));

TEST(Matcher, is_sure_of_its_own_examples_and_unsure_of_what_belongs_nowhere) {
  const auto matcher = small_matcher();
  double lowest_inside = 1;
  for (const LabelExamples& label : small_city().labels) {
    for (const std::string_view example : label.examples) {
      const Match match = matcher->match(example);
      EXPECT_EQ(matcher->label(match.candidates[0].label), label.label) << example;
      lowest_inside = std::min(lowest_inside, match.candidates[0].confidence);
    }
  }
  for (const std::string_view text : {"resep soto banjar", "siapa juara liga", "aku lagi sedih", "asdfgh qwerty"}) {
    EXPECT_LT(matcher->match(text).candidates[0].confidence, lowest_inside) << text;
  }
}

TEST(Matcher, gives_candidates_best_first_with_confidences_between_0_and_1) {
  const Match match = small_matcher()->match("cara membuat ktp");
  ASSERT_EQ(match.candidates.size(), max_candidates);
  for (std::size_t i = 0; i < match.candidates.size(); ++i) {
    EXPECT_GE(match.candidates[i].confidence, 0);
    EXPECT_LE(match.candidates[i].confidence, 1);
    if (i > 0) {
      EXPECT_LE(match.candidates[i].confidence, match.candidates[i - 1].confidence);
    }
  }
}

TEST(Matcher, a_rule_wins_over_any_score_and_is_named_in_the_evidence) {
  const Match match = small_matcher()->match("lampu PJU di gang kami kok mati terus ktp ktp ktp");
  EXPECT_EQ(small_matcher()->label(match.candidates[0].label), "lampu-mati");
  EXPECT_EQ(match.candidates[0].confidence, 1);
  EXPECT_EQ(match.evidence.rule, "lampu (jalan|pju) .*(mati|padam)");
  EXPECT_TRUE(small_matcher()->match("ktp hilang").evidence.rule.empty());
}

TEST(Matcher, a_bad_rule_names_the_label_and_the_pattern) {
  TrainingSet set = small_city();
  set.labels[1].rules = {"ktp (baru"};
  const auto built = Matcher::build(std::move(set), shared_lexicon());
  ASSERT_FALSE(built.ok());
  EXPECT_EQ(built.problem().where, "ktp-baru");
  EXPECT_NE(built.problem().what.find("ktp (baru"), std::string::npos);
}

TEST(Matcher, a_label_given_twice_is_a_problem) {
  TrainingSet set = small_city();
  set.labels[1].label = "ktp-hilang";
  const auto built = Matcher::build(std::move(set), shared_lexicon());
  ASSERT_FALSE(built.ok());
  EXPECT_EQ(built.problem().code, "duplicate_label");
}

TEST(Matcher, without_labels_it_matches_nothing) {
  const auto matcher = Matcher::build({}, shared_lexicon()).value();
  EXPECT_EQ(matcher->label_count(), 0U);
  EXPECT_TRUE(matcher->match("ktp hilang").candidates.empty());
  EXPECT_TRUE(matcher->explain(normalise("ktp", lexicon()), 0).words.empty());
}

TEST(Matcher, works_with_one_label_without_examples_and_with_empty_texts) {
  TrainingSet set;
  set.labels = {{"satu", {"", "?!"}, {}, {}}};
  const auto matcher = Matcher::build(std::move(set), shared_lexicon()).value();
  const Match match = matcher->match("ktp hilang");
  ASSERT_EQ(match.candidates.size(), 1U);
  EXPECT_LT(match.candidates[0].confidence, 0.5);
  EXPECT_EQ(matcher->match("").candidates.size(), 1U);
}

TEST(Matcher, explains_a_match_by_its_words_and_keywords) {
  const auto matcher = small_matcher();
  const Utterance utterance = normalise("tolong kak ktp saya hilang", lexicon());
  const Match match = matcher->match(utterance);
  const Evidence evidence = matcher->explain(utterance, match.candidates[0].label);
  ASSERT_FALSE(evidence.words.empty());
  EXPECT_EQ(evidence.words[0].word, "hilang");
  EXPECT_GT(evidence.words[0].weight, 0);
  EXPECT_NE(std::ranges::find(evidence.keywords, "hilang"), evidence.keywords.end());
  EXPECT_EQ(evidence.thresholds, matcher->thresholds());
}

TEST(Matcher, keywords_alone_teach_a_label) {
  TrainingSet set = small_city();
  set.labels.push_back({"reklame-izin", {}, {"Izin reklame", "baliho spanduk"}, {}});
  const auto matcher = Matcher::build(std::move(set), shared_lexicon()).value();
  EXPECT_EQ(matcher->label(matcher->match("pasang baliho izinnya gimana").candidates[0].label), "reklame-izin");
}

TEST(Matcher, same_set_same_answers_on_every_thread) {
  const auto first = small_matcher();
  const auto second = Matcher::build(small_city(), shared_lexicon()).value();
  const std::vector<std::string> texts = {"ktp ilang", "bikin kk", "bayar pbb dmn", "cuaca besok", "lampu jln padam"};
  std::vector<std::vector<Candidate>> expected;
  for (const std::string& text : texts) expected.push_back(first->match(text).candidates);
  std::vector<std::thread> threads;
  std::atomic<int> different{0};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int round = 0; round < 20; ++round) {
        for (std::size_t i = 0; i < texts.size(); ++i) {
          if (first->match(texts[i]).candidates != expected[i] || second->match(texts[i]).candidates != expected[i])
            ++different;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(different, 0);
  EXPECT_EQ(first->thresholds(), second->thresholds());
}

/// So many that no table of all words against all labels would fit: then it is centroids in posting lists.
TEST(Matcher, finds_one_of_thousands_of_labels) {
  constexpr std::size_t labels = 3000;
  const auto word = [](std::size_t number) {
    std::string text = "k";
    for (; number > 0; number /= 20) text += "bcdfghjklmnpqrstvwxz"[number % 20] + std::string("a");
    return text;
  };
  std::vector<std::vector<std::string>> examples(labels);
  TrainingSet set;
  set.background = {"besok hujan tidak ya", "resep rendang padang"};
  for (std::size_t i = 0; i < labels; ++i) {
    examples[i] = {"cara mengurus " + word(i), "syarat " + word(i) + " " + word(i + labels)};
    set.labels.push_back({.label = std::to_string(i), .examples = {}, .keywords = {}, .rules = {}});
    set.labels.back().examples.assign(examples[i].begin(), examples[i].end());
  }
  const auto matcher = Matcher::build(std::move(set), default_lexicon()).value();
  for (const std::size_t i : {7U, 1234U, 2999U}) {
    const Match match = matcher->match("gmn ngurus " + word(i));
    ASSERT_FALSE(match.candidates.empty());
    EXPECT_EQ(matcher->label(match.candidates[0].label), std::to_string(i));
  }
}

}  // namespace
}  // namespace sahut::nlu
