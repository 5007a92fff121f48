#include "adapters/json_reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace sahut::adapters {
namespace {

std::string repeated(std::string_view piece, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += piece;
  return all;
}

TEST(JsonReader, takes_sixty_four_levels_and_no_more) {
  EXPECT_TRUE(parse_json(repeated("[", 64) + repeated("]", 64)).ok());
  const auto refused = parse_json(repeated("[", 65) + repeated("]", 65));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problem().code, "too_deep");
}

TEST(JsonReader, refuses_a_hundred_thousand_open_brackets) {
  EXPECT_EQ(parse_json(repeated("[", 100'000)).problem().code, "too_deep");
  EXPECT_EQ(parse_json(repeated("{\"a\":", 100'000)).problem().code, "too_deep");
}

TEST(JsonReader, does_not_count_brackets_inside_strings) {
  EXPECT_TRUE(parse_json("[\"" + repeated("[{", 100) + "\\\"" + repeated("[", 100) + "\"]").ok());
}

TEST(JsonReader, counts_wide_documents_as_shallow) {
  EXPECT_TRUE(parse_json("[" + repeated("[],", 1000) + "[]]").ok());
}

TEST(JsonReader, refuses_what_is_not_json) {
  for (const std::string& bytes :
       {std::string(), std::string("{"), std::string("{} x"), std::string("[1e999]"), std::string("\"\\ud83d\""),
        std::string("\"\xC3(\""), std::string("\"\xED\xA0\x80\""), std::string("\xEF\xBB"), std::string("]"),
        std::string("nul"), std::string("{\"a\":1,}"), std::string("[\"\x01\"]"), std::string(1, '\0')}) {
    const auto parsed = parse_json(bytes);
    ASSERT_FALSE(parsed.ok()) << bytes;
    EXPECT_EQ(parsed.problem().code, "not_json") << bytes;
  }
}

TEST(JsonReader, gives_absent_for_every_wrong_type) {
  for (const char* const text : {"null", "true", "5", "5.5", "\"x\"", "[]", "[{}]", "{}"}) {
    const Json value = Json::parse(text);
    EXPECT_TRUE(member(value, "key").is_null()) << text;
    EXPECT_TRUE(member(value, "a", "b", "c").is_null()) << text;
    EXPECT_TRUE(value.is_array() || elements(value).empty()) << text;
    if (!value.is_string()) {
      EXPECT_EQ(text_of(value), "") << text;
      EXPECT_EQ(word_of(value), "") << text;
      EXPECT_EQ(name_of(value), "") << text;
    }
    EXPECT_EQ(number_of(value).has_value(), value.is_number()) << text;
    EXPECT_EQ(flag_of(value), value.is_boolean()) << text;
  }
}

TEST(JsonReader, shows_a_nul_instead_of_cutting_at_it) {
  EXPECT_EQ(text_of(parse_json(R"("halo\u0000dunia")").value()),
            "halo\xEF\xBF\xBD"
            "dunia");
}

TEST(JsonReader, cuts_a_text_at_a_code_point) {
  const std::string text = text_of(Json(std::string(longest_text - 1, 'a') + "é"));
  EXPECT_EQ(text, std::string(longest_text - 1, 'a'));
}

TEST(JsonReader, cuts_a_text_of_nuls_to_the_same_size) {
  const std::string text = text_of(Json(std::string(longest_text, '\0')));
  EXPECT_LE(text.size(), longest_text);
  EXPECT_NE(parse_json(dump(Json(text))).ok(), false);
}

TEST(JsonReader, drops_an_id_rather_than_change_it) {
  EXPECT_EQ(word_of(Json(std::string(longest_word, 'a'))), std::string(longest_word, 'a'));
  EXPECT_EQ(word_of(Json(std::string(longest_word + 1, 'a'))), "");
  EXPECT_EQ(word_of(Json("a\nb")), "");
  EXPECT_EQ(name_of(Json("a\nb")), "a b");
}

struct Number {
  const char* text;
  std::optional<std::int64_t> value;
};

TEST(JsonReader, reads_whole_numbers_however_they_are_written) {
  const Number rows[] = {{"7", 7},
                         {"-7", -7},
                         {"\"7\"", 7},
                         {"4503599627370495", 4503599627370495},
                         {"9223372036854775807", INT64_MAX},
                         {"9223372036854775808", std::nullopt},
                         {"18446744073709551616", std::nullopt},
                         {"\"9223372036854775808\"", std::nullopt},
                         {"7.0", std::nullopt},
                         {"\"7 \"", std::nullopt},
                         {"\"\"", std::nullopt},
                         {"true", std::nullopt}};
  for (const Number& row : rows) EXPECT_EQ(integer_of(Json::parse(row.text)), row.value) << row.text;
}

TEST(JsonReader, writes_text_that_was_cut_badly) {
  EXPECT_EQ(dump(Json("\xF0\x9F")), "\"\xEF\xBF\xBD\"");
}

RC_GTEST_PROP(JsonReader, never_throws_whatever_the_bytes, (const std::string& bytes)) {
  (void)parse_json(bytes).ok();
}

}  // namespace
}  // namespace sahut::adapters
