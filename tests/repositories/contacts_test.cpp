#include "storage/repositories/contacts.hpp"

#include "tests/repositories/store_fixture.hpp"

namespace sahut::storage {
namespace {

using Aliases = std::vector<std::string>;

class Contacts : public StoreFixture {
 protected:
  ContactRecord comes(const std::string& address, const Aliases& aliases, std::int64_t fresh,
                      const std::string& name = "", const std::string& channel = "wa") {
    return find_or_create_contact(*db_, {.channel = channel, .address = address, .aliases = aliases, .name = name},
                                  {fresh}, {1000});
  }
  std::int64_t owner_of(const std::string& key) {
    const auto found = find_contact(*db_, "wa", key);
    return found ? found->id.value : 0;
  }
};

TEST_F(Contacts, are_made_once) {
  EXPECT_EQ(comes("628111", {}, 1, "Ani").id.value, 1);
  const auto again = comes("628111", {}, 2, "Ani");
  EXPECT_EQ(again.id.value, 1);
  EXPECT_EQ(again.name, "Ani");
  EXPECT_EQ(count("contact"), 1);
}

TEST_F(Contacts, of_two_channels_are_two_residents) {
  EXPECT_EQ(comes("111", {}, 1, "", "wa").id.value, 1);
  EXPECT_EQ(comes("111", {}, 2, "", "telegram").id.value, 2);
}

TEST_F(Contacts, are_found_by_phone_or_business_id_whichever_comes) {
  EXPECT_EQ(comes("628111", {"ID.abc"}, 1).id.value, 1);
  EXPECT_EQ(comes("ID.abc", {}, 2).id.value, 1) << "the phone is hidden from now on";
  EXPECT_EQ(comes("ID.abc", {}, 3).address, "628111") << "replies go where they went";
  EXPECT_EQ(count("contact"), 1);
}

TEST_F(Contacts, learn_a_business_id_that_comes_later) {
  comes("628111", {}, 1);
  EXPECT_EQ(comes("628111", {"ID.abc"}, 2).id.value, 1);
  EXPECT_EQ(comes("ID.abc", {}, 3).id.value, 1);
}

TEST_F(Contacts, learn_a_phone_that_comes_after_the_business_id) {
  comes("ID.abc", {}, 1);
  EXPECT_EQ(comes("628111", {"ID.abc"}, 2).id.value, 1);
  EXPECT_EQ(comes("628111", {}, 3).id.value, 1);
  EXPECT_EQ(count("contact"), 1);
}

TEST_F(Contacts, take_the_newest_name_and_keep_the_old_one_when_none_comes) {
  comes("628111", {}, 1, "Ani");
  EXPECT_EQ(comes("628111", {}, 2, "").name, "Ani");
  comes("628111", {}, 3, "Ani Bela");
  EXPECT_EQ(load_contact(*db_, {1})->name, "Ani Bela");
}

TEST_F(Contacts, are_reachable_again_when_they_write) {
  comes("628111", {}, 1);
  set_reachable(*db_, {1}, false);
  EXPECT_FALSE(load_contact(*db_, {1})->reachable);
  EXPECT_TRUE(comes("628111", {}, 2).reachable);
  EXPECT_TRUE(load_contact(*db_, {1})->reachable);
}

TEST_F(Contacts, keep_their_history_when_their_number_changes) {
  comes("628111", {"ID.abc"}, 1);
  comes("628999", {}, 9);
  move_contact(*db_, "wa", "628111", "628222");
  EXPECT_EQ(load_contact(*db_, {1})->address, "628222");
  EXPECT_EQ(load_contact(*db_, {9})->address, "628999") << "and nobody else's";
  for (const char* key : {"628111", "628222", "ID.abc"}) EXPECT_EQ(owner_of(key), 1) << key;
  move_contact(*db_, "wa", "628222", "628333");
  for (const char* key : {"628111", "628222", "628333", "ID.abc"}) EXPECT_EQ(owner_of(key), 1) << key;
}

TEST_F(Contacts, that_already_wrote_from_the_new_number_own_the_old_one_too) {
  comes("628111", {}, 1);
  comes("628222", {}, 2);
  move_contact(*db_, "wa", "628111", "628222");
  EXPECT_EQ(owner_of("628111"), 2);
  EXPECT_EQ(owner_of("628222"), 2);
  EXPECT_TRUE(load_contact(*db_, {1})) << "what was said under the old number stays";
}

TEST_F(Contacts, move_twice_as_once) {
  comes("628111", {}, 1);
  for (int time = 0; time < 2; ++time) move_contact(*db_, "wa", "628111", "628222");
  EXPECT_EQ(load_contact(*db_, {1})->address, "628222");
  EXPECT_EQ(owner_of("628111"), 1);
  EXPECT_EQ(count("contact"), 1);
}

TEST_F(Contacts, that_are_unknown_do_not_move) {
  move_contact(*db_, "wa", "628111", "628222");
  EXPECT_EQ(count("contact"), 0);
  EXPECT_EQ(owner_of("628222"), 0);
}

}  // namespace
}  // namespace sahut::storage
