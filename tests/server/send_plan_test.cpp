// What becomes of an outbox row after the channel answered.
#include <gtest/gtest.h>

#include "server/outbox/send_plan.hpp"

namespace sahut::server {
namespace {

using Kind = adapters::SendVerdict::Kind;
using Plan = SendPlan::Kind;

constexpr UnixMillis created{1'000'000};
constexpr UnixMillis now{1'060'000};

adapters::SendVerdict verdict(Kind kind) {
  adapters::SendVerdict made;
  made.kind = kind;
  return made;
}

SendPlan after(Kind kind, std::int64_t attempts = 1) {
  return plan_after(verdict(kind), {.attempts = attempts, .created_at = created, .by_officer = false}, now, 0.0);
}

TEST(SendPlan, WhatTheChannelTookIsDone) {
  EXPECT_EQ(after(Kind::accepted).kind, Plan::done);
}

TEST(SendPlan, WhatCanNeverLeaveIsBuried) {
  for (const Kind kind : {Kind::refused, Kind::window_closed, Kind::unreachable}) {
    EXPECT_EQ(after(kind).kind, Plan::bury);
  }
  EXPECT_TRUE(after(Kind::unreachable).contact_unreachable);
  EXPECT_FALSE(after(Kind::refused).contact_unreachable);
}

TEST(SendPlan, PassingTroubleWaitsTwiceAsLongEachTimeUpToFiveMinutes) {
  const auto pause = [](std::int64_t attempts) { return after(Kind::retry, attempts).ready_at.ms_since(now); };
  EXPECT_EQ(pause(1), 500);
  EXPECT_EQ(pause(2), 1000);
  EXPECT_EQ(pause(3), 2000);
  EXPECT_EQ(pause(20), longest_pause_ms / 2);
  const SendPlan late =
      plan_after(verdict(Kind::retry), {.attempts = 1, .created_at = created, .by_officer = false}, now, 1.0);
  EXPECT_EQ(late.ready_at.ms_since(now), 1000) << "jitter spreads over the other half";
}

TEST(SendPlan, ThrottlingIsObeyedToTheMillisecond) {
  adapters::SendVerdict throttled = verdict(Kind::wait);
  throttled.retry_after_ms = 7'300;
  const SendHistory history{.attempts = 1, .created_at = created, .by_officer = false};
  EXPECT_EQ(plan_after(throttled, history, now, 0.5).ready_at.ms_since(now), 7'300);
  EXPECT_FALSE(plan_after(throttled, history, now, 0.5).channel_paused_until.known()) << "only this contact waits";
  throttled.whole_channel = true;
  EXPECT_EQ(plan_after(throttled, history, now, 0.5).channel_paused_until.ms_since(now), 7'300);
}

TEST(SendPlan, ADeadAccountStopsTheChannelAndRaisesTheAlarm) {
  const SendPlan plan = after(Kind::channel_down);
  EXPECT_EQ(plan.kind, Plan::again);
  EXPECT_TRUE(plan.channel_down);
  EXPECT_TRUE(plan.channel_paused_until.known());
}

TEST(SendPlan, ABotsAnswerThatComesADayLateIsBuriedAnOfficersIsNot) {
  const UnixMillis next_day = created.plus_ms(answer_useful_ms + 1);
  SendHistory history{.attempts = 9, .created_at = created, .by_officer = false};
  EXPECT_EQ(plan_after(verdict(Kind::retry), history, next_day, 0).kind, Plan::bury);
  history.by_officer = true;
  EXPECT_EQ(plan_after(verdict(Kind::retry), history, next_day, 0).kind, Plan::again);
}

TEST(SendPlan, ABrokenLineAfterTheRequestLeftIsCountedAsAPossibleRepeat) {
  adapters::SendVerdict broken = verdict(Kind::retry);
  broken.may_have_arrived = true;
  EXPECT_TRUE(plan_after(broken, {.attempts = 1, .created_at = created, .by_officer = false}, now, 0).may_have_arrived);
}

}  // namespace
}  // namespace sahut::server
