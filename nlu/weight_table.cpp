#include "nlu/weight_table.hpp"

#include <algorithm>
#include <cstring>

// One program for all x86-64 machines: the loops exist twice, with AVX2 and without, and the loader picks. The
// sanitizers run before the loader's choice is possible.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define SAHUT_WIDE_LOOP __attribute__((target_clones("avx2", "default")))
#else
#define SAHUT_WIDE_LOOP
#endif

namespace sahut::nlu {
namespace {

constexpr std::size_t lane_floats = WeightTable::lane_floats;
constexpr std::size_t tile_lanes = 4;      // lanes summed in registers
constexpr std::size_t prefetch_ahead = 6;  // items; rows of a query are cold and scattered

using Lane = float __attribute__((vector_size(lane_floats * sizeof(float))));
/// The same anywhere in an array of floats.
struct __attribute__((packed, may_alias)) LooseLane {
  Lane lane;
};

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
      Lane a{};
      const float* column = weights + begin + lane * lane_floats;
      for (std::size_t i = 0; i < count; ++i)
        a += reinterpret_cast<const LooseLane*>(column + items[i].feature * stride)->lane * items[i].value;
      reinterpret_cast<LooseLane*>(out + begin + lane * lane_floats)->lane = a;
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
      classes_(classes),
      stride_((classes + lane_floats - 1) / lane_floats * lane_floats),
      weights_(features * stride_) {}

void WeightTable::scores(std::span<const Item> items, std::span<float> out) const {
  sum_rows(items.data(), items.size(), weights_.data(), stride_, out.data(), stride_);
}

void WeightTable::scores(std::span<const Item> items, std::size_t first, std::span<float> out) const {
  sum_rows(items.data(), items.size(), weights_.data() + first, stride_, out.data(), out.size());
}

void WeightTable::add(std::span<const Item> items, std::span<const float> deltas) {
  // Late in training only a few classes still move; then single cells are cheaper than whole rows.
  constexpr std::size_t moving_max = 24;
  std::size_t moving[moving_max];
  std::size_t count = 0;
  for (std::size_t column = 0; column < classes_ && count <= moving_max; ++column) {
    if (deltas[column] == 0.0F) continue;
    if (count < moving_max) moving[count] = column;
    ++count;
  }
  if (count * lane_floats >= stride_ || count > moving_max) {
    add_rows(items.data(), items.size(), weights_.data(), stride_, deltas.data());
    return;
  }
  for (const Item& item : items) {
    float* row = weights_.data() + item.feature * stride_;
    for (std::size_t i = 0; i < count; ++i) row[moving[i]] += item.value * deltas[moving[i]];
  }
}

void WeightTable::clear() {
  std::ranges::fill(weights_, 0.0F);
}

void WeightTable::add(const WeightTable& columns, std::size_t first) {
  for (std::size_t feature = 0; feature < features_; ++feature) {
    const float* from = columns.weights_.data() + feature * columns.stride_;
    float* to = weights_.data() + feature * stride_ + first;
    for (std::size_t i = 0; i < columns.stride_; ++i) to[i] += from[i];
  }
}

}  // namespace sahut::nlu
