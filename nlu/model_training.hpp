// Learns a LinearModel, and holds some texts out for the calibration.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

#include "nlu/centroids.hpp"
#include "nlu/example_set.hpp"
#include "nlu/linear_model.hpp"
#include "nlu/linear_trainer.hpp"
#include "nlu/model_options.hpp"
#include "nlu/own_features.hpp"
#include "nlu/text_kind.hpp"
#include "nlu/word_grams.hpp"

namespace sahut::nlu {

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

/// Is trained lane by lane, on any threads, and then finished.
class ModelTraining {
 public:
  /// `columns`: of the features of the texts. The texts and the words must outlive it.
  ModelTraining(const TrainingTexts& texts, std::size_t columns, const WordGrams& words, std::size_t label_count,
                const ModelOptions& options);

  /// Trains one lane after another until none is left. From one thread, or from several at once that share the work;
  /// each call holds some megabytes.
  void train_lanes();
  /// After that. `held_out` gets the scores of each text that was scored by a model which had not seen it; texts
  /// that no other text of their label stands in for are not among them.
  [[nodiscard]] LinearModel finish(std::vector<HeldOutScores>& held_out);

 private:
  /// What the lanes of one thread use again.
  struct LaneMemory {
    explicit LaneMemory(const ModelTraining& of);
    std::vector<float> sums;  ///< zeros, [column]
    WeightTable whole;        ///< columns, then words
    LaneTrainer trainer;
  };
  void train_lane(std::size_t lane, LaneMemory& memory);
  /// Sets the lane's weights, and its scores of unseen texts, to what the centroids say.
  void begin_with_centroids(std::uint32_t first, LaneMemory& memory);
  struct Fold {
    std::vector<std::uint8_t> left_out;  ///< [text]
    std::vector<std::uint8_t> kept;
  };
  /// What the calibration holds out: whole folds, until there are enough texts.
  struct HeldOutTexts {
    std::vector<std::size_t> texts;
    std::vector<Fold> folds;
  };
  static HeldOutTexts hold_out(const std::vector<std::size_t>& fold_of);

  /// Adds what the trainer, which has not seen the fold, says of it.
  void add_unseen_scores(const LaneTrainer& trainer, const Fold& fold, std::uint32_t first);
  [[nodiscard]] std::span<float> scores_of(std::size_t held_out) {
    return std::span(scores_).subspan(held_out * stride_, stride_);
  }
  [[nodiscard]] LinearModel finish_centroids_only(std::vector<HeldOutScores>& held_out);

  const TrainingTexts& texts_;
  std::size_t columns_;
  const WordGrams& words_;
  std::size_t label_count_;
  ModelOptions options_;
  std::vector<float> emphasis_;  ///< [text]: weight in the centroid
  Centroids centroids_;
  std::vector<std::size_t> fold_of_;  ///< [text]
  std::size_t lane_count_;            ///< 0 with more labels than a full table can hold
  std::atomic<std::size_t> next_lane_ = 0;
  OwnFeatures own_;
  std::size_t stride_ = 0;
  HeldOutTexts unseen_;
  std::vector<float> scores_;  ///< [held-out text][label]
  NarrowTable table_;
};

}  // namespace sahut::nlu
