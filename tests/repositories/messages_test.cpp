#include "storage/repositories/messages.hpp"

#include "storage/repositories/staff.hpp"
#include "tests/repositories/store_fixture.hpp"

namespace sahut::storage {
namespace {

class Messages : public StoreFixture {
 protected:
  Messages() {
    contact(1, "628111");
    conversation(10, {1});
  }
  /// One of ours, on its way.
  void send(std::int64_t id, const std::string& state = "pending") {
    MessageRecord ours = message(id, {10}, {1});
    ours.author = "bot";
    ours.delivery = state;
    ASSERT_TRUE(insert_message(*db_, ours));
  }
  std::string state_of(std::int64_t id) { return load_message(*db_, {id})->delivery; }
  void status(const std::string& external_id, conversation::DeliveryState state, std::int64_t at,
              const std::string& error = "") {
    park_status(*db_, "wa",
                {.external_id = external_id,
                 .correlation = {},
                 .state = state,
                 .at = {at},
                 .error_code = {},
                 .error_text = error,
                 .pricing = {}});
  }
  std::vector<std::int64_t> ids(const std::vector<MessageRecord>& found) {
    std::vector<std::int64_t> all;
    for (const auto& one : found) all.push_back(one.id.value);
    return all;
  }
};

using Ids = std::vector<std::int64_t>;

TEST_F(Messages, come_back_as_they_were_written) {
  insert_staff(*db_, {.id = {7}, .name = "sari", .role = "agent", .office = "capil", .password_hash = "x"}, {1});
  MessageRecord written = message(100, {10}, {1}, "wamid.1");
  written.author = "agent";
  written.agent = {7};
  written.kind = "choice";
  written.text = std::string("nol \0 di tengah 🙏", 20);
  written.choices = {{"Ya", "yes"}, {"\"Tidak\"", "no"}};
  written.attachment = R"({"media":"1"})";
  written.client_id = "tab-1";
  written.delivery = "pending";
  written.error = "131047";
  written.receipt = R"({"entry":"ktp"})";
  ASSERT_TRUE(insert_message(*db_, written));
  const auto read = load_message(*db_, {100});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->conversation, written.conversation);
  EXPECT_EQ(read->contact, written.contact);
  EXPECT_EQ(read->external_id, "wamid.1");
  EXPECT_EQ(read->author, "agent");
  EXPECT_EQ(read->agent, written.agent);
  EXPECT_EQ(read->agent_name, "sari");
  EXPECT_EQ(read->kind, "choice");
  EXPECT_EQ(read->text, written.text);
  EXPECT_EQ(read->choices, written.choices);
  EXPECT_EQ(read->attachment, written.attachment);
  EXPECT_EQ(read->client_id, "tab-1");
  EXPECT_EQ(read->sent_at.value, 900);
  EXPECT_EQ(read->at.value, 1000);
  EXPECT_EQ(read->delivery, "pending");
  EXPECT_EQ(read->error, "131047");
  EXPECT_EQ(read->receipt, written.receipt);
}

TEST_F(Messages, are_written_once_by_the_channels_id) {
  EXPECT_TRUE(insert_message(*db_, message(100, {10}, {1}, "wamid.1")));
  MessageRecord again = message(101, {10}, {1}, "wamid.1");
  again.text = "another text";
  EXPECT_FALSE(insert_message(*db_, again));
  EXPECT_EQ(count("message"), 1);
  MessageRecord other_channel = message(102, {10}, {1}, "wamid.1");
  other_channel.channel = "telegram";
  EXPECT_TRUE(insert_message(*db_, other_channel));
  EXPECT_TRUE(insert_message(*db_, message(103, {10}, {1})));
  EXPECT_TRUE(insert_message(*db_, message(104, {10}, {1}))) << "without an id nothing is the same";
}

TEST_F(Messages, of_an_officers_repeated_request_are_one) {
  MessageRecord first = message(100, {10}, {1});
  first.client_id = "tab-1";
  EXPECT_TRUE(insert_message(*db_, first));
  first.id = {101};
  EXPECT_FALSE(insert_message(*db_, first));
  EXPECT_EQ(find_client_message(*db_, {10}, "tab-1")->id.value, 100);
  EXPECT_FALSE(find_client_message(*db_, {11}, "tab-1"));
  EXPECT_FALSE(find_client_message(*db_, {10}, ""));
}

TEST_F(Messages, of_a_thread_are_the_newest_oldest_first) {
  for (std::int64_t id = 100; id < 105; ++id) ASSERT_TRUE(insert_message(*db_, message(id, {10}, {1})));
  EXPECT_EQ(ids(messages_of(*db_, {1}, {10}, 3)), (Ids{102, 103, 104}));
  EXPECT_EQ(ids(messages_of(*db_, {1}, {10}, 50)).size(), 5U);
  EXPECT_TRUE(messages_of(*db_, {2}, {10}, 50).empty());
}

TEST_F(Messages, after_the_last_seen_are_shown_without_the_officers_notes) {
  for (std::int64_t id = 100; id < 105; ++id) {
    MessageRecord one = message(id, {10}, {1});
    if (id == 102) one.author = "note";
    ASSERT_TRUE(insert_message(*db_, one));
  }
  EXPECT_EQ(ids(messages_after(*db_, {1}, {100}, 50)), (Ids{101, 103, 104}));
  EXPECT_EQ(ids(messages_after(*db_, {1}, {100}, 2)), (Ids{101, 103}));
  EXPECT_TRUE(messages_after(*db_, {1}, {104}, 50).empty());
  EXPECT_TRUE(messages_after(*db_, {2}, {0}, 50).empty()) << "another resident sees nothing";
}

TEST_F(Messages, climb_the_ladder_of_delivery_and_never_come_down) {
  const std::vector<std::string> states = {"pending", "sent", "delivered", "read", "failed"};
  // Rows: where it is; columns: what is reported, in the order above.
  const bool rises[5][5] = {
      {false, true, true, true, true},      // pending
      {false, false, true, true, true},     // sent
      {false, false, false, true, false},   // delivered
      {false, false, false, false, false},  // read
      {false, false, true, true, false},    // failed: a later success of the channel's own retry is believed
  };
  std::int64_t id = 1000;
  for (std::size_t from = 0; from < 5; ++from) {
    for (std::size_t to = 0; to < 5; ++to) {
      send(++id, states[from]);
      EXPECT_EQ(raise_delivery(*db_, {id}, states[to], "why"), rises[from][to]) << states[from] << " → " << states[to];
      EXPECT_EQ(state_of(id), rises[from][to] ? states[to] : states[from]);
    }
  }
}

TEST_F(Messages, of_residents_have_no_delivery) {
  ASSERT_TRUE(insert_message(*db_, message(100, {10}, {1}, "wamid.1")));
  EXPECT_FALSE(raise_delivery(*db_, {100}, "read", ""));
  EXPECT_FALSE(find_delivery(*db_, "wa", "wamid.1"));
  EXPECT_FALSE(raise_delivery(*db_, {999}, "read", ""));
}

TEST_F(Messages, get_their_name_and_are_found_by_it) {
  send(100);
  name_message(*db_, {100}, "wa", "wamid.9");
  const auto target = find_delivery(*db_, "wa", "wamid.9");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->message.value, 100);
  EXPECT_EQ(target->conversation.value, 10);
  EXPECT_EQ(target->delivery, "sent");
  EXPECT_FALSE(find_delivery(*db_, "telegram", "wamid.9"));
}

