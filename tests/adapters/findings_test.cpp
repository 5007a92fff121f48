#include "adapters/findings.hpp"

#include <gtest/gtest.h>

#include "adapters/placeholders.hpp"
#include "values/masking.hpp"

namespace sahut::adapters {
namespace {

std::string table(const std::string& row) {
  return "# words\nchannel\tfinding\tcheck\tstatus\twhen\twhat\tcure\n" + row + "\n";
}

TEST(Findings, a_table_with_a_fault_is_refused_with_its_line) {
  struct Row {
    std::string row;
    const char* code;
  };
  const Row rows[] = {{"t\ta\tc\tok\t-\tBaik.\t-", ""},
                      {"t\ta\tc\tgood\t-\tBaik.\t-", "bad_status"},
                      {"t\ta\tc\tok\t-\tBaik.\tObat.", "bad_cure"},
                      {"t\ta\tc\tfail\t-\tBuruk.\t-", "bad_cure"},
                      {"t\ta\tc\tok\t-\tBaik.\t-\nt\ta\tc\tok\t-\tLain.\t-", "repeated_finding"},
                      {"t\ta\tc\tfail\tSSL\tBuruk.\tObat.", "bad_words"},
                      {"t\ta\tc\tfail\ta||b\tBuruk.\tObat.", "bad_words"},
                      {"t\ta\tc\tfail\t\tBuruk.\tObat.", "bad_row"},
                      {"t\ta\tc\tfail", "bad_row"}};
  for (const Row& row : rows) {
    const auto parsed = parse_findings("f.tsv", table(row.row));
    EXPECT_EQ(parsed.ok() ? "" : parsed.problem().code, row.code) << row.row;
    EXPECT_TRUE(parsed.ok() || parsed.problem().where.starts_with("f.tsv:")) << parsed.problem().where;
  }
}

TEST(Findings, the_table_of_the_product_is_good) {
  EXPECT_GT(all_findings().size(), 100u);
  EXPECT_THROW((void)found("telegram", "no_such_row"), std::logic_error);
}

TEST(Findings, words_are_filled_in_once_and_leave_no_space_behind) {
  EXPECT_EQ(filled("{a} dan {b}{c}.", {{"a", "{b}"}, {"b", "2"}}), "{b} dan 2.");
  EXPECT_EQ(filled("terbuka {", {}), "terbuka {");
  EXPECT_EQ(found("telegram", "delivery_refused", {{"waiting", ""}}).what,
            "Tidak ada yang menjawab di alamat publik server.");
}

TEST(Findings, are_recognised_by_words_of_any_case) {
  const auto check = recognised("telegram", "delivery", "SSL error {CERTIFICATE verify failed}", {});
  ASSERT_TRUE(check);
  EXPECT_EQ(check->code, "delivery_certificate");
  EXPECT_FALSE(recognised("telegram", "delivery", "nothing of the kind", {}));
  EXPECT_FALSE(recognised("telegram", "token", "certificate", {}));
}

}  // namespace
}  // namespace sahut::adapters
