#include "storage/repositories/records.hpp"

#include "tests/repositories/store_fixture.hpp"

namespace sahut::storage {
namespace {

using Records = StoreFixture;

TEST_F(Records, of_a_document_are_kept_and_the_newest_is_read) {
  EXPECT_FALSE(load_document(*db_, "city"));
  write_document(*db_, "city", "one", {1000}, "sari");
  write_document(*db_, "city", "two", {2000}, "budi");
  write_document(*db_, "other", "else", {3000}, "sari");
  EXPECT_EQ(load_document(*db_, "city"), "two");
  EXPECT_EQ(count("document"), 3);
  const auto by = db_->query_one<std::string>("SELECT by_name || at FROM document WHERE name = 'city' AND revision = 2",
                                              {}, [](const Row& row) { return row.string(0); });
  EXPECT_EQ(by, "budi2000");
}

TEST_F(Records, of_settings_are_replaced) {
  EXPECT_FALSE(load_setting(*db_, "telegram.offset"));
  save_setting(*db_, "telegram.offset", "5");
  save_setting(*db_, "telegram.offset", "6");
  EXPECT_EQ(load_setting(*db_, "telegram.offset"), "6");
}

TEST_F(Records, of_the_audit_say_who_did_what) {
  write_audit(*db_, 1, {1000}, {.actor = "sari", .action = "publish", .subject = "ktp", .detail = "revision 2"});
  const auto line = db_->query_one<std::string>("SELECT actor || action || subject || detail || at FROM audit", {},
                                                [](const Row& row) { return row.string(0); });
  EXPECT_EQ(line, "saripublishktprevision 21000");
}

TEST_F(Records, of_live_events_are_replayed_from_where_a_page_was) {
  for (std::int64_t id = 1; id <= 5; ++id) {
    write_live_event(*db_, {.id = {id}, .kind = "message", .office = id % 2 == 0 ? "capil" : "", .subject = "s"},
                     {id * 100});
  }
  const auto events = live_events_after(*db_, {2}, 2);
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].id.value, 3);
  EXPECT_EQ(events[0].office, "");
  EXPECT_EQ(events[1].office, "capil");
  EXPECT_TRUE(live_events_after(*db_, {5}, 10).empty());

  EXPECT_TRUE(live_events_reach_back_to(*db_, {2}));
  prune_live_events(*db_, {300});  // 1 and 2 go
  EXPECT_FALSE(live_events_reach_back_to(*db_, {2})) << "it cannot be known that nothing after 2 is missing";
  EXPECT_TRUE(live_events_reach_back_to(*db_, {3}));
  EXPECT_TRUE(live_events_reach_back_to(*db_, {5}));
}

TEST_F(Records, of_turns_are_counted_by_day_action_and_entry) {
  count_turn(*db_, "2026-11-23", "answer", "ktp");
  count_turn(*db_, "2026-11-24", "answer", "ktp");
  count_turn(*db_, "2026-11-24", "answer", "ktp");
  count_turn(*db_, "2026-11-24", "answer", "kk");
  count_turn(*db_, "2026-11-24", "fallback", "");
  std::int64_t turns = 0;
  for (const auto& one : turn_counts_since(*db_, "2026-11-24")) {
    EXPECT_EQ(one.day, "2026-11-24");
    EXPECT_EQ(one.count, one.action == "answer" && one.entry == "ktp" ? 2 : 1) << one.action << one.entry;
    turns += one.count;
  }
  EXPECT_EQ(turns, 4);
}

TEST_F(Records, of_threads_with_people_are_counted) {
  using escalation::ThreadState;
  const escalation::Ownership owners[] = {
      {}, {ThreadState::waiting, "a", {}}, {ThreadState::claimed, "a", {7}}, {ThreadState::resolved, "a", {7}}};
  std::int64_t id = 0;
  for (const auto& owner : owners) {
    ++id;
    conversation(id, contact(id, std::to_string(id)).id, owner);
  }
  EXPECT_EQ(count_open_cases(*db_), 2);
}

}  // namespace
}  // namespace sahut::storage