TEST_F(Messages, without_a_name_from_the_channel_are_sent_all_the_same) {
  send(100);
  send(101);
  name_message(*db_, {100}, "wa", "");
  name_message(*db_, {101}, "wa", "");
  EXPECT_EQ(state_of(100), "sent");
  EXPECT_EQ(state_of(101), "sent");
}

TEST_F(Messages, take_the_statuses_that_came_before_their_name) {
  send(100);
  status("wamid.9", conversation::DeliveryState::read, 30);
  status("wamid.9", conversation::DeliveryState::delivered, 20);
  status("wamid.9", conversation::DeliveryState::delivered, 20);  // the channel repeats itself
  status("wamid.8", conversation::DeliveryState::failed, 10, "not ours");
  name_message(*db_, {100}, "wa", "wamid.9");
  EXPECT_EQ(state_of(100), "read");
  EXPECT_EQ(count("early_status"), 1) << "the other message's still waits";
}

TEST_F(Messages, take_an_early_failure_with_its_reason) {
  send(100);
  status("wamid.9", conversation::DeliveryState::failed, 10, "number is not on WhatsApp");
  name_message(*db_, {100}, "wa", "wamid.9");
  EXPECT_EQ(state_of(100), "failed");
  EXPECT_EQ(load_message(*db_, {100})->error, "number is not on WhatsApp");
}

