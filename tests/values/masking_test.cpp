#include "values/masking.hpp"

#include <gtest/gtest.h>

namespace sahut {
namespace {

TEST(Masking, keeps_the_ends_of_an_address) {
  EXPECT_EQ(mask_address("6281200000001"), "6281•••••001");
}
TEST(Masking, hides_a_short_address) {
  EXPECT_EQ(mask_address("12345"), "•••45");
}
TEST(Masking, hides_nothing_of_nothing) {
  EXPECT_EQ(mask_address(""), "");
}

struct Row {
  const char* text;
  const char* masked;
};

TEST(Masking, hides_numbers_that_name_a_person) {
  const Row rows[] = {
      {"NIK saya 6471051203980002 ya", "NIK saya 64••••••••••••02 ya"},
      {"hub 0812-3456-7890", "hub 08••••••••90"},
      {"hub 0812 3456 7890.", "hub 08••••••••90."},
      {"RT 12 RW 3, tanggal 24-11-2026", "RT 12 RW 3, tanggal 24-11-2026"},
      {"call 112", "call 112"},
      {"biaya Rp 150.000", "biaya Rp 150.000"},
      {"", ""},
  };
  for (const Row& row : rows) EXPECT_EQ(mask_numbers(row.text), row.masked) << row.text;
}

}  // namespace
}  // namespace sahut
