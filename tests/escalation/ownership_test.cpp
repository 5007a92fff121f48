#include "escalation/ownership.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace sahut::escalation {
namespace {

constexpr UserId sari{1};
constexpr UserId budi{2};

const Ownership with_bot{};
const Ownership waiting{ThreadState::waiting, "dinkes", {}};
const Ownership saris{ThreadState::claimed, "dinkes", sari};
const Ownership done{ThreadState::resolved, "dinkes", sari};

TEST(Ownership, handing_over_twice_changes_nothing) {
  EXPECT_EQ(hand_over(with_bot, "dinkes"), waiting);
  EXPECT_EQ(hand_over(waiting, "capil"), waiting);
  EXPECT_EQ(hand_over(saris, "capil"), saris);
}

struct Row {
  const char* step;
  Result<Ownership> result;
  const char* code;  ///< "" = allowed
  Ownership after;
};

TEST(Ownership, lets_each_step_follow_only_where_it_may) {
  const Row rows[] = {
      {"claim a waiting one", claim(waiting, sari), "", saris},
      {"claim one's own again", claim(saris, sari), "", saris},
      {"claim another's", claim(saris, budi), "owned_by_another", {}},
      {"claim the bot's", claim(with_bot, sari), "not_escalated", {}},
      {"claim a finished one", claim(done, budi), "already_resolved", {}},
      {"answer takes a waiting one", reply(waiting, sari), "", saris},
      {"answer another's", reply(saris, budi), "owned_by_another", {}},
      {"release one's own", release(saris, sari), "", waiting},
      {"release another's", release(saris, budi), "owned_by_another", {}},
      {"release what nobody took", release(waiting, sari), "not_claimed", {}},
      {"transfer one's own", transfer(saris, sari, "capil"), "", {ThreadState::waiting, "capil", {}}},
      {"transfer a waiting one", transfer(waiting, budi, "capil"), "", {ThreadState::waiting, "capil", {}}},
      {"transfer another's", transfer(saris, budi, "capil"), "owned_by_another", {}},
      {"resolve one's own", resolve(saris, sari), "", done},
      {"resolve what nobody took", resolve(waiting, sari), "not_claimed", {}},
      {"resolve a finished one", resolve(done, sari), "already_resolved", {}},
  };
  for (const Row& row : rows) {
    if (std::string_view(row.code).empty()) {
      ASSERT_TRUE(row.result.ok()) << row.step;
      EXPECT_EQ(row.result.value(), row.after) << row.step;
    } else {
      ASSERT_FALSE(row.result.ok()) << row.step;
      EXPECT_EQ(row.result.problem().code, row.code) << row.step;
    }
  }
}

RC_GTEST_PROP(Ownership, always_is_one_owner_whatever_people_do, ()) {
  Ownership now;
  for (int i = 0; i < 50; ++i) {
    const UserId who{*rc::gen::inRange<std::int64_t>(1, 4)};
    Result<Ownership> next = now;
    switch (*rc::gen::inRange(0, 6)) {
      case 0:
        next = hand_over(now, "a");
        break;
      case 1:
        next = claim(now, who);
        break;
      case 2:
        next = reply(now, who);
        break;
      case 3:
        next = release(now, who);
        break;
      case 4:
        next = transfer(now, who, "b");
        break;
      default:
        next = resolve(now, who);
        break;
    }
    if (next.ok()) now = next.value();
    RC_ASSERT((now.state == ThreadState::bot) == now.office.empty());
    RC_ASSERT((now.state == ThreadState::claimed || now.state == ThreadState::resolved) == !now.agent.none());
  }
}

TEST(Ownership, state_names_are_those_of_the_api) {
  for (const ThreadState state :
       {ThreadState::bot, ThreadState::waiting, ThreadState::claimed, ThreadState::resolved}) {
    EXPECT_EQ(state_named(name_of(state)), state);
  }
  EXPECT_THROW((void)state_named("x"), std::invalid_argument);
}

}  // namespace
}  // namespace sahut::escalation
