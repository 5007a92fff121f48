#include "nlu/weight_table.hpp"

#include <algorithm>

#include "nlu/lane.hpp"

namespace sahut::nlu {
namespace {

constexpr std::size_t tile_lanes = 4;      // lanes summed in registers
constexpr std::size_t prefetch_ahead = 6;  // items; rows of a query are cold and scattered

SAHUT_WIDE_LOOP void sum_rows(const Item* items, std::size_t count, const float* weights, std::size_t stride,
                              float* out, std::size_t width) {
  for (std::size_t begin = 0; begin < width; begin += lane_floats * tile_lanes) {
    const std::size_t lanes = std::min(tile_lanes, (width - begin) / lane_floats);
    if (lanes == tile_lanes) {
      Lane a{}, b{}, c{}, d{};
      for (std::size_t i = 0; i < count; ++i) {
        if (i + prefetch_ahead < count) {
          const float* next = weights + items[i + prefetch_ahead].feature * stride + begin;
          __builtin_prefetch(next);
          __builtin_prefetch(next + 2 * lane_floats);  // the tile's second cache line
        }
        const LooseLane* row = reinterpret_cast<const LooseLane*>(weights + items[i].feature * stride + begin);
        const float value = items[i].value;
        a += row[0].lane * value;
        b += row[1].lane * value;
        c += row[2].lane * value;
        d += row[3].lane * value;
      }
      LooseLane* sum = reinterpret_cast<LooseLane*>(out + begin);
      sum[0].lane = a;
      sum[1].lane = b;
      sum[2].lane = c;
      sum[3].lane = d;
      continue;
    }
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      // Four sums of every fourth item, because each addition waits for the one before it.
      Lane a{}, b{}, c{}, d{};
      const float* column = weights + begin + lane * lane_floats;
      const auto row = [items, column, stride](std::size_t i) {
        return reinterpret_cast<const LooseLane*>(column + items[i].feature * stride);
      };
      std::size_t i = 0;
      for (; i + 4 <= count; i += 4) {
        a += row(i)->lane * items[i].value;
        b += row(i + 1)->lane * items[i + 1].value;
        c += row(i + 2)->lane * items[i + 2].value;
        d += row(i + 3)->lane * items[i + 3].value;
      }
      for (; i < count; ++i) a += row(i)->lane * items[i].value;
      reinterpret_cast<LooseLane*>(out + begin + lane * lane_floats)->lane = (a + b) + (c + d);
    }
  }
}

SAHUT_WIDE_LOOP void add_rows(const Item* items, std::size_t count, float* weights, std::size_t stride,
                              const float* deltas) {
  for (std::size_t i = 0; i < count; ++i) {
    float* row = weights + items[i].feature * stride;
    const float value = items[i].value;
    for (std::size_t at = 0; at < stride; at += lane_floats) {
      reinterpret_cast<LooseLane*>(row + at)->lane += reinterpret_cast<const LooseLane*>(deltas + at)->lane * value;
    }
  }
}

}  // namespace

WeightTable::WeightTable(std::size_t features, std::size_t classes)
    : features_(features),
      stride_((classes + lane_floats - 1) / lane_floats * lane_floats),
      weights_(features * stride_) {}

void WeightTable::scores(std::span<const Item> items, std::span<float> out) const {
  sum_rows(items.data(), items.size(), weights_.data(), stride_, out.data(), stride_);
}

void WeightTable::add(std::span<const Item> items, std::span<const float> deltas, std::size_t first) {
  add_rows(items.data(), items.size(), weights_.data() + first * stride_, stride_, deltas.data());
}

void WeightTable::clear() {
  std::ranges::fill(weights_, 0.0F);
}

void WeightTable::add(std::span<const float> rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) weights_[i] += rows[i];
}

}  // namespace sahut::nlu
