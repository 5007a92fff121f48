// Answers in words: languages, facets, two in one bubble, sources.
#include "conversation/reply_writer.hpp"

#include <gtest/gtest.h>

namespace sahut::conversation {
namespace {

knowledge::Entry entry_of(const std::string& id) {
  knowledge::Entry entry;
  entry.id = id;
  entry.title = "Judul " + id;
  entry.answer = {{"id", "Jawaban " + id}, {"en", "Answer " + id}};
  entry.facets = {{nlu::Facet::fee, "Gratis"}, {nlu::Facet::procedure, "Langkah"}};
  return entry;
}

struct Row {
  nlu::Language language;
  nlu::Facet asked;
  Manner manner;
  std::string text;
  nlu::Facet told;
};

TEST(ReplyWriter, tells_the_facet_or_the_whole) {
  const Row rows[] = {
      {nlu::Language::id, nlu::Facet::none, Manner::question, "Jawaban a", nlu::Facet::none},
      {nlu::Language::id, nlu::Facet::fee, Manner::question, "*Judul a*\nGratis", nlu::Facet::fee},
      {nlu::Language::id, nlu::Facet::procedure, Manner::question, "Jawaban a", nlu::Facet::none},
      {nlu::Language::id, nlu::Facet::procedure, Manner::follow_up, "*Judul a*\nLangkah", nlu::Facet::procedure},
      {nlu::Language::en, nlu::Facet::fee, Manner::question, "Answer a", nlu::Facet::none},
  };
  const auto sentences = default_sentences();
  for (const Row& row : rows) {
    const auto told = ReplyWriter(*sentences, row.language).answer(entry_of("a"), row.asked, row.manner);
    EXPECT_EQ(told.text, row.text);
    EXPECT_EQ(told.facet, row.told) << row.text;
  }
}

TEST(ReplyWriter, says_that_the_indonesian_text_follows) {
  const auto sentences = default_sentences();
  const ReplyWriter writer(*sentences, nlu::Language::en);
  knowledge::Entry entry = entry_of("a");
  EXPECT_NE(writer.answer(entry, nlu::Facet::fee, Manner::follow_up).text.find("The Indonesian text follows"),
            std::string::npos);
  entry.answer.erase("en");
  const std::string whole = writer.answer(entry, nlu::Facet::none, Manner::question).text;
  EXPECT_NE(whole.find("The Indonesian text follows"), std::string::npos);
  EXPECT_NE(whole.find("Jawaban a"), std::string::npos);
}

TEST(ReplyWriter, keeps_two_answers_within_one_bubble) {
  const auto sentences = default_sentences();
  const ReplyWriter writer(*sentences, nlu::Language::id);
  knowledge::Entry first = entry_of("a");
  knowledge::Entry second = entry_of("b");
  const auto both = writer.two_answers({first}, {second, nlu::Facet::fee}, /*more=*/false);
  EXPECT_NE(both.text.find("*Judul a*\nJawaban a\n\n*Judul b*\nGratis"), std::string::npos) << both.text;
  EXPECT_TRUE(both.choices.empty());

  for (knowledge::Entry* entry : {&first, &second}) {
    entry->answer["id"].assign(knowledge::max_answer_code_points * 2, 'x');
    for (std::size_t i = 0; i < entry->answer["id"].size(); i += 2) entry->answer["id"].replace(i, 2, "é");
  }
  const auto long_ones = writer.two_answers({first}, {second}, /*more=*/true);
  EXPECT_LE(long_ones.text.size(), 2 * longest_bubble);
  ASSERT_EQ(long_ones.choices.size(), 1U);
  EXPECT_EQ(long_ones.choices[0].value, "e:b");
  EXPECT_NE(long_ones.text.find("Judul b"), std::string::npos);
}

TEST(ReplyWriter, names_the_source_and_its_dates) {
  const auto sentences = default_sentences();
  knowledge::Entry entry = entry_of("a");
  const ReplyWriter writer(*sentences, nlu::Language::id);
  EXPECT_NE(writer.source(entry).find("belum dicatat"), std::string::npos);
  entry.legal_basis = "UU 24/2013";
  entry.source = "contoh";
  entry.valid_from = "2026-01-05";
  entry.review_by = "2026-12-31";
  EXPECT_EQ(writer.source(entry),
            "Jawaban tentang *Judul a* ini bersumber dari:\nDasar hukum: UU 24/2013\nSumber: contoh\n"
            "Berlaku sejak 5 Januari 2026\nDiperiksa lagi paling lambat 31 Desember 2026");
}

}  // namespace
}  // namespace sahut::conversation
