// The learnt part of the matcher: support vectors for labels with many examples, centroids for those with few, in one
// weight table; and held-out scores for the calibration. With thousands of labels a table of all features against all
// labels would not fit; then it is centroids alone, in posting lists.
#pragma once

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "nlu/linear_trainer.hpp"
#include "nlu/model_options.hpp"
#include "nlu/narrow_table.hpp"
#include "nlu/posting_table.hpp"

namespace sahut::nlu {

/// What a training text is. Only examples are held out; a keyword (title or tag) is heavier in the centroid, a
/// description (sentences of the answer) lighter.
enum class TextKind : std::uint8_t { example, keyword, description };

struct TrainingTexts {
  ExampleSet examples;  ///< label_count of the model = background
  std::vector<TextKind> kinds;
};

/// What a model says of a training text that it has not seen.
struct HeldOutScores {
  std::size_t text = 0;
  std::uint32_t best = 0;  ///< label
  float best_score = 0;
  float runner_up = 0;
  float background = 0;
};

class LinearModel {
 public:
  LinearModel() = default;
  /// `held_out` gets the scores of each text that was scored by a model which had not seen it; texts that no other
  /// text of their label stands in for are not among them.
  LinearModel(const TrainingTexts& texts, std::size_t features, std::size_t label_count, const ModelOptions& options,
              std::vector<HeldOutScores>& held_out);

  [[nodiscard]] std::size_t label_count() const { return label_count_; }
  /// Length of the array that scores() fills.
  [[nodiscard]] std::size_t stride() const;
  /// Scores of all labels; the background's stands at label_count().  REQUIRES: out.size() ≥ stride().
  void scores(std::span<const Item> items, std::span<float> out) const;
  [[nodiscard]] float weight(std::uint32_t feature, std::uint32_t label) const;

 private:
  void train_all_against_all(const TrainingTexts& texts, std::size_t features, const ModelOptions& options,
                             std::vector<HeldOutScores>& held_out);
  void train_centroids_only(const TrainingTexts& texts, std::size_t features, const ModelOptions& options,
                            std::vector<HeldOutScores>& held_out);

  std::size_t label_count_ = 0;
  std::variant<NarrowTable, PostingTable> table_;
};

}  // namespace sahut::nlu
