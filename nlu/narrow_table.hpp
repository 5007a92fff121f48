// The weights of a finished model in sixteen bits: half the memory, and half of what a query has to fetch. Each label
// has a unit of its own; rounding moves a score by less than a ten-thousandth of the label's largest weight.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "nlu/weight_table.hpp"

namespace sahut::nlu {

class NarrowTable {
 public:
  NarrowTable() = default;
  NarrowTable(std::size_t features, std::size_t classes);

  /// Rounds the lane of weights `lane` into the columns from `first` on; different lanes from any thread at once.
  /// REQUIRES: lane.stride() == lane_floats, first is a multiple of it, lane.features() is this table's.
  void set_lane(std::size_t first, const WeightTable& lane);

  [[nodiscard]] std::size_t stride() const { return units_.size(); }
  [[nodiscard]] float weight(std::uint32_t feature, std::size_t column) const {
    return static_cast<float>(weights_[feature * stride() + column]) * units_[column];
  }
  /// out[0, stride) = Σ value × row.  REQUIRES: out.size() ≥ stride().
  void scores(std::span<const Item> items, std::span<float> out) const;

 private:
  std::vector<float> units_;  ///< [column]: what one step of a weight is worth
  std::vector<std::int16_t, LargeBlock<std::int16_t>> weights_;
};

}  // namespace sahut::nlu
