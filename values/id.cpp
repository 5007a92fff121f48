#include "values/id.hpp"

namespace sahut {
namespace {
constexpr std::int64_t epoch_2024_ms = 1'704'067'200'000;
constexpr int counter_bits = 12;
constexpr int node_bits = 10;
}  // namespace

std::int64_t IdMaker::next(UnixMillis now) {
  const std::int64_t elapsed = now.value > epoch_2024_ms ? now.value - epoch_2024_ms : 0;
  const std::lock_guard lock(mutex_);
  const std::int64_t wanted = elapsed << counter_bits;
  last_ = wanted > last_ ? wanted : last_ + 1;
  const std::int64_t milliseconds = last_ >> counter_bits;
  const std::int64_t counter = last_ & ((std::int64_t{1} << counter_bits) - 1);
  return (milliseconds << (node_bits + counter_bits)) | (std::int64_t{node_} << counter_bits) | counter;
}

}  // namespace sahut
