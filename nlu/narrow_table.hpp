// The weights of a finished model in sixteen bits: half the memory, and half of what a query has to fetch. Rounding
// moves a score by less than a ten-thousandth of the largest weight.
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
  explicit NarrowTable(const WeightTable& wide);

  [[nodiscard]] std::size_t stride() const { return stride_; }
  [[nodiscard]] float weight(std::uint32_t feature, std::size_t column) const {
    return static_cast<float>(weights_[feature * stride_ + column]) * unit_;
  }
  /// out[0, stride) = Σ value × row.  REQUIRES: out.size() ≥ stride().
  void scores(std::span<const Item> items, std::span<float> out) const;

 private:
  std::size_t stride_ = 0;
  float unit_ = 0;  ///< what one step of a weight is worth
  std::vector<std::int16_t, LargeBlock<std::int16_t>> weights_;
};

}  // namespace sahut::nlu
