// Weights [feature][class] and the two loops that training and matching spend their time in. The weights of one feature
// for all classes lie side by side, so that one pass over an utterance serves every class; each class is its own lane,
// so results don't depend on how wide the machine's registers are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "nlu/lane.hpp"
#include "nlu/large_block.hpp"

namespace sahut::nlu {

/// One feature of one text.
struct Item {
  std::uint32_t feature = 0;
  float value = 0;
};

class WeightTable {
 public:
  WeightTable() = default;
  WeightTable(std::size_t features, std::size_t classes);

  [[nodiscard]] std::size_t features() const { return features_; }
  /// Floats a row: `classes` rounded up to full registers. Lanes past `classes` stay 0.
  [[nodiscard]] std::size_t stride() const { return stride_; }
  [[nodiscard]] float weight(std::uint32_t feature, std::size_t column) const {
    return weights_[feature * stride_ + column];
  }
  [[nodiscard]] float& weight(std::uint32_t feature, std::size_t column) {
    return weights_[feature * stride_ + column];
  }

  /// All rows, one after another.
  [[nodiscard]] std::span<const float> all() const { return weights_; }
  /// The weights of one feature and, behind them, of those after it.
  [[nodiscard]] float* row(std::uint32_t feature) { return weights_.data() + feature * stride_; }

  /// out[0, stride) = Σ value × row.  REQUIRES: out.size() ≥ stride().
  void scores(std::span<const Item> items, std::span<float> out) const;
  /// row += value × deltas for each item, whose features are numbered from the row `first` on.
  /// REQUIRES: deltas.size() ≥ stride().
  void add(std::span<const Item> items, std::span<const float> deltas, std::size_t first = 0);
  /// All weights are 0 again.
  void clear();
  /// Adds rows of another table of as many classes to the first ones of this.
  void add(std::span<const float> rows);

 private:
  std::size_t features_ = 0;
  std::size_t stride_ = 0;
  std::vector<float, LargeBlock<float>> weights_;
};

}  // namespace sahut::nlu
