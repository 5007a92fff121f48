#include "nlu/linear_model.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace sahut::nlu {
namespace {

TEST(WeightTable, sums_rows_for_any_number_of_classes_and_adds_to_few_or_all) {
  for (const std::size_t classes : {1U, 7U, 8U, 33U, 200U}) {
    WeightTable table(3, classes);
    const std::vector<Item> items = {{0, 2.0F}, {2, 1.0F}};
    std::vector<float> deltas(table.stride(), 0.0F);
    deltas[classes - 1] = 0.5F;  // one class moves
    table.add(items, deltas);
    for (std::size_t c = 0; c < classes; ++c) deltas[c] = static_cast<float>(c);  // all move
    table.add(items, deltas);
    std::vector<float> scores(table.stride(), -1.0F);
    table.scores(items, scores);
    for (std::size_t c = 0; c < classes; ++c) {
      const float expected = 5 * (static_cast<float>(c) + (c == classes - 1 ? 0.5F : 0.0F));
      EXPECT_FLOAT_EQ(scores[c], expected) << classes << " classes, class " << c;
    }
    EXPECT_EQ(table.weight(1, 0), 0.0F);
  }
}

TEST(NarrowTable, says_nearly_what_the_wide_table_says) {
  for (const std::size_t classes : {1U, 8U, 33U, 64U, 123U}) {
    WeightTable wide(4, classes);
    for (std::uint32_t feature = 0; feature < 4; ++feature) {
      for (std::size_t c = 0; c < classes; ++c)
        wide.weight(feature, c) = std::sin(static_cast<float>(feature * 131 + c)) * 1.7F;
    }
    const NarrowTable narrow(wide);
    ASSERT_EQ(narrow.stride(), wide.stride());
    const std::vector<Item> items = {{0, 0.4F}, {2, -0.3F}, {3, 0.2F}};
    std::vector<float> expected(wide.stride());
    std::vector<float> scores(narrow.stride(), 9.0F);
    wide.scores(items, expected);
    narrow.scores(items, scores);
    for (std::size_t c = 0; c < wide.stride(); ++c) EXPECT_NEAR(scores[c], expected[c], 1e-4) << c;
    EXPECT_NEAR(narrow.weight(1, 0), wide.weight(1, 0), 1e-4);
  }
  EXPECT_EQ(NarrowTable(WeightTable(2, 3)).weight(1, 2), 0.0F);  // all weights nothing
}

TEST(PostingTable, keeps_the_strongest_labels_of_a_feature) {
  const std::size_t labels = PostingTable::labels_per_feature_max + 50;
  PostingTable table(3, labels);
  for (std::uint32_t label = 0; label < labels; ++label) table.put(2, label, static_cast<float>(label));
  table.put(0, 3, 0.5F);
  table.finish();
  EXPECT_EQ(table.weight(2, 49), 0.0F);
  EXPECT_EQ(table.weight(2, 50), 50.0F);
  EXPECT_EQ(table.weight(1, 3), 0.0F);
  std::vector<float> scores(table.stride(), -1.0F);
  const std::vector<Item> items = {{0, 2.0F}, {1, 1.0F}, {2, 1.0F}};
  table.scores(items, scores);
  EXPECT_FLOAT_EQ(scores[3], 1.0F);
  EXPECT_FLOAT_EQ(scores[60], 60.0F);
}

/// Labels with two texts each: a feature of their own and one that all share.
TrainingTexts texts_of(std::uint32_t labels) {
  TrainingTexts texts;
  for (std::uint32_t label = 0; label < labels; ++label) {
    for (int copy = 0; copy < 2; ++copy) {
      const std::vector<Item> items = {{0, 0.5F}, {label + 1, 1.0F}};
      texts.examples.add(items, label);
      texts.kinds.push_back(TextKind::example);
    }
  }
  return texts;
}

TEST(LinearModel, finds_the_label_with_few_labels_and_with_more_than_a_full_table_holds) {
  for (const std::uint32_t labels : {5U, 4000U}) {
    const TrainingTexts texts = texts_of(labels);
    std::vector<HeldOutScores> held_out;
    const LinearModel model(texts, labels + 1, labels, {}, held_out);
    ASSERT_FALSE(held_out.empty());
    for (const HeldOutScores& text : held_out) EXPECT_EQ(text.best, texts.examples.label(text.text));
    std::vector<float> scores(model.stride());
    for (const std::uint32_t label : {0U, labels - 1}) {
      const std::vector<Item> items = {{label + 1, 1.0F}};
      model.scores(items, scores);
      const auto best = std::max_element(scores.begin(), scores.begin() + labels) - scores.begin();
      EXPECT_EQ(best, label) << labels << " labels";
      EXPECT_GT(model.weight(label + 1, label), 0);
    }
  }
}

TEST(LinearTrainer, comes_back_to_where_it_was_after_forgetting) {
  const TrainingTexts texts = texts_of(4);
  LinearTrainer trainer(texts.examples, 5, {});
  trainer.train(5);
  const LinearTrainer::State whole = trainer.state();
  std::vector<float> own(lane_floats);
  const std::vector<Item> first_feature = {{1, 1.0F}};
  trainer.weights().scores(first_feature, own);
  EXPECT_GT(own[0], 0.5F);
  const std::vector<std::uint8_t> first_label = {1, 1, 0, 0, 0, 0, 0, 0};
  trainer.forget(first_label);
  EXPECT_NEAR(trainer.weights().weight(1, 0), 0, 1e-6);
  trainer.return_to(whole);
  EXPECT_EQ(trainer.weights().weight(1, 0), own[0]);
}

TEST(LinearTrainer, brings_texts_of_a_label_near_two_and_all_others_to_nothing_or_less) {
  const TrainingTexts texts = texts_of(20);
  LinearTrainer trainer(texts.examples, 21, {.cost = 100});
  for (std::uint32_t first = 0; first < 20; first += lane_floats) {
    trainer.start(first);
    trainer.train(20);
    for (std::size_t i = 0; i < texts.examples.size(); ++i) {
      std::vector<float> scores(lane_floats);
      trainer.weights().scores(texts.examples.items(i), scores);
      for (std::uint32_t c = 0; c < lane_floats && first + c < 20; ++c) {
        if (texts.examples.label(i) == first + c) {
          EXPECT_NEAR(scores[c], 2.0F, 0.05F);
        } else {
          EXPECT_LE(scores[c], 0.05F);
        }
      }
    }
  }
}

TEST(LinearTrainer, learns_a_lane_as_if_it_were_the_first) {
  const TrainingTexts texts = texts_of(20);
  LinearTrainer trainer(texts.examples, 21, {});
  LinearTrainer used(texts.examples, 21, {});
  used.train(5);
  trainer.start(8);
  used.start(8);
  trainer.train(5);
  used.train(5);
  for (std::uint32_t feature = 0; feature < 21; ++feature) {
    for (std::size_t label = 0; label < lane_floats; ++label)
      EXPECT_EQ(used.weights().weight(feature, label), trainer.weights().weight(feature, label));
  }
}

}  // namespace
}  // namespace sahut::nlu
