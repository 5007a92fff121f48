#include "nlu/linear_model.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "nlu/centroids.hpp"

namespace sahut::nlu {
namespace {

constexpr std::size_t folds = 5;
constexpr std::size_t held_out_max = 1000;  // texts scored unseen: enough for the calibration, and bounded
// Over the rest after a fold was forgotten. One pass leaves the neighbours of what was forgotten a little too strong,
// which makes up for the siblings that were forgotten with it: two made the bot more timid than unseen questions ask
// for.
constexpr std::size_t passes_without = 1;
constexpr float keyword_emphasis = 2.0F;
constexpr float description_emphasis = 0.3F;
constexpr std::size_t cells_max =
    12'000'000;  // of the full table: 48 MB; a thousand entries with ten examples reach it

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

/// The fold of each text, `folds` for texts that are never held out. Texts of one label are dealt in turn.
std::vector<std::size_t> deal(const TrainingTexts& texts, std::size_t label_count) {
  std::vector<std::size_t> texts_of(label_count + 1, 0);
  for (std::size_t i = 0; i < texts.examples.size(); ++i) ++texts_of[texts.examples.label(i)];
  std::vector<std::size_t> fold_of(texts.examples.size(), folds);
  std::vector<std::size_t> dealt(label_count + 1, 0);
  for (std::size_t i = 0; i < texts.examples.size(); ++i) {
    const std::uint32_t label = texts.examples.label(i);
    if (texts.kinds[i] == TextKind::example && texts_of[label] > 1) fold_of[i] = (dealt[label]++ + label) % folds;
  }
  return fold_of;
}

/// What the calibration holds out: whole folds, until there are enough texts.
struct HeldOutTexts {
  explicit HeldOutTexts(const std::vector<std::size_t>& fold_of) {
    for (; folds_used < folds && texts.size() < held_out_max; ++folds_used) {
      std::vector<std::uint8_t>& out = left_out.emplace_back(fold_of.size());
      std::vector<std::uint8_t>& in = kept.emplace_back(fold_of.size());
      for (std::size_t i = 0; i < fold_of.size(); ++i) {
        out[i] = fold_of[i] == folds_used ? 1 : 0;
        in[i] = out[i] == 0 ? 1 : 0;
        if (out[i] != 0) texts.push_back(i);
      }
    }
  }

  std::vector<std::size_t> texts;
  std::size_t folds_used = 0;
  std::vector<std::vector<std::uint8_t>> left_out;  ///< [fold][text]
  std::vector<std::vector<std::uint8_t>> kept;
};

std::vector<float> emphasis_of(const TrainingTexts& texts) {
  std::vector<float> emphasis(texts.examples.size(), 1.0F);
  for (std::size_t i = 0; i < emphasis.size(); ++i) {
    if (texts.kinds[i] == TextKind::keyword) emphasis[i] = keyword_emphasis;
    if (texts.kinds[i] == TextKind::description) emphasis[i] = description_emphasis;
  }
  return emphasis;
}

}  // namespace

LinearModel::LinearModel(const TrainingTexts& texts, std::size_t features, std::size_t label_count,
                         const ModelOptions& options, std::vector<HeldOutScores>& held_out)
    : label_count_(label_count) {
  if (features * (label_count + 1) <= cells_max) {
    train_all_against_all(texts, features, options, held_out);
  } else {
    train_centroids_only(texts, features, options, held_out);
  }
}

void LinearModel::train_all_against_all(const TrainingTexts& texts, std::size_t features, const ModelOptions& options,
                                        std::vector<HeldOutScores>& held_out) {
  const ExampleSet& examples = texts.examples;
  const std::vector<float> emphasis = emphasis_of(texts);
  WeightTable table(features, label_count_ + 1);
  const Centroids centroids(
      examples, emphasis, features, label_count_, options,
      [&table](std::uint32_t feature, std::uint32_t label, float weight) { table.weight(feature, label) = weight; });
  const HeldOutTexts unseen(deal(texts, label_count_));
  std::vector<float> scores(unseen.texts.size() * table.stride());
  const auto scores_of = [&](std::size_t i) { return std::span(scores).subspan(i * table.stride(), table.stride()); };
  for (std::size_t i = 0; i < unseen.texts.size(); ++i) {
    const std::size_t text = unseen.texts[i];
    table.scores(examples.items(text), scores_of(i));
    if (const std::size_t own = examples.label(text); own < label_count_)
      scores_of(i)[own] = centroids.score_without(text, scores_of(i)[own]);
  }
  LinearTrainer trainer(examples, features,
                        {.cost = options.cost, .positive_cost = options.positive_cost, .seed = options.seed});
  LinearTrainer::State whole;
  std::array<float, lane_floats> lane{};
  for (std::size_t first = 0; first <= label_count_; first += lane_floats) {
    trainer.start(static_cast<std::uint32_t>(first));
    trainer.train(options.passes);
    whole = trainer.state();
    for (std::size_t fold = 0; fold < unseen.folds_used; ++fold) {
      trainer.forget(unseen.left_out[fold]);
      trainer.train(passes_without, unseen.kept[fold]);
      for (std::size_t i = 0; i < unseen.texts.size(); ++i) {
        if (unseen.left_out[fold][unseen.texts[i]] == 0) continue;
        trainer.weights().scores(examples.items(unseen.texts[i]), lane);
        for (std::size_t c = 0; c < lane_floats; ++c) scores_of(i)[first + c] += lane[c];
      }
      if (fold + 1 < unseen.folds_used) trainer.return_to(whole);
    }
    table.add(whole.table, first);
  }
  for (std::size_t i = 0; i < unseen.texts.size(); ++i) {
    held_out.push_back(summary(unseen.texts[i], scores_of(i), label_count_));
  }
  table_ = NarrowTable(table);
}

void LinearModel::train_centroids_only(const TrainingTexts& texts, std::size_t features, const ModelOptions& options,
                                       std::vector<HeldOutScores>& held_out) {
  const ExampleSet& examples = texts.examples;
  const std::vector<float> emphasis = emphasis_of(texts);
  ModelOptions alone = options;
  alone.centroid_halving = std::numeric_limits<float>::infinity();  // nothing else speaks for labels with many texts
  PostingTable table(features, label_count_ + 1);
  const Centroids centroids(
      examples, emphasis, features, label_count_ + 1, alone,
      [&table](std::uint32_t feature, std::uint32_t label, float weight) { table.put(feature, label, weight); });
  table.finish();
  const std::vector<std::size_t> fold_of = deal(texts, label_count_);
  const std::size_t step = std::max<std::size_t>(1, examples.size() / held_out_max);
  std::vector<float> scores(table.stride());
  for (std::size_t i = 0; i < examples.size(); i += step) {
    if (fold_of[i] == folds) continue;
    const std::uint32_t truth = examples.label(i);
    table.scores(examples.items(i), scores);
    scores[truth] = centroids.score_without(i, scores[truth]);
    held_out.push_back(summary(i, scores, label_count_));
  }
  table_ = std::move(table);
}

std::size_t LinearModel::stride() const {
  return std::visit([](const auto& table) { return table.stride(); }, table_);
}

void LinearModel::scores(std::span<const Item> items, std::span<float> out) const {
  std::visit([items, out](const auto& table) { table.scores(items, out); }, table_);
}

float LinearModel::weight(std::uint32_t feature, std::uint32_t label) const {
  return std::visit([feature, label](const auto& table) { return table.weight(feature, label); }, table_);
}

}  // namespace sahut::nlu
