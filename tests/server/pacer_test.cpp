// How fast messages leave.
#include "server/outbox/pacer.hpp"

#include <gtest/gtest.h>

namespace sahut::server {
namespace {

constexpr UnixMillis start{1'000'000};

/// Takes what may be taken each millisecond and gives how many left within each window of a second at most.
int most_in_a_second(Pacer& pacer, int messages) {
  std::vector<std::int64_t> left;
  for (UnixMillis now = start; static_cast<int>(left.size()) < messages; now = now.plus_ms(1)) {
    while (pacer.room(now) > 0 && static_cast<int>(left.size()) < messages) {
      EXPECT_EQ(pacer.take({static_cast<std::int64_t>(left.size()) + 1}, now), now);
      left.push_back(now.value);
    }
  }
  int most = 0;
  for (std::size_t first = 0, last = 0; last < left.size(); ++last) {
    while (left[last] - left[first] >= 1000) ++first;
    most = std::max(most, static_cast<int>(last - first) + 1);
  }
  return most;
}

TEST(Pacer, no_second_sees_much_more_than_the_channel_takes) {
  for (const int per_second : {5, 30, 80}) {
    Pacer pacer({.contact_burst = 1, .contact_interval_ms = 0, .channel_per_second = per_second});
    const int most = most_in_a_second(pacer, per_second * 4);
    EXPECT_LE(most, per_second + std::max(per_second / 10, 1)) << per_second;
    EXPECT_GE(most, per_second) << per_second;
  }
}

TEST(Pacer, next_room_is_when_there_is_some) {
  Pacer pacer({.contact_burst = 1, .contact_interval_ms = 0, .channel_per_second = 10});
  EXPECT_EQ(pacer.next_room(start), start);
  while (pacer.room(start) > 0) (void)pacer.take({1}, start);
  const UnixMillis next = pacer.next_room(start);
  EXPECT_GT(next, start);
  EXPECT_GT(pacer.room(next), 0);
}

TEST(Pacer, a_contact_has_its_burst_and_then_one_each_interval) {
  Pacer pacer({.contact_burst = 3, .contact_interval_ms = 1000, .channel_per_second = 0});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(pacer.take({7}, start), start);
  EXPECT_EQ(pacer.take({7}, start), start.plus_ms(1000));
  EXPECT_EQ(pacer.take({8}, start), start) << "another contact waits for nobody";
  EXPECT_EQ(pacer.take({7}, start.plus_ms(1000)), start.plus_ms(1000));
}

TEST(Pacer, what_a_slow_commit_let_through_together_leaves_apart) {
  Pacer pacer({.contact_burst = 1, .contact_interval_ms = 0, .channel_per_second = 10});
  EXPECT_EQ(pacer.departure(start), start);
  EXPECT_EQ(pacer.departure(start), start.plus_ms(100));
  EXPECT_EQ(pacer.departure(start), start.plus_ms(200));
  EXPECT_EQ(pacer.departure(start.plus_ms(5000)), start.plus_ms(5000));
}

}  // namespace
}  // namespace sahut::server
