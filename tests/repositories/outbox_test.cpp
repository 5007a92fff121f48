#include "storage/repositories/outbox.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "tests/repositories/store_fixture.hpp"

namespace sahut::storage {
namespace {

using Ids = std::vector<std::int64_t>;

class Outbox : public StoreFixture {
 protected:
  void add(std::int64_t id, std::int64_t contact_id, std::int64_t ready = 0, const std::string& channel = "wa") {
    add_to_outbox(*db_, {.id = {id},
                         .channel = channel,
                         .contact = {contact_id},
                         .message = {id * 10},
                         .kind = "message",
                         .payload = "",
                         .attempts = 0,
                         .ready_at = {ready},
                         .created_at = {id}});
  }
  Ids take(std::int64_t now = 1000, std::int64_t limit = 100, const std::string& channel = "wa") {
    Ids ids;
    for (const auto& record : take_from_outbox(*db_, channel, {now}, limit)) ids.push_back(record.id.value);
    return ids;
  }
  std::int64_t next(const std::string& channel = "wa") {
    const auto ready = next_ready(*db_, channel);
    return ready ? ready->value : -1;
  }
};

TEST_F(Outbox, gives_each_contacts_oldest_row_and_counts_the_attempt) {
  add(1, 1);
  add(2, 1);
  add(3, 2);
  const auto taken = take_from_outbox(*db_, "wa", {1000}, 100);
  ASSERT_EQ(taken.size(), 2U);
  EXPECT_EQ(taken[0].id.value, 1);
  EXPECT_EQ(taken[0].message.value, 10);
  EXPECT_EQ(taken[0].attempts, 1);
  EXPECT_EQ(taken[1].id.value, 3);
}

TEST_F(Outbox, gives_none_to_a_contact_that_has_one_in_flight) {
  add(1, 1);
  add(2, 1);
  EXPECT_EQ(take(), Ids{1});
  EXPECT_EQ(take(), Ids{});
  remove_from_outbox(*db_, {1});
  EXPECT_EQ(take(), Ids{2});
}

TEST_F(Outbox, keeps_the_order_behind_a_row_that_waits_longer) {
  add(1, 1, 5000);
  add(2, 1);
  add(3, 2);
  EXPECT_EQ(take(), Ids{3});
  EXPECT_EQ(take(5000), Ids{1});
}

TEST_F(Outbox, retries_a_postponed_row_before_those_after_it) {
  add(1, 1);
  add(2, 1);
  EXPECT_EQ(take(), Ids{1});
  postpone(*db_, {1}, {2000}, "429");
  EXPECT_EQ(take(1999), Ids{});
  const auto again = take_from_outbox(*db_, "wa", {2000}, 100);
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].id.value, 1);
  EXPECT_EQ(again[0].attempts, 2);
}

TEST_F(Outbox, goes_on_behind_a_dead_row) {
  add(1, 1);
  add(2, 1);
  EXPECT_EQ(take(), Ids{1});
  bury(*db_, {1}, "blocked");
  EXPECT_EQ(take(), Ids{2});
  EXPECT_EQ(reclaim_in_flight(*db_), 1) << "the dead stay dead";
  EXPECT_EQ(take(), Ids{2});
}

TEST_F(Outbox, keeps_channels_apart_and_obeys_the_limit) {
  add(1, 1, 0, "wa");
  add(2, 2, 0, "telegram");
  add(3, 3, 0, "wa");
  EXPECT_EQ(take(1000, 100, "telegram"), Ids{2});
  EXPECT_EQ(take(1000, 1), Ids{1});
  EXPECT_EQ(take(1000, 1), Ids{3});
}

TEST_F(Outbox, reclaims_what_was_in_flight_when_the_process_died) {
  add(1, 1);
  add(2, 2);
  add(3, 2);
  EXPECT_EQ(take(), (Ids{1, 2}));
  EXPECT_EQ(reclaim_in_flight(*db_), 2);
  EXPECT_EQ(take(), (Ids{1, 2})) << "in their order";
}

TEST_F(Outbox, says_when_there_is_next_something_to_take) {
  EXPECT_EQ(next(), -1);
  add(1, 1, 5000);
  add(2, 1, 100);
  EXPECT_EQ(next(), 5000) << "row 2 is ready but may not pass row 1: a sender told 100 would turn round and round";
  add(3, 2, 3000);
  EXPECT_EQ(next(), 3000);
  EXPECT_EQ(take(3000), Ids{3});
  add(4, 2, 100);
  EXPECT_EQ(next(), 5000) << "row 4 waits for row 3, not for time";
  bury(*db_, {1}, "blocked");
  EXPECT_EQ(next(), 100);
  EXPECT_EQ(next("telegram"), -1);
}

