#include "storage/repositories/gaps.hpp"

#include "tests/repositories/store_fixture.hpp"

namespace sahut::storage {
namespace {

class Gaps : public StoreFixture {
 protected:
  void ask(const std::string& wording, int times, std::int64_t at = 1000) {
    for (int i = 0; i < times; ++i) count_gap(*db_, {++last_id_}, wording, wording + "?", {at + i});
  }
  std::vector<std::string> page(std::int64_t below_count = 0, GapId below = {}, std::int64_t limit = 50) {
    std::vector<std::string> texts;
    for (const auto& gap : open_gaps(*db_, below_count, below, limit)) texts.push_back(gap.text);
    return texts;
  }
  std::int64_t last_id_ = 0;
};

using Texts = std::vector<std::string>;

TEST_F(Gaps, are_one_row_a_wording_with_the_first_text_and_both_moments) {
  count_gap(*db_, {1}, "izin usaha", "Izin usaha gmn?", {1000});
  count_gap(*db_, {2}, "izin usaha", "izin usaha dong", {5000});
  const auto gaps = open_gaps(*db_, 0, {}, 50);
  ASSERT_EQ(gaps.size(), 1U);
  EXPECT_EQ(gaps[0].id.value, 1);
  EXPECT_EQ(gaps[0].text, "Izin usaha gmn?");
  EXPECT_EQ(gaps[0].count, 2);
  EXPECT_EQ(gaps[0].first_at.value, 1000);
  EXPECT_EQ(gaps[0].last_at.value, 5000);
  EXPECT_EQ(gaps[0].state, "open");
}

TEST_F(Gaps, stand_by_how_often_they_were_asked_and_are_paged_so) {
  ask("satu", 1);
  ask("tiga", 3);
  ask("juga satu", 1);
  ask("dua", 2);
  EXPECT_EQ(page(), (Texts{"tiga?", "dua?", "juga satu?", "satu?"}));
  Texts all;
  std::int64_t below = 0;
  GapId below_id;
  while (true) {
    const auto gaps = open_gaps(*db_, below, below_id, 1);
    if (gaps.empty()) break;
    all.push_back(gaps[0].text);
    below = gaps[0].count;
    below_id = gaps[0].id;
  }
  EXPECT_EQ(all, page());
}

TEST_F(Gaps, that_were_settled_stay_settled_when_asked_again) {
  ask("cuaca", 1);
  ask("pajak", 1);
  settle_gap(*db_, {1}, "ignored", "");
  settle_gap(*db_, {2}, "attached", "pbb");
  ask("cuaca", 5);
  EXPECT_EQ(page(), Texts{});
  EXPECT_EQ(load_gap(*db_, {1})->state, "ignored");
  EXPECT_EQ(load_gap(*db_, {1})->count, 6);
  EXPECT_EQ(load_gap(*db_, {2})->entry, "pbb");
  EXPECT_FALSE(load_gap(*db_, {99}));
}

}  // namespace
}  // namespace sahut::storage
