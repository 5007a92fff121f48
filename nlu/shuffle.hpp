// Orders drawn from a seed, the same everywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace sahut::nlu {

inline std::uint64_t random_state(std::uint32_t seed) {
  return 0x9e3779b97f4a7c15ULL ^ seed;
}

/// xorshift64*: draws, and moves the state on.
inline std::uint64_t next_random(std::uint64_t& state) {
  state ^= state >> 12U;
  state ^= state << 25U;
  state ^= state >> 27U;
  return state * 0x2545f4914f6cdd1dULL;
}

template <typename T>
void shuffle(std::span<T> order, std::uint64_t& state) {
  for (std::size_t at = order.size(); at > 1; --at) std::swap(order[at - 1], order[next_random(state) % at]);
}

}  // namespace sahut::nlu
