#include "nlu/narrow_table.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "nlu/lane.hpp"

namespace sahut::nlu {
namespace {

constexpr std::size_t tile_lanes = 8;      // lanes summed in registers: 64 columns, two cache lines of a row
constexpr std::size_t prefetch_ahead = 6;  // items; rows of a query are cold and scattered

using NarrowLane = std::int16_t __attribute__((vector_size(lane_floats * sizeof(std::int16_t))));
struct __attribute__((packed, may_alias)) LooseNarrowLane {
  NarrowLane lane;
};

SAHUT_WIDE_LOOP void sum_rows(const Item* items, std::size_t count, const std::int16_t* weights, std::size_t stride,
                              float unit, float* out) {
  for (std::size_t begin = 0; begin < stride; begin += lane_floats * tile_lanes) {
    const std::size_t lanes = std::min(tile_lanes, (stride - begin) / lane_floats);
    Lane sums[tile_lanes] = {};
    for (std::size_t i = 0; i < count; ++i) {
      if (i + prefetch_ahead < count) {
        const std::int16_t* next = weights + items[i + prefetch_ahead].feature * stride + begin;
        __builtin_prefetch(next);
        __builtin_prefetch(next + 4 * lane_floats);  // the tile's second cache line
      }
      const LooseNarrowLane* row =
          reinterpret_cast<const LooseNarrowLane*>(weights + items[i].feature * stride + begin);
      const float value = items[i].value;
      if (lanes == tile_lanes) {
        for (std::size_t lane = 0; lane < tile_lanes; ++lane)
          sums[lane] += __builtin_convertvector(row[lane].lane, Lane) * value;
      } else {
        for (std::size_t lane = 0; lane < lanes; ++lane)
          sums[lane] += __builtin_convertvector(row[lane].lane, Lane) * value;
      }
    }
    for (std::size_t lane = 0; lane < lanes; ++lane)
      reinterpret_cast<LooseLane*>(out + begin + lane * lane_floats)->lane = sums[lane] * unit;
  }
}

}  // namespace

NarrowTable::NarrowTable(const WeightTable& wide) : stride_(wide.stride()) {
  constexpr float steps = std::numeric_limits<std::int16_t>::max();
  const std::span<const float> weights = wide.all();
  float largest = 0;
  for (const float weight : weights) largest = std::max(largest, std::abs(weight));
  if (largest > 0) unit_ = largest / steps;
  weights_.reserve(weights.size());
  for (const float weight : weights)
    weights_.push_back(largest > 0 ? static_cast<std::int16_t>(std::lround(weight / unit_)) : std::int16_t{0});
}

void NarrowTable::scores(std::span<const Item> items, std::span<float> out) const {
  sum_rows(items.data(), items.size(), weights_.data(), stride_, unit_, out.data());
}

}  // namespace sahut::nlu
