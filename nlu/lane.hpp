// Eight floats that are computed at once: the unit in which weights are summed and learnt. Each column has a place of
// its own in it and sums are written out in a fixed order, so results don't depend on how wide the machine's registers
// are.
#pragma once

#include <cstddef>
#include <cstdint>

// One program for all x86-64 machines: the loops exist twice, with AVX2 and without, and the loader picks. The
// sanitizers run before the loader's choice is possible.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define SAHUT_WIDE_LOOP __attribute__((target_clones("avx2", "default")))
#else
#define SAHUT_WIDE_LOOP
#endif

namespace sahut::nlu {

inline constexpr std::size_t lane_floats = 8;

using Lane = float __attribute__((vector_size(lane_floats * sizeof(float))));
/// Whole numbers, and what a comparison of lanes gives.
using LaneNumbers = std::int32_t __attribute__((vector_size(lane_floats * sizeof(float))));
/// Whether it holds anywhere.
[[gnu::always_inline]] inline bool any(const LaneNumbers& truth) {
  using Halves = std::int64_t __attribute__((vector_size(lane_floats * sizeof(float))));
  const auto halves = reinterpret_cast<Halves>(truth);
  return (halves[0] | halves[1] | halves[2] | halves[3]) != 0;
}
/// The same anywhere in an array of floats.
struct __attribute__((packed, may_alias)) LooseLane {
  Lane lane;
};

}  // namespace sahut::nlu
