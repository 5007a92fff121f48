#include "nlu/model_training.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "nlu/linear_trainer.hpp"

namespace sahut::nlu {
namespace {

constexpr std::size_t folds_min = 5;
constexpr std::size_t folds_max = 10;
constexpr std::size_t never_held_out = std::numeric_limits<std::size_t>::max();
constexpr std::size_t held_out_max = 1000;  // texts scored unseen: enough for the calibration, and bounded
// Over the rest after a fold was forgotten. One pass leaves the neighbours of what was forgotten a little too strong,
// which makes up for the siblings that were forgotten with it: two made the bot more timid than unseen questions ask
// for.
constexpr std::size_t passes_without = 1;
constexpr std::size_t passes_if_large = 4;
constexpr std::size_t passes_before_held_out = 3;
constexpr std::size_t large_set = 1'500'000;  // texts × labels
constexpr std::size_t large_texts_per_label = 40;
constexpr float keyword_emphasis = 2.0F;
constexpr float description_emphasis = 0.3F;
constexpr std::size_t cells_max =
    12'000'000;  // of the full table: 24 MB; a thousand entries with ten examples reach it

HeldOutScores summary(std::size_t text, std::span<const float> scores, std::size_t label_count) {
  HeldOutScores held_out{.text = text, .best_score = -std::numeric_limits<float>::infinity()};
  held_out.runner_up = label_count > 1 ? held_out.best_score : 0;
  for (std::size_t c = 0; c < label_count; ++c) {
    if (scores[c] > held_out.best_score) {
      if (label_count > 1) held_out.runner_up = held_out.best_score;
      held_out.best_score = scores[c];
      held_out.best = static_cast<std::uint32_t>(c);
    } else {
      held_out.runner_up = std::max(held_out.runner_up, scores[c]);
    }
  }
  held_out.background = scores[label_count];
  return held_out;
}

/// Of many texts for many labels: there two passes fewer cost nothing, and are felt.
bool is_large(std::size_t texts, std::size_t labels) {
  return texts * labels >= large_set && texts >= labels * large_texts_per_label;
}

/// The fold of each text, `never_held_out` for some. Texts of one label are dealt in turn.
std::vector<std::size_t> deal(const TrainingTexts& texts, std::size_t label_count) {
  std::vector<std::size_t> texts_of(label_count + 1, 0);
  for (std::size_t i = 0; i < texts.examples.size(); ++i) ++texts_of[texts.examples.label(i)];
  const auto examples = static_cast<std::size_t>(std::ranges::count(texts.kinds, TextKind::example));
  const std::size_t folds = std::clamp(examples / held_out_max, folds_min, folds_max);
  std::vector<std::size_t> fold_of(texts.examples.size(), never_held_out);
  std::vector<std::size_t> dealt(label_count + 1, 0);
  for (std::size_t i = 0; i < texts.examples.size(); ++i) {
    const std::uint32_t label = texts.examples.label(i);
    if (texts.kinds[i] == TextKind::example && texts_of[label] > 1) fold_of[i] = (dealt[label]++ + label) % folds;
  }
  return fold_of;
}

std::vector<float> emphasis_of(const TrainingTexts& texts) {
  std::vector<float> emphasis(texts.examples.size(), 1.0F);
  for (std::size_t i = 0; i < emphasis.size(); ++i) {
    if (texts.kinds[i] == TextKind::keyword) emphasis[i] = keyword_emphasis;
    if (texts.kinds[i] == TextKind::description) emphasis[i] = description_emphasis;
  }
  return emphasis;
}

}  // namespace

ModelTraining::HeldOutTexts ModelTraining::hold_out(const std::vector<std::size_t>& fold_of) {
  HeldOutTexts unseen;
  for (std::size_t fold = 0; fold < folds_min && unseen.texts.size() < held_out_max; ++fold) {
    auto& [left_out, kept] = unseen.folds.emplace_back(
        Fold{.left_out = std::vector<std::uint8_t>(fold_of.size()), .kept = std::vector<std::uint8_t>(fold_of.size())});
    for (std::size_t i = 0; i < fold_of.size(); ++i) {
      left_out[i] = fold_of[i] == fold ? 1 : 0;
      kept[i] = left_out[i] == 0 ? 1 : 0;
      if (left_out[i] != 0) unseen.texts.push_back(i);
    }
  }
  return unseen;
}

ModelTraining::ModelTraining(const TrainingTexts& texts, std::size_t columns, const WordGrams& words,
                             std::size_t label_count, const ModelOptions& options)
    : texts_(texts),
      columns_(columns),
      words_(words),
      label_count_(label_count),
      options_(options),
      emphasis_(emphasis_of(texts)),
      centroids_(texts.examples, emphasis_, label_count, options_),
      fold_of_(deal(texts, label_count)),
      lane_count_((columns + words.size()) * (label_count + 1) <= cells_max ? label_count / lane_floats + 1 : 0) {
  if (lane_count_ == 0) return;
  if (is_large(texts.examples.size(), label_count)) options_.passes = passes_if_large;
  own_ = OwnFeatures(texts.examples, columns);
  stride_ = lane_count_ * lane_floats;
  unseen_ = hold_out(fold_of_);
  scores_.resize(unseen_.texts.size() * stride_);
  table_ = NarrowTable(columns + words.size(), label_count + 1);
}

void ModelTraining::train_lanes() {
  if (next_lane_ >= lane_count_) return;
  LaneMemory memory(*this);
  for (std::size_t lane = next_lane_++; lane < lane_count_; lane = next_lane_++) train_lane(lane, memory);
}

ModelTraining::LaneMemory::LaneMemory(const ModelTraining& of)
    : sums(of.columns_),
      whole(of.columns_ + of.words_.size(), lane_floats),
      trainer(of.texts_.examples, of.columns_, 0,
              {.cost = of.options_.cost, .positive_cost = of.options_.positive_cost, .seed = of.options_.seed}) {}

void ModelTraining::begin_with_centroids(std::uint32_t first, LaneMemory& memory) {
  const ExampleSet& examples = texts_.examples;
  WeightTable& whole = memory.whole;
  std::array<float, lane_floats> lengths{};
  whole.clear();
  for (std::uint32_t c = 0; c < lane_floats && first + c < label_count_; ++c) {
    const Centroids::Centroid centroid = centroids_.of(first + c, memory.sums);
    lengths[c] = centroid.length;
    for (const Item& item : centroid.weights) whole.weight(item.feature, c) = item.value;
  }
  if (std::ranges::none_of(lengths, [](float length) { return length > 0; })) return;
  std::array<float, lane_floats> scores{};
  for (std::size_t i = 0; i < unseen_.texts.size(); ++i) {
    const std::size_t text = unseen_.texts[i];
    whole.scores(examples.items(text), scores);
    if (const std::uint32_t own = examples.label(text) - first; own < lane_floats)
      scores[own] = centroids_.score_without(text, scores[own], lengths[own]);
    std::ranges::copy(scores, scores_of(i).begin() + first);
  }
}

void ModelTraining::train_lane(std::size_t lane, LaneMemory& memory) {
  const auto first = static_cast<std::uint32_t>(lane * lane_floats);
  LaneTrainer& trainer = memory.trainer;
  begin_with_centroids(first, memory);
  trainer.begin(first);
  const std::vector<Fold>& folds = unseen_.folds;
  // Of a large set one fold is enough. It comes late, so nothing has to be learnt again without it.
  if (folds.size() == 1) {
    const std::size_t before = std::min(passes_before_held_out, options_.passes);
    trainer.train(before, folds[0].kept);
    add_unseen_scores(trainer, folds[0], first);
    trainer.catch_up(folds[0].left_out);
    trainer.train(options_.passes - before);
  } else {
    trainer.train(options_.passes);
  }
  memory.whole.add(trainer.weights().all());
  own_.add_to(memory.whole, trainer);
  words_.fill_rows(memory.whole, columns_);
  table_.set_lane(first, memory.whole);
  if (folds.size() == 1) return;
  const LaneTrainer::State before = trainer.state();
  for (const Fold& fold : folds) {
    trainer.return_to(before);
    trainer.forget(fold.left_out);
    trainer.train(passes_without, fold.kept);
    add_unseen_scores(trainer, fold, first);
  }
}

void ModelTraining::add_unseen_scores(const LaneTrainer& trainer, const Fold& fold, std::uint32_t first) {
  std::array<float, lane_floats> scores{};
  for (std::size_t i = 0; i < unseen_.texts.size(); ++i) {
    if (fold.left_out[unseen_.texts[i]] == 0) continue;
    trainer.scores(unseen_.texts[i], scores);
    for (std::size_t c = 0; c < lane_floats; ++c) scores_of(i)[first + c] += scores[c];
  }
}

LinearModel ModelTraining::finish(std::vector<HeldOutScores>& held_out) {
  if (lane_count_ == 0) return finish_centroids_only(held_out);
  for (std::size_t i = 0; i < unseen_.texts.size(); ++i)
    held_out.push_back(summary(unseen_.texts[i], scores_of(i), label_count_));
  return LinearModel(std::move(table_));
}

LinearModel ModelTraining::finish_centroids_only(std::vector<HeldOutScores>& held_out) {
  const ExampleSet& examples = texts_.examples;
  options_.centroid_halving = std::numeric_limits<float>::infinity();  // nothing else speaks for labels with many texts
  const Centroids centroids(examples, emphasis_, label_count_ + 1, options_);
  PostingTable table(columns_, label_count_ + 1);
  std::vector<float> sums(columns_);
  std::vector<float> lengths;
  for (std::uint32_t label = 0; label <= label_count_; ++label) {
    const Centroids::Centroid centroid = centroids.of(label, sums);
    for (const Item& item : centroid.weights) table.put(item.feature, label, item.value);
    lengths.push_back(centroid.length);
  }
  table.finish();
  const std::size_t step = std::max<std::size_t>(1, examples.size() / held_out_max);
  std::vector<float> scores(table.stride());
  for (std::size_t i = 0; i < examples.size(); i += step) {
    if (fold_of_[i] == never_held_out) continue;
    const std::uint32_t truth = examples.label(i);
    table.scores(examples.items(i), scores);
    scores[truth] = centroids.score_without(i, scores[truth], lengths[truth]);
    held_out.push_back(summary(i, scores, label_count_));
  }
  for (std::uint32_t word = 0; word < words_.size(); ++word) table.add_sum(words_.items(word));
  return LinearModel(std::move(table));
}

}  // namespace sahut::nlu