TEST_F(Messages, are_sendable_even_if_a_channel_gives_one_name_twice) {
  send(100);
  send(101);
  name_message(*db_, {100}, "wa", "wamid.9");
  name_message(*db_, {101}, "wa", "wamid.9");
  EXPECT_EQ(state_of(101), "sent");
  EXPECT_EQ(load_message(*db_, {101})->external_id, "");
  EXPECT_EQ(find_delivery(*db_, "wa", "wamid.9")->message.value, 100);
}

TEST_F(Messages, cost_what_the_channel_says_once) {
  send(100);
  EXPECT_TRUE(price_message(*db_, {100}, "regular"));
  EXPECT_FALSE(price_message(*db_, {100}, "regular")) << "it comes with sent and again with delivered";
  EXPECT_FALSE(price_message(*db_, {999}, "regular"));
}

TEST_F(Messages, take_the_price_that_came_before_their_name) {
  send(100);
  conversation::DeliveryUpdate update;
  update.external_id = "wamid.9";
  update.pricing = "regular";
  for (const auto state : {conversation::DeliveryState::sent, conversation::DeliveryState::delivered}) {
    update.state = state;
    park_status(*db_, "wa", update);
  }
  EXPECT_EQ(name_message(*db_, {100}, "wa", "wamid.9"), "regular");
  EXPECT_FALSE(price_message(*db_, {100}, "regular"));
}

TEST_F(Messages, that_are_parked_leave_once_and_in_order) {
  for (const std::int64_t id : {103, 101, 102}) {
    MessageRecord record = message(id, {10}, {1}, "");
    record.author = "agent";
    record.delivery = "pending";
    record.parked = id != 102;
    ASSERT_TRUE(insert_message(*db_, record));
  }
  EXPECT_TRUE(load_message(*db_, {101})->parked);
  const std::vector<MessageId> released = release_parked(*db_, {1});
  ASSERT_EQ(released.size(), 2U);
  EXPECT_EQ(released[0].value, 101);
  EXPECT_EQ(released[1].value, 103);
  EXPECT_FALSE(load_message(*db_, {101})->parked);
  EXPECT_TRUE(release_parked(*db_, {1}).empty());
}

TEST_F(Messages, tell_whether_a_notice_went_out_since) {
  MessageRecord notice = message(100, {10}, {1}, "");
  notice.author = "system";
  notice.kind = "notice";
  notice.at = {5000};
  ASSERT_TRUE(insert_message(*db_, notice));
  EXPECT_TRUE(was_noticed_after(*db_, {1}, {4999}));
  EXPECT_FALSE(was_noticed_after(*db_, {1}, {5000})) << "the resident wrote after it: another one is due";
  EXPECT_FALSE(was_noticed_after(*db_, {2}, {0}));
}

}  // namespace
}  // namespace sahut::storage
