// What a channel last did, through a restart.
#include <gtest/gtest.h>

#include "server/state/channel_watch.hpp"

namespace sahut::server {
namespace {

TEST(ChannelWatch, KeepsTheLastOfEachKindApart) {
  ChannelWatch watch;
  watch.received("wa", {100});
  watch.received("wa", {200});
  watch.sent("wa", {300});
  watch.failed("tg", {400}, "blocked");
  EXPECT_EQ(watch.seen("wa").received_at.value, 200);
  EXPECT_EQ(watch.seen("wa").sent_at.value, 300);
  EXPECT_FALSE(watch.seen("wa").error_at.known());
  EXPECT_EQ(watch.seen("tg").error, "blocked");
  EXPECT_FALSE(watch.seen("nobody").received_at.known());
}

TEST(ChannelWatch, IsDownUntilItIsBackOrTakesAMessage) {
  ChannelWatch watch;
  watch.health("waha", false, "SCAN_QR_CODE", {100});
  EXPECT_TRUE(watch.seen("waha").down);
  EXPECT_EQ(watch.seen("waha").detail, "SCAN_QR_CODE");
  watch.health("waha", true, "WORKING", {200});
  EXPECT_FALSE(watch.seen("waha").down);
  EXPECT_EQ(watch.seen("waha").error_at.value, 100) << "that it was down stays known";
  watch.health("waha", false, "FAILED", {300});
  watch.sent("waha", {400});
  EXPECT_FALSE(watch.seen("waha").down);
}

TEST(ChannelWatch, SurvivesARestartAndTellsChangesOnce) {
  ChannelWatch watch;
  EXPECT_EQ(watch.take_changes(), "");
  watch.received("wa", {100});
  watch.health("tg", false, "token revoked", {150});
  const std::string written = watch.take_changes();
  EXPECT_EQ(watch.take_changes(), "");
  ChannelWatch next;
  next.restore(written);
  EXPECT_EQ(next.seen("wa").received_at.value, 100);
  EXPECT_TRUE(next.seen("tg").down);
  EXPECT_EQ(next.take_changes(), "") << "what was restored needs no writing";
}

TEST(ChannelWatch, ForgetsWhatItCannotRead) {
  for (const char* text : {"", "[]", "{\"wa\":1}", "{\"wa\":{\"received_at\":\"x\"}}", "nonsense"}) {
    ChannelWatch watch;
    watch.restore(text);
    EXPECT_FALSE(watch.seen("wa").received_at.known()) << text;
  }
}

}  // namespace
}  // namespace sahut::server
