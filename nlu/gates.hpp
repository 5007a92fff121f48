// Questions that stand before all entries and are answered yes or no: is this an emergency, does it ask for a person? A
// gate doesn't compete with the entries for the best score; it has a classifier and a limit of its own, learnt from its
// own sentences against all others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "nlu/example_set.hpp"
#include "nlu/model_options.hpp"
#include "nlu/weight_table.hpp"
#include "nlu/word_grams.hpp"

namespace sahut::nlu {

class Gates {
 public:
  Gates() = default;
  /// Labels of `examples`: a gate, or `gate_count` for what passes none. They have `columns` features, behind which
  /// come the rows of `words`, and `signals`. REQUIRES: gate_count < lane_floats.
  Gates(const ExampleSet& examples, std::size_t signals, std::size_t columns, const WordGrams& words,
        std::size_t gate_count, const ModelOptions& options);

  [[nodiscard]] std::size_t size() const { return curves_.size(); }
  /// out[gate] = 0..1: how likely the message passes it.  REQUIRES: out.size() ≥ size().
  void confidences(std::span<const Item> items, std::span<const Item> signals, std::span<double> out) const;
  /// Of a column or the row of a word.
  [[nodiscard]] float weight(std::uint32_t feature, std::uint32_t gate) const { return table_.weight(feature, gate); }

 private:
  /// Logistic curve from score to confidence, fitted on held-out sentences.
  struct Curve {
    double offset = 0;
    double steepness = 1;
  };
  static Curve fit(std::span<const float> passing, std::span<const float> others);

  WeightTable signals_;
  WeightTable table_;  ///< columns, then words
  std::vector<Curve> curves_;
};

}  // namespace sahut::nlu
