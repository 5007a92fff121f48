#include "server/state/side_by_side.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace sahut::server {
namespace {

TEST(SideBySide, runs_every_task_once) {
  for (const std::size_t count : {0U, 1U, 2U, 100U}) {
    std::vector<std::atomic<int>> times(count);
    side_by_side(count, [&times](std::size_t i) { ++times[i]; });
    for (const auto& of_task : times) EXPECT_EQ(of_task, 1);
  }
}

TEST(SideBySide, hands_on_what_a_task_throws) {
  EXPECT_THROW(side_by_side(50,
                            [](std::size_t i) {
                              if (i == 7) throw std::runtime_error("seven");
                            }),
               std::runtime_error);
}

}  // namespace
}  // namespace sahut::server
