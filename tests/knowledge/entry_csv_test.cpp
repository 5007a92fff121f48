#include "knowledge/entry_csv.hpp"

#include <gtest/gtest.h>

#include "knowledge/csv.hpp"
#include "tests/knowledge/whole_entry.hpp"

namespace sahut::knowledge {
namespace {

using Cells = std::vector<std::string>;

std::vector<Cells> rows_of(std::string_view text) {
  std::vector<Cells> rows;
  const auto parsed = parse_csv(text, "faq.csv");
  for (const CsvRow& row : parsed.value()) rows.push_back(row.cells);
  return rows;
}

TEST(Csv, reads_what_spreadsheets_write) {
  const std::vector<Cells> expected = {{"id", "title"}, {"a", "KTP, hilang; \"raib\"\nbaris dua"}, {"b", ""}};
  EXPECT_EQ(rows_of("id,title\r\na,\"KTP, hilang; \"\"raib\"\"\nbaris dua\"\r\nb,\r\n"), expected);
  EXPECT_EQ(rows_of("\xEF\xBB\xBFid;title\na;\"KTP, hilang; \"\"raib\"\"\nbaris dua\"\n\n  \nb;\n"), expected);
  EXPECT_EQ(rows_of("id\ttitle\na\t\"KTP, hilang; \"\"raib\"\"\nbaris dua\"\nb\t"), expected);
  EXPECT_TRUE(rows_of("").empty());
  EXPECT_TRUE(rows_of("\r\n\r\n;;;\r\n").empty());
}

TEST(Csv, knows_the_line_where_a_row_begins) {
  const std::vector<CsvRow> rows = parse_csv("id,title\n\na,\"satu\ndua\"\n\nb,tiga", "faq.csv").value();
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].line, 1U);
  EXPECT_EQ(rows[1].line, 3U);
  EXPECT_EQ(rows[2].line, 6U);
}

TEST(Csv, names_the_line_of_a_mistake) {
  const auto problem = [](std::string_view text) -> Problem { return parse_csv(text, "faq.csv").problem(); };
  EXPECT_EQ(problem("id,title\na,\"KTP \" hilang\"").code, "not_csv");
  EXPECT_EQ(problem("id,title\na,\"KTP \" hilang\"").where, "faq.csv line 2");
  EXPECT_EQ(problem("id,title\na,satu\nb,\"tak ditutup\nc,dua\n").where, "faq.csv line 3");
  EXPECT_EQ(problem("id,title\na,Caf\xE9\n").code, "not_utf8");
  EXPECT_EQ(problem("id,title\na,Caf\xE9\n").where, "faq.csv line 2");
}

TEST(Csv, reads_back_any_cells_it_wrote) {
  const std::vector<Cells> rows = {{"a", "", "\"", "x,y;z\t", "dua\nbaris", " spasi ", "\r\n"}, {"1", "2"}};
  std::string text;
  for (const Cells& row : rows) text += csv_line(row);
  EXPECT_EQ(rows_of(text), rows);
}

TEST(KnowledgeTable, reads_back_what_it_wrote) {
  Entry odd = whole_entry();
  odd.id = "aneh";
  odd.examples = {"satu | dua", "baris\nlain"};
  odd.rules = {"[abc]"};
  odd.keywords = {};
  const std::vector<Entry> entries = {whole_entry(), odd};
  const ParsedTable table = parse_table(to_table(entries), "faq.csv");
  ASSERT_TRUE(table.file.problems.empty()) << table.file.problems.front().text();
  EXPECT_EQ(table.file.entries, entries);
}

TEST(KnowledgeTable, takes_what_people_type) {
  const ParsedTable table = parse_table(
      "ID; Title ;office;answer;examples;rules;facets\n"
      "a;Judul;kominfo;Jawaban;satu | dua;x|y;\n"
      "b;Judul;kominfo;\"{\"\"id\"\": \"\"Ya\"\", \"\"en\"\": \"\"Yes\"\"}\";\"[\"\"satu\"\"]\";;\"{\"\"fee\"\": "
      "\"\"Gratis\"\"}\"\n",
      "faq.csv");
  ASSERT_TRUE(table.file.problems.empty()) << table.file.problems.front().text();
  ASSERT_EQ(table.file.entries.size(), 2U);
  EXPECT_EQ(table.file.entries[0].answer.at("id"), "Jawaban");
  EXPECT_EQ(table.file.entries[0].examples, (Cells{"satu", "dua"}));
  EXPECT_EQ(table.file.entries[0].rules, (Cells{"x|y"}));
  EXPECT_EQ(table.file.entries[1].answer.at("en"), "Yes");
  EXPECT_EQ(table.file.entries[1].examples, (Cells{"satu"}));
  EXPECT_EQ(table.file.entries[1].facets.at(nlu::Facet::fee), "Gratis");
  EXPECT_EQ(table.lines, (std::vector<std::size_t>{2, 3}));
}

struct BadTable {
  const char* name;
  const char* text;
  const char* code;
  const char* where;
};

TEST(KnowledgeTable, names_line_and_column_of_every_mistake) {
  const BadTable rows[] = {
      {"empty", "", "missing", "faq.csv"},
      {"unknown column", "id,titel\na,b\n", "unknown_field", "faq.csv line 1"},
      {"a column twice", "id,id\na,b\n", "duplicate", "faq.csv line 1"},
      {"no title", "id,office,answer.id\na,o,x\n", "missing", "faq.csv line 2, column `title`"},
      {"no answer", "id,office,title\na,o,t\n", "missing", "faq.csv line 2, column `answer`"},
      {"bad date", "id,office,title,answer.id,valid_from\na,o,t,x,1 Jan\n", "bad_date",
       "faq.csv line 2, column `valid_from`"},
      {"bad object", "id,office,title,answer.id,facets\na,o,t,x,gratis\n", "not_json",
       "faq.csv line 2, column `facets`"},
      {"more cells than columns", "id,office,title,answer.id\na,o,t,x,y\n", "too_many", "faq.csv line 2"},
      {"not closed", "id,office\n\"a,o\n", "not_csv", "faq.csv line 2"},
  };
  for (const BadTable& row : rows) {
    const ParsedTable table = parse_table(row.text, "faq.csv");
    ASSERT_FALSE(table.file.problems.empty()) << row.name;
    EXPECT_EQ(table.file.problems.front().code, row.code) << row.name;
    EXPECT_EQ(table.file.problems.front().where, row.where) << row.name;
    EXPECT_FALSE(table.file.problems.front().cure.empty()) << row.name;
  }
}

}  // namespace
}  // namespace sahut::knowledge
