#include "storage/repositories/staff.hpp"

#include "tests/repositories/store_fixture.hpp"

namespace sahut::storage {
namespace {

class Staff : public StoreFixture {
 protected:
  Staff() {
    insert_staff(*db_, {.id = {7}, .name = "sari", .role = "agent", .office = "capil", .password_hash = "h1"}, {1});
    insert_staff(*db_, {.id = {8}, .name = "admin", .role = "admin", .office = "", .password_hash = "h2"}, {1});
  }
};

TEST_F(Staff, are_found_by_their_exact_name) {
  const auto sari = find_staff(*db_, "sari");
  ASSERT_TRUE(sari);
  EXPECT_EQ(sari->id.value, 7);
  EXPECT_EQ(sari->role, "agent");
  EXPECT_EQ(sari->office, "capil");
  EXPECT_EQ(sari->password_hash, "h1");
  EXPECT_FALSE(sari->disabled);
  EXPECT_EQ(find_staff(*db_, "admin")->office, "");
  EXPECT_FALSE(find_staff(*db_, "sar"));
  ASSERT_EQ(list_staff(*db_).size(), 2U);
  EXPECT_EQ(list_staff(*db_)[0].name, "admin");
}

TEST_F(Staff, have_a_name_of_their_own) {
  EXPECT_THROW(
      insert_staff(*db_, {.id = {9}, .name = "sari", .role = "agent", .office = "", .password_hash = "h"}, {1}), Error);
}

TEST_F(Staff, change_one_at_a_time) {
  set_password(*db_, {7}, "new");
  set_disabled(*db_, {7}, true);
  EXPECT_EQ(find_staff(*db_, "sari")->password_hash, "new");
  EXPECT_TRUE(find_staff(*db_, "sari")->disabled);
  EXPECT_EQ(find_staff(*db_, "admin")->password_hash, "h2");
  EXPECT_FALSE(find_staff(*db_, "admin")->disabled);
}

TEST_F(Staff, have_sessions_until_these_are_deleted) {
  insert_session(*db_, "t1", {7}, "csrf1", {1000});
  insert_session(*db_, "t2", {7}, "csrf2", {1000});
  insert_session(*db_, "t3", {8}, "csrf3", {1000});
  const auto session = find_session(*db_, "t1");
  ASSERT_TRUE(session);
  EXPECT_EQ(session->staff.name, "sari");
  EXPECT_EQ(session->csrf, "csrf1");
  EXPECT_EQ(session->created_at.value, 1000);
  touch_session(*db_, "t1", {2000});
  EXPECT_EQ(find_session(*db_, "t1")->last_seen_at.value, 2000);
  EXPECT_EQ(find_session(*db_, "t2")->last_seen_at.value, 1000);
  delete_session(*db_, "t1");
  EXPECT_FALSE(find_session(*db_, "t1"));
  EXPECT_TRUE(find_session(*db_, "t2"));
  delete_sessions_of(*db_, {7});
  EXPECT_FALSE(find_session(*db_, "t2"));
  EXPECT_TRUE(find_session(*db_, "t3"));
}

TEST_F(Staff, that_were_disabled_have_no_session) {
  insert_session(*db_, "t1", {7}, "csrf", {1000});
  set_disabled(*db_, {7}, true);
  EXPECT_FALSE(find_session(*db_, "t1"));
}

TEST_F(Staff, that_do_not_exist_get_no_session) {
  EXPECT_THROW(insert_session(*db_, "t1", {99}, "c", {1}), Error);
}

}  // namespace
}  // namespace sahut::storage
