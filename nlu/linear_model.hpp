// The learnt part of the matcher: support vectors for labels with many examples, centroids for those with few, in one
// weight table. With thousands of labels a table of all features against all labels would not fit; then it is centroids
// alone, in posting lists. Made by model_training.hpp.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <variant>

#include "nlu/narrow_table.hpp"
#include "nlu/posting_table.hpp"

namespace sahut::nlu {

class LinearModel {
 public:
  using Table = std::variant<NarrowTable, PostingTable>;

  LinearModel() = default;
  explicit LinearModel(Table table) : table_(std::move(table)) {}

  /// Length of the array that scores() fills.
  [[nodiscard]] std::size_t stride() const {
    return std::visit([](const auto& table) { return table.stride(); }, table_);
  }
  /// Scores of all labels; the background's stands behind the last one.  REQUIRES: out.size() ≥ stride().
  void scores(std::span<const Item> items, std::span<float> out) const {
    std::visit([items, out](const auto& table) { table.scores(items, out); }, table_);
  }
  [[nodiscard]] float weight(std::uint32_t feature, std::uint32_t label) const {
    return std::visit([feature, label](const auto& table) { return table.weight(feature, label); }, table_);
  }

 private:
  Table table_;
};

}  // namespace sahut::nlu