TEST_F(Outbox, shows_how_much_is_stuck) {
  add(1, 1);
  add(2, 1);
  add(3, 2, 0, "telegram");
  ASSERT_EQ(take(), Ids{1});
  bury(*db_, {1}, "blocked");
  ASSERT_EQ(take(1000, 100, "telegram"), Ids{3});
  bury(*db_, {3}, "blocked");
  std::map<std::string, OutboxDepth> depths;
  for (const auto& depth : outbox_depths(*db_)) depths[depth.channel] = depth;
  EXPECT_EQ(depths["wa"].waiting, 1);
  EXPECT_EQ(depths["wa"].dead, 1);
  EXPECT_EQ(depths["wa"].oldest.value, 2);
  EXPECT_EQ(depths["telegram"].waiting, 0);
  EXPECT_EQ(depths["telegram"].dead, 1);
  EXPECT_FALSE(depths["telegram"].oldest.known());
}

RC_GTEST_FIXTURE_PROP(Outbox, never_has_two_of_a_contact_in_flight_and_never_turns_their_order_round, ()) {
  std::int64_t id = 0;
  std::int64_t now = 1000;
  std::map<std::int64_t, std::int64_t> contact_of;
  std::map<std::int64_t, std::int64_t> in_flight;  // contact → row
  std::map<std::int64_t, std::int64_t> last_gone;  // contact → row
  const int moves = *rc::gen::inRange(1, 40);
  for (int move = 0; move < moves; ++move) {
    now += 10;
    switch (*rc::gen::inRange(0, 3)) {
      case 0:
        ++id;
        contact_of[id] = *rc::gen::inRange<std::int64_t>(1, 4);
        add(id, contact_of[id], now + *rc::gen::inRange<std::int64_t>(-20, 20));
        break;
      case 1: {
        const auto promised = next();
        const auto taken = take(now, *rc::gen::inRange<std::int64_t>(1, 3));
        RC_ASSERT(taken.empty() == (promised < 0 || promised > now));
        for (const std::int64_t row : taken) {
          const std::int64_t who = contact_of.at(row);
          RC_ASSERT(in_flight.emplace(who, row).second);
          RC_ASSERT(row > last_gone[who]);
        }
        break;
      }
      default:
        if (in_flight.empty()) break;
        const auto [who, row] = *in_flight.begin();
        in_flight.erase(who);
        switch (*rc::gen::inRange(0, 3)) {
          case 0:
            postpone(*db_, {row}, {now + 15}, "busy");
            continue;
          case 1:
            bury(*db_, {row}, "blocked");
            break;
          default:
            remove_from_outbox(*db_, {row});
        }
        last_gone[who] = row;
    }
  }
}

TEST_F(Outbox, shows_its_dead_letters_newest_first_a_page_at_a_time) {
  (void)contact(1, "6281111");
  for (const std::int64_t id : {1, 2, 3}) {
    add(id, 1);
    bury(*db_, {id}, "refused: because");
  }
  add(4, 1);
  const auto letters = dead_letters(*db_, "wa", {}, 2);
  ASSERT_EQ(letters.size(), 2U);
  EXPECT_EQ(letters[0].id.value, 3);
  EXPECT_EQ(letters[0].contact_address, "6281111");
  EXPECT_EQ(letters[0].reason, "refused: because");
  const auto rest = dead_letters(*db_, "wa", letters.back().id, 2);
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].id.value, 1);
  EXPECT_TRUE(dead_letters(*db_, "telegram", {}, 10).empty());
}

TEST_F(Outbox, sends_a_dead_letter_again_as_if_it_were_new) {
  add(1, 1);
  EXPECT_FALSE(revive(*db_, "wa", {1}, {5000})) << "it is not dead";
  bury(*db_, {1}, "refused");
  EXPECT_FALSE(revive(*db_, "telegram", {1}, {5000})) << "of another channel";
  EXPECT_TRUE(revive(*db_, "wa", {1}, {5000}));
  EXPECT_EQ(take(4999), Ids{});
  const auto taken = take_from_outbox(*db_, "wa", {5000}, 10);
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(taken[0].attempts, 1);
  EXPECT_EQ(taken[0].created_at.value, 5000) << "its age is counted anew";
}

TEST_F(Outbox, forgets_a_dead_letter_only) {
  add(1, 1);
  EXPECT_FALSE(discard(*db_, "wa", {1}));
  bury(*db_, {1}, "refused");
  EXPECT_TRUE(discard(*db_, "wa", {1}));
  EXPECT_FALSE(discard(*db_, "wa", {1}));
}

}  // namespace
}  // namespace sahut::storage
