#include "storage/repositories/cases.hpp"

#include "storage/repositories/records.hpp"
#include "tests/repositories/store_fixture.hpp"

namespace sahut::storage {
namespace {

class Cases : public StoreFixture {
 protected:
  static escalation::CaseFile file(std::int64_t id, const std::string& number, std::int64_t of) {
    return {.id = {id},
            .number = number,
            .conversation = {id * 10},
            .contact = {of},
            .office = "capil",
            .topic = "ktp-hilang",
            .reason = "asked",
            .opened_at = {60'000},
            .first_response_due = {120'000},
            .resolution_due = {900'000},
            .first_response_at = {},
            .resolved_at = {},
            .outcome = {}};
  }
};

TEST_F(Cases, are_numbered_from_one_each_month) {
  EXPECT_EQ(next_case_ordinal(*db_, "2611"), 1);
  EXPECT_EQ(next_case_ordinal(*db_, "2611"), 2);
  EXPECT_EQ(next_case_ordinal(*db_, "2612"), 1);
  EXPECT_EQ(next_case_ordinal(*db_, "2611"), 3);
}

TEST_F(Cases, come_back_as_they_were_written_and_saved) {
  auto written = file(1, "BPN-2611-0001", 5);
  insert_case(*db_, written);
  written.office = "dinkes";
  written.first_response_due = {130'000};
  written.resolution_due = {910'000};
  written.first_response_at = {125'000};
  written.resolved_at = {800'000};
  written.outcome = "done";
  save_case(*db_, written);
  const auto read = load_case(*db_, {1});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->number, "BPN-2611-0001");
  EXPECT_EQ(read->conversation, written.conversation);
  EXPECT_EQ(read->contact, written.contact);
  EXPECT_EQ(read->office, "dinkes");
  EXPECT_EQ(read->topic, "ktp-hilang");
  EXPECT_EQ(read->reason, "asked");
  EXPECT_EQ(read->opened_at, written.opened_at);
  EXPECT_EQ(read->first_response_due, written.first_response_due);
  EXPECT_EQ(read->resolution_due, written.resolution_due);
  EXPECT_EQ(read->first_response_at, written.first_response_at);
  EXPECT_EQ(read->resolved_at, written.resolved_at);
  EXPECT_EQ(read->outcome, "done");
  EXPECT_FALSE(load_case(*db_, {2}));
}

TEST_F(Cases, start_without_an_answer_and_an_end) {
  insert_case(*db_, file(1, "BPN-2611-0001", 5));
  EXPECT_FALSE(load_case(*db_, {1})->first_response_at.known());
  EXPECT_FALSE(load_case(*db_, {1})->resolved_at.known());
}

TEST_F(Cases, are_found_by_their_own_resident_only) {
  insert_case(*db_, file(1, "BPN-2611-0001", 5));
  EXPECT_TRUE(find_case(*db_, "BPN-2611-0001", {5}));
  EXPECT_FALSE(find_case(*db_, "BPN-2611-0001", {6}));
  EXPECT_FALSE(find_case(*db_, "BPN-2611-0002", {5}));
  EXPECT_FALSE(find_case(*db_, "%", {5}));
}

TEST_F(Cases, have_a_number_of_their_own) {
  insert_case(*db_, file(1, "BPN-2611-0001", 5));
  try {
    insert_case(*db_, file(2, "BPN-2611-0001", 6));
    FAIL() << "two cases of one number";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::constraint);
  }
}

TEST_F(Cases, tell_how_long_residents_waited_for_a_first_answer) {
  const std::int64_t answered_after_minutes[] = {30, 5, 12};
  std::int64_t id = 0;
  for (const std::int64_t minutes : answered_after_minutes) {
    ++id;
    auto one = file(id, "BPN-2611-000" + std::to_string(id), 5);
    insert_case(*db_, one);
    one.first_response_at = one.opened_at.plus_minutes(minutes);
    save_case(*db_, one);
  }
  insert_case(*db_, file(8, "BPN-2611-0008", 5));  // not answered yet
  EXPECT_EQ(first_response_minutes(*db_, {60'000}), (std::vector<std::int64_t>{5, 12, 30}));
  EXPECT_TRUE(first_response_minutes(*db_, {60'001}).empty());
}

}  // namespace
}  // namespace sahut::storage
