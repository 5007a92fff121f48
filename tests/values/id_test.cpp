#include "values/id.hpp"

#include <gtest/gtest.h>

namespace sahut {
namespace {

TEST(IdMaker, grows_within_one_millisecond) {
  IdMaker ids;
  std::int64_t last = 0;
  for (int i = 0; i < 10'000; ++i) {
    const std::int64_t id = ids.next({1'800'000'000'000});
    ASSERT_GT(id, last);
    last = id;
  }
}

TEST(IdMaker, grows_when_the_clock_steps_back_a_day) {
  IdMaker ids;
  const std::int64_t before = ids.next({1'800'000'000'000});
  EXPECT_GT(ids.next({1'800'000'000'000 - 86'400'000}), before);
}

TEST(IdMaker, two_nodes_never_make_the_same) {
  IdMaker one(1);
  IdMaker two(2);
  EXPECT_NE(one.next({1'800'000'000'000}), two.next({1'800'000'000'000}));
}

}  // namespace
}  // namespace sahut
