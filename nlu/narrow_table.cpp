#include "nlu/narrow_table.hpp"

#include <algorithm>
#include <limits>

#include "nlu/lane.hpp"

namespace sahut::nlu {
namespace {

constexpr std::size_t tile_lanes = 8;       // lanes summed in registers: 64 columns, two cache lines of a row
constexpr std::size_t prefetch_ahead = 12;  // items; rows of a query are cold and scattered

using NarrowLane = std::int16_t __attribute__((vector_size(lane_floats * sizeof(std::int16_t))));
struct __attribute__((packed, may_alias)) LooseNarrowLane {
  NarrowLane lane;
};

const LooseLane* at(const float* floats, std::size_t place) {
  return reinterpret_cast<const LooseLane*>(floats + place);
}
LooseLane* at(float* floats, std::size_t place) {
  return reinterpret_cast<LooseLane*>(floats + place);
}

/// Rounds rows of one lane to the steps of its columns' largest weights.
SAHUT_WIDE_LOOP void round_rows(const float* rows, std::size_t count, float* units, std::int16_t* out,
                                std::size_t stride) {
  constexpr float steps = std::numeric_limits<std::int16_t>::max();
  const Lane nothing{};
  Lane largest{};
  for (std::size_t i = 0; i < count; ++i) {
    const Lane row = at(rows, i * lane_floats)->lane;
    const Lane size = row < nothing ? -row : row;
    largest = size > largest ? size : largest;
  }
  at(units, 0)->lane = largest * (1.0F / steps);
  const Lane steps_per_weight = largest > nothing ? steps / largest : nothing;
  // A float this large has no room for fractions: adding it rounds to the nearest whole, taking it away leaves that.
  constexpr float rounder = 12582912.0F;
  for (std::size_t i = 0; i < count; ++i) {
    // Most rare features say nothing of eight labels, and the table is new: to write nothing there would fetch the row.
    const Lane row = at(rows, i * lane_floats)->lane;
    if (!any(row != nothing)) continue;
    const Lane scaled = (row * steps_per_weight + rounder) - rounder;
    reinterpret_cast<LooseNarrowLane*>(out + i * stride)->lane = __builtin_convertvector(scaled, NarrowLane);
  }
}

SAHUT_WIDE_LOOP void sum_rows(const Item* items, std::size_t count, const std::int16_t* weights, std::size_t stride,
                              const float* units, float* out) {
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
      at(out, begin + lane * lane_floats)->lane = sums[lane] * at(units, begin + lane * lane_floats)->lane;
  }
}

}  // namespace

NarrowTable::NarrowTable(std::size_t features, std::size_t classes)
    : units_((classes + lane_floats - 1) / lane_floats * lane_floats), weights_(features * units_.size()) {}

void NarrowTable::set_lane(std::size_t first, const WeightTable& lane) {
  round_rows(lane.all().data(), lane.features(), units_.data() + first, weights_.data() + first, stride());
}

void NarrowTable::scores(std::span<const Item> items, std::span<float> out) const {
  sum_rows(items.data(), items.size(), weights_.data(), stride(), units_.data(), out.data());
}

}  // namespace sahut::nlu
