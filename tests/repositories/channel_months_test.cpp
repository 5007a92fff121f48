#include "storage/repositories/channel_months.hpp"

#include "tests/repositories/store_fixture.hpp"

namespace sahut::storage {
namespace {

class ChannelMonths : public StoreFixture {};

TEST_F(ChannelMonths, count_each_channel_and_month_apart) {
  EXPECT_EQ(count_sent(*db_, "wa", "2026-11").sent, 1);
  EXPECT_EQ(count_sent(*db_, "wa", "2026-11").sent, 2);
  EXPECT_EQ(count_sent(*db_, "wa", "2026-12").sent, 1);
  EXPECT_EQ(count_sent(*db_, "tg", "2026-11").sent, 1);
  EXPECT_EQ(load_channel_month(*db_, "wa", "2027-01").sent, 0);
}

TEST_F(ChannelMonths, tell_billed_from_free) {
  count_priced(*db_, "wa", "2026-11", "regular");
  count_priced(*db_, "wa", "2026-11", "free_customer_service");
  count_priced(*db_, "wa", "2026-11", "free_entry_point");
  const ChannelMonth month = load_channel_month(*db_, "wa", "2026-11");
  EXPECT_EQ(month.paid, 1);
  EXPECT_EQ(month.free, 2);
  EXPECT_EQ(month.sent, 0) << "prices are not sends";
}

}  // namespace
}  // namespace sahut::storage
