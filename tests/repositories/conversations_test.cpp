#include "storage/repositories/conversations.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "storage/repositories/cases.hpp"
#include "storage/repositories/staff.hpp"
#include "tests/repositories/store_fixture.hpp"

namespace sahut::storage {
namespace {

using escalation::ThreadState;

class Conversations : public StoreFixture {
 protected:
  std::vector<std::int64_t> list(ListQuery query) {
    std::vector<std::int64_t> ids;
    for (const auto& summary : list_conversations(*db_, query)) ids.push_back(summary.conversation.id.value);
    return ids;
  }
  /// A thread of a new resident.
  void thread(std::int64_t id, escalation::Ownership owner, std::int64_t updated) {
    conversation(id, contact(id, std::to_string(628000 + id), "Warga " + std::to_string(id)).id, std::move(owner),
                 {updated});
  }
};

using Ids = std::vector<std::int64_t>;

TEST_F(Conversations, come_back_as_they_were_saved) {
  const auto resident = contact(1, "628111");
  auto record = conversation(10, resident.id);
  record.owner = {ThreadState::claimed, "capil", {7}};
  record.case_file = {3};
  record.memory.offered = {{"KTP hilang", "ktp-hilang"}};
  record.memory.last_entry = "ktp-hilang";
  record.memory.fallbacks = 1;
  record.updated_at = {2000};
  record.last_inbound_at = {1900};
  record.unread = 4;
  record.last_author = "agent";
  record.last_text = "baik, Bu";
  save_conversation(*db_, record);
  const auto loaded = load_conversation(*db_, {10});
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->contact, resident.id);
  EXPECT_EQ(loaded->owner, record.owner);
  EXPECT_EQ(loaded->case_file, record.case_file);
  EXPECT_EQ(loaded->memory, record.memory);
  EXPECT_EQ(loaded->opened_at.value, 1000);
  EXPECT_EQ(loaded->updated_at, record.updated_at);
  EXPECT_EQ(loaded->last_inbound_at, record.last_inbound_at);
  EXPECT_EQ(loaded->unread, 4);
  EXPECT_EQ(loaded->last_author, "agent");
  EXPECT_EQ(loaded->last_text, "baik, Bu");
  EXPECT_FALSE(load_conversation(*db_, {11}));
}

TEST_F(Conversations, are_open_once_a_resident) {
  const auto resident = contact(1, "628111");
  auto first = conversation(10, resident.id);
  try {
    conversation(11, resident.id);
    FAIL() << "two open threads of one resident";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::constraint);
  }
  EXPECT_EQ(open_conversation(*db_, resident.id)->id.value, 10);
  first.owner = {ThreadState::resolved, "capil", {7}};
  save_conversation(*db_, first);
  EXPECT_FALSE(open_conversation(*db_, resident.id));
  conversation(11, resident.id);
  EXPECT_EQ(open_conversation(*db_, resident.id)->id.value, 11);
}

TEST_F(Conversations, show_the_beginning_of_a_long_text_and_never_half_a_letter) {
  auto record = conversation(10, contact(1, "628111").id);
  record.last_text = std::string(199, 'a') + "é" + std::string(100, 'b');
  save_conversation(*db_, record);
  EXPECT_EQ(load_conversation(*db_, {10})->last_text, std::string(199, 'a'));
}

class Desk : public Conversations {
 protected:
  Desk() {
    insert_staff(*db_, {.id = {7}, .name = "sari", .role = "agent", .office = "capil", .password_hash = "x"}, {1});
    insert_staff(*db_, {.id = {8}, .name = "budi", .role = "agent", .office = "dinkes", .password_hash = "x"}, {1});
    thread(1, {}, 100);  // the bot's own
    thread(2, {ThreadState::waiting, "capil", {}}, 200);
    thread(3, {ThreadState::claimed, "capil", {7}}, 300);
    thread(4, {ThreadState::resolved, "capil", {7}}, 400);
    thread(5, {ThreadState::waiting, "dinkes", {}}, 500);
    thread(6, {ThreadState::claimed, "dinkes", {8}}, 600);
    thread(7, {ThreadState::resolved, "dinkes", {8}}, 700);
    thread(8, {ThreadState::waiting, "capil", {}}, 800);
  }
};

TEST_F(Desk, lists_each_queue_of_each_office) {
  struct Case {
    Queue queue;
    const char* office;
    std::int64_t agent;
    Ids expected;
  };
  const Case cases[] = {
      {Queue::mine, "", 7, {3}},
      {Queue::mine, "capil", 7, {3}},
      {Queue::mine, "dinkes", 7, {}},
      {Queue::mine, "", 8, {6}},
      {Queue::mine, "", 9, {}},
      {Queue::office, "capil", 7, {8, 3, 2}},
      {Queue::office, "dinkes", 7, {6, 5}},
      {Queue::office, "", 7, {8, 6, 5, 3, 2}},
      {Queue::unclaimed, "capil", 7, {8, 2}},
      {Queue::unclaimed, "", 7, {8, 5, 2}},
      {Queue::done, "capil", 7, {4}},
      {Queue::done, "", 7, {7, 4}},
      {Queue::office, "unknown", 7, {}},
  };
  for (const Case& one : cases) {
    ListQuery query;
    query.queue = one.queue;
    query.office = one.office;
    query.agent = {one.agent};
    EXPECT_EQ(list(query), one.expected) << "queue " << static_cast<int>(one.queue) << " of '" << one.office << "' for "
                                         << one.agent;
  }
}

