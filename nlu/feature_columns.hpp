// Weighs counted features by how few texts they occur in, and files them in columns. Features that occur in just the
// same texts (the grams of one rare word, all that only one text has) can't be told apart by what is learnt from those
// texts: they share a column, with the same result and two thirds of the columns saved.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nlu/feature_counter.hpp"
#include "nlu/feature_index.hpp"

namespace sahut::nlu {

class FeatureColumns {
 public:
  FeatureColumns() = default;
  /// `counters`, of different features, in `texts` texts; their features are numbered on from counter to counter.
  FeatureColumns(std::span<const FeatureCounter* const> counters, std::uint32_t texts);

  [[nodiscard]] std::size_t features() const { return known_.size(); }
  [[nodiscard]] const KnownFeature& known(std::size_t feature) const { return known_[feature]; }
  /// The columns of most texts come first.
  [[nodiscard]] std::size_t columns() const { return columns_; }
  /// Columns from this one on have what only one text has, once.
  [[nodiscard]] std::size_t shared() const { return shared_; }

  [[nodiscard]] FeatureIndex index() const { return {known_, columns_, unknown_weight_}; }

 private:
  std::vector<KnownFeature> known_;
  std::size_t columns_ = 0;
  std::size_t shared_ = 0;
  float unknown_weight_ = 0;
};

}  // namespace sahut::nlu
