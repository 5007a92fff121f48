// The sheet with the code: well-formed whatever an office is called.
#include <gtest/gtest.h>

#include "server/api/poster.hpp"

namespace sahut::server {
namespace {

TEST(Poster, SaysTheOfficeAndTheLinkAndHoldsACode) {
  const auto sheet = poster_svg({.city = "Kota Balikpapan",
                                 .office = "Dinas Kependudukan dan Pencatatan Sipil",
                                 .channel = "WhatsApp",
                                 .link = "https://wa.me/6280000000000"});
  ASSERT_TRUE(sheet.ok());
  EXPECT_NE(sheet->find("Dinas Kependudukan dan"), std::string::npos);
  EXPECT_NE(sheet->find("Pencatatan Sipil"), std::string::npos) << "in a line of its own";
  EXPECT_NE(sheet->find("https://wa.me/6280000000000"), std::string::npos);
  EXPECT_NE(sheet->find("h1v1h-1z"), std::string::npos);
}

TEST(Poster, EscapesWhatWouldBreakTheSheet) {
  const auto sheet =
      poster_svg({.city = "A & B", .office = "<script>\"x\"", .channel = "Telegram", .link = "https://t.me/a?b=1&c=2"});
  ASSERT_TRUE(sheet.ok());
  EXPECT_EQ(sheet->find("<script>"), std::string::npos);
  EXPECT_NE(sheet->find("&lt;script&gt;"), std::string::npos);
  EXPECT_NE(sheet->find("b=1&amp;c=2"), std::string::npos);
}

TEST(Poster, RefusesALinkThatFitsNoCode) {
  EXPECT_FALSE(poster_svg({.city = "", .office = "", .channel = "", .link = std::string(1001, 'x')}).ok());
}

}  // namespace
}  // namespace sahut::server