TEST_F(Desk, shows_a_thread_to_its_own_office_only) {
  EXPECT_TRUE(summary_of(*db_, {2}, "capil"));
  EXPECT_TRUE(summary_of(*db_, {2}, ""));
  EXPECT_FALSE(summary_of(*db_, {2}, "dinkes"));
  EXPECT_FALSE(summary_of(*db_, {1}, "")) << "what the bot handles is nobody's business";
  EXPECT_FALSE(summary_of(*db_, {99}, ""));
}

TEST_F(Desk, draws_a_line_from_all_that_belongs_to_it) {
  insert_case(*db_, {.id = {30},
                     .number = "BPN-2611-0042",
                     .conversation = {3},
                     .contact = {3},
                     .office = "capil",
                     .topic = "ktp",
                     .reason = "asked",
                     .opened_at = {250},
                     .first_response_due = {1250},
                     .resolution_due = {9250},
                     .first_response_at = {},
                     .resolved_at = {},
                     .outcome = {}});
  auto record = load_conversation(*db_, {3}).value();
  record.case_file = {30};
  save_conversation(*db_, record);
  const auto summary = summary_of(*db_, {3}, "capil");
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->contact_name, "Warga 3");
  EXPECT_EQ(summary->contact_address, "628003");
  EXPECT_EQ(summary->case_number, "BPN-2611-0042");
  EXPECT_EQ(summary->agent_name, "sari");
  EXPECT_EQ(summary->first_response_due.value, 1250);
  EXPECT_FALSE(summary->first_response_at.known());
  EXPECT_EQ(summary->resolution_due.value, 9250);
  const auto bare = summary_of(*db_, {2}, "capil");
  EXPECT_EQ(bare->case_number, "");
  EXPECT_EQ(bare->agent_name, "");
}

TEST_F(Desk, searches_names_numbers_and_words) {
  auto record = load_conversation(*db_, {2}).value();
  record.last_text = "biayanya 100% gratis_kah?";
  save_conversation(*db_, record);
  struct Case {
    const char* words;
    Ids expected;
  };
  const Case cases[] = {
      {"Warga 3", {3}}, {"warga 5", {5}}, {"gratis", {2}}, {"halo", {8, 6, 5, 3}}, {"100%", {2}}, {"s_k", {2}},
      {"0%1", {}},      {"_", {2}},       {"!", {}},       {"tidak ada", {}},
  };
  for (const Case& one : cases) {
    ListQuery query;
    query.search = one.words;
    EXPECT_EQ(list(query), one.expected) << one.words;
  }
  ListQuery other;
  other.office = "dinkes";
  other.search = "gratis";
  EXPECT_EQ(list(other), Ids{}) << "a search finds nothing of another office";
}

TEST_F(Desk, counts_who_waits_where) {
  const auto counts = waiting_by_office(*db_);
  EXPECT_EQ((std::map<std::string, std::int64_t>(counts.begin(), counts.end())),
            (std::map<std::string, std::int64_t>{{"capil", 2}, {"dinkes", 1}}));
}

RC_GTEST_FIXTURE_PROP(Conversations, are_paged_without_gaps_or_doubles, ()) {
  // Few moments for many threads, so that pages end between threads of the same moment.
  const auto moments =
      *rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(1, 6)));
  std::vector<std::pair<std::int64_t, std::int64_t>> expected;
  std::int64_t id = 0;
  for (const std::int64_t moment : moments) {
    thread(++id, {ThreadState::waiting, id % 2 == 0 ? "capil" : "dinkes", {}}, moment);
    expected.emplace_back(moment, id);
  }
  std::sort(expected.rbegin(), expected.rend());
  ListQuery query;
  query.queue = *rc::gen::element(Queue::office, Queue::unclaimed);
  query.limit = *rc::gen::inRange<std::int64_t>(1, 5);
  Ids seen;
  while (true) {
    const auto page = list_conversations(*db_, query);
    for (const auto& line : page) seen.push_back(line.conversation.id.value);
    if (page.empty()) break;
    query.before = page.back().conversation.updated_at;
    query.before_id = page.back().conversation.id;
  }
  Ids wanted;
  for (const auto& [moment, thread_id] : expected) wanted.push_back(thread_id);
  RC_ASSERT(seen == wanted);
}

}  // namespace
}  // namespace sahut::storage
