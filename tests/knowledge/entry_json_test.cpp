#include "knowledge/entry_json.hpp"

#include <gtest/gtest.h>

#include "tests/knowledge/whole_entry.hpp"

namespace sahut::knowledge {
namespace {

TEST(KnowledgeFile, reads_back_what_it_wrote) {
  const std::vector<Entry> entries = {whole_entry()};
  const ParsedFile parsed = parse_file(to_file(entries), "faq.json");
  ASSERT_TRUE(parsed.problems.empty()) << parsed.problems.front().text();
  EXPECT_EQ(parsed.entries, entries);
}

struct BadFile {
  const char* name;
  std::string text;
  const char* code;
  const char* where;
};

std::string file_with(const std::string& members) {
  return "{\"entries\": [\n {\"id\": \"a\", \"office\": \"o\", \"title\": \"t\",\n  \"answer\": {\"id\": \"x\"},\n  " +
         members + "\n }\n]}";
}

TEST(KnowledgeFile, names_line_and_field_of_every_mistake) {
  const BadFile rows[] = {
      {"not JSON", "{\"entries\": [\n1,,2]}", "not_json", "faq.json line 2"},
      {"no entries", "{}", "missing", "faq.json line 1"},
      {"unknown field", file_with("\"exampels\": []"), "unknown_field", "faq.json line 4, entries[0].exampels"},
      {"wrong type", file_with("\"examples\": \"satu\""), "wrong_type", "faq.json line 4, entries[0].examples"},
      {"element of wrong type", file_with("\"rules\": [1]"), "wrong_type", "faq.json line 4, entries[0].rules[0]"},
      {"bad date", file_with("\"valid_from\": \"1 Jan\""), "bad_date", "faq.json line 4, entries[0].valid_from"},
      {"unknown handoff", file_with("\"handoff\": \"maybe\""), "unknown_word", "faq.json line 4, entries[0].handoff"},
      {"unknown facet", file_with("\"facets\": {\"price\": \"x\"}"), "unknown_field",
       "faq.json line 4, entries[0].facets.price"},
      {"missing answer", R"({"entries": [{"id": "a", "office": "o", "title": "t"}]})", "missing",
       "faq.json line 1, entries[0].answer"},
      {"id with spaces", R"({"entries": [{"id": "a b", "office": "o", "title": "t", "answer": {"id": "x"}}]})",
       "bad_id", "faq.json line 1, entries[0].id"},
  };
  for (const BadFile& row : rows) {
    const ParsedFile parsed = parse_file(row.text, "faq.json");
    ASSERT_FALSE(parsed.problems.empty()) << row.name;
    EXPECT_EQ(parsed.problems.front().code, row.code) << row.name << ": " << parsed.problems.front().text();
    EXPECT_EQ(parsed.problems.front().where, row.where) << row.name;
  }
}

TEST(KnowledgeFile, says_what_a_mistyped_field_may_have_meant) {
  const ParsedFile parsed = parse_file(file_with("\"exampels\": []"), "faq.json");
  EXPECT_EQ(parsed.problems.front().cure, "Did you mean `examples`?");
}

TEST(KnowledgeFile, refuses_what_is_nested_too_deep) {
  const std::string deep = std::string(100'000, '[');
  EXPECT_FALSE(parse_file(deep, "faq.json").problems.empty());
  const std::string closed = std::string(100, '[') + std::string(100, ']');
  EXPECT_EQ(parse_file(closed, "faq.json").problems.front().code, "too_deep");
}

TEST(KnowledgeFile, accepts_a_byte_order_mark) {
  EXPECT_TRUE(parse_file("\xEF\xBB\xBF{\"entries\": []}", "faq.json").problems.empty());
}

TEST(KnowledgeFile, reports_all_mistakes_at_once) {
  EXPECT_EQ(parse_file(file_with("\"foo\": 1, \"handoff\": \"x\", \"rules\": 3"), "faq.json").problems.size(), 3u);
}

}  // namespace
}  // namespace sahut::knowledge
