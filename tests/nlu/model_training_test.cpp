#include "nlu/model_training.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "nlu/linear_trainer.hpp"

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

TEST(NarrowTable, says_nearly_what_its_lanes_say) {
  for (const std::size_t classes : {1U, 8U, 33U, 64U, 123U}) {
    NarrowTable narrow(4, classes);
    std::vector<WeightTable> lanes;
    for (std::size_t first = 0; first < classes; first += lane_floats) {
      WeightTable& lane = lanes.emplace_back(4, lane_floats);
      for (std::uint32_t feature = 0; feature < 4; ++feature) {
        for (std::size_t c = 0; c < lane_floats && first + c < classes; ++c)
          lane.weight(feature, c) = std::sin(static_cast<float>(feature * 131 + first + c)) * 1.7F;
      }
      narrow.set_lane(first, lane);
    }
    ASSERT_EQ(narrow.stride(), lanes.size() * lane_floats);
    const std::vector<Item> items = {{0, 0.4F}, {2, -0.3F}, {3, 0.2F}};
    std::vector<float> expected(lane_floats);
    std::vector<float> scores(narrow.stride(), 9.0F);
    narrow.scores(items, scores);
    for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
      lanes[lane].scores(items, expected);
      for (std::size_t c = 0; c < lane_floats; ++c) EXPECT_NEAR(scores[lane * lane_floats + c], expected[c], 1e-4);
      EXPECT_NEAR(narrow.weight(1, lane * lane_floats), lanes[lane].weight(1, 0), 1e-4);
    }
  }
  NarrowTable nothing(2, 3);
  nothing.set_lane(0, WeightTable(2, lane_floats));  // all weights nothing
  EXPECT_EQ(nothing.weight(1, 2), 0.0F);
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

TEST(PostingTable, adds_features_up_to_one) {
  PostingTable table(2, 5);
  table.put(0, 1, 0.5F);
  table.put(0, 3, 1.0F);
  table.put(1, 3, 2.0F);
  table.finish();
  table.add_sum(std::vector<Item>{{0, 2.0F}, {1, 0.5F}});
  table.add_sum(std::vector<Item>{{1, 1.0F}});
  EXPECT_FLOAT_EQ(table.weight(2, 1), 1.0F);
  EXPECT_FLOAT_EQ(table.weight(2, 3), 3.0F);
  EXPECT_EQ(table.weight(2, 0), 0.0F);
  EXPECT_FLOAT_EQ(table.weight(3, 3), 2.0F);
}

TEST(WordGrams, give_a_word_the_sum_of_its_grams) {
  WordGrams words;
  words.add(std::vector<Item>{{0, 1.0F}, {2, 0.5F}}, 1.25F);
  words.add(std::vector<Item>{{1, 2.0F}}, 4.0F);
  WeightTable table(5, 2);
  for (std::uint32_t feature = 0; feature < 3; ++feature) table.weight(feature, 1) = static_cast<float>(feature + 1);
  words.fill_rows(table, 3);
  EXPECT_FLOAT_EQ(table.weight(3, 1), 2.5F);
  EXPECT_FLOAT_EQ(table.weight(4, 1), 4.0F);
  EXPECT_EQ(table.weight(4, 0), 0.0F);
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

LinearModel trained(const TrainingTexts& texts, std::uint32_t labels, const WordGrams& words,
                    std::vector<HeldOutScores>& held_out, int threads = 1) {
  ModelTraining training(texts, labels + 1, words, labels, {});
  {
    std::vector<std::jthread> others;
    for (int i = 1; i < threads; ++i) others.emplace_back([&training] { training.train_lanes(); });
    training.train_lanes();
  }
  return training.finish(held_out);
}

TEST(ModelTraining, finds_the_label_with_few_labels_and_with_more_than_a_full_table_holds) {
  for (const std::uint32_t labels : {5U, 4000U}) {
    const TrainingTexts texts = texts_of(labels);
    WordGrams words;
    words.add(std::vector<Item>{{labels, 1.0F}}, 1.0F);  // a word that only the last label has
    std::vector<HeldOutScores> held_out;
    const LinearModel model = trained(texts, labels, words, held_out);
    ASSERT_FALSE(held_out.empty());
    for (const HeldOutScores& text : held_out) EXPECT_EQ(text.best, texts.examples.label(text.text));
    std::vector<float> scores(model.stride());
    const auto best = [&](std::uint32_t feature) {
      model.scores(std::vector<Item>{{feature, 1.0F}}, scores);
      return std::max_element(scores.begin(), scores.begin() + labels) - scores.begin();
    };
    for (const std::uint32_t label : {0U, labels - 1}) {
      EXPECT_EQ(best(label + 1), label) << labels << " labels";
      EXPECT_GT(model.weight(label + 1, label), 0);
    }
    EXPECT_EQ(best(labels + 1), labels - 1) << "the word's own row";
  }
}

TEST(ModelTraining, is_the_same_however_many_threads_share_the_lanes) {
  const TrainingTexts texts = texts_of(30);
  std::vector<HeldOutScores> held_out;
  const LinearModel alone = trained(texts, 30, {}, held_out);
  const LinearModel shared = trained(texts, 30, {}, held_out, 3);
  for (std::uint32_t feature = 0; feature < 31; ++feature) {
    for (std::uint32_t label = 0; label < 30; ++label)
      EXPECT_EQ(alone.weight(feature, label), shared.weight(feature, label));
  }
}

TEST(LaneTrainer, comes_back_to_where_it_was_after_forgetting) {
  const TrainingTexts texts = texts_of(4);
  LaneTrainer trainer(texts.examples, 5, 0, {});
  trainer.begin(0);
  trainer.train(5);
  const LaneTrainer::State whole = trainer.state();
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

TEST(LaneTrainer, learns_what_it_had_left_out_when_it_catches_up) {
  const TrainingTexts texts = texts_of(4);
  LaneTrainer trainer(texts.examples, 5, 0, {.cost = 100});
  trainer.begin(0);
  const std::vector<std::uint8_t> first_label = {1, 1, 0, 0, 0, 0, 0, 0};
  const std::vector<std::uint8_t> others = {0, 0, 1, 1, 1, 1, 1, 1};
  std::vector<float> scores(lane_floats);
  trainer.train(3, others);
  trainer.scores(0, scores);
  EXPECT_EQ(trainer.weights().weight(1, 0), 0);
  EXPECT_LT(scores[0], 0.5F);
  trainer.catch_up(first_label);
  trainer.train(20);
  for (std::size_t text = 0; text < texts.examples.size(); ++text) {
    trainer.scores(text, scores);
    EXPECT_NEAR(scores[texts.examples.label(text)], 2.0F, 0.05F) << text;
  }
}

TEST(LaneTrainer, brings_texts_of_a_label_near_two_and_all_others_to_nothing_or_less) {
  const TrainingTexts texts = texts_of(20);
  LaneTrainer trainer(texts.examples, 21, 0, {.cost = 100});
  for (std::uint32_t first = 0; first < 20; first += lane_floats) {
    trainer.begin(first);
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

/// Texts of two labels with two features that both share, and one of their own each, numbered from 2 on.
TrainingTexts texts_with_own_features(std::size_t first_own) {
  TrainingTexts texts;
  texts.examples = ExampleSet(first_own);
  for (std::uint32_t text = 0; text < 6; ++text) {
    const std::vector<Item> items = {{text % 2, 0.8F}, {2 + text, 0.5F + 0.1F * static_cast<float>(text)}, {1, 0.3F}};
    texts.examples.add(items, text % 2);
    texts.kinds.push_back(TextKind::example);
  }
  return texts;
}

TEST(OwnFeatures, weigh_what_they_would_with_rows_of_their_own) {
  std::vector<HeldOutScores> with_rows;
  std::vector<HeldOutScores> without;
  const auto learnt = [](const TrainingTexts& texts, std::vector<HeldOutScores>& held_out) {
    const WordGrams no_words;
    ModelTraining training(texts, 8, no_words, 2, {.passes = 6});
    training.train_lanes();
    return training.finish(held_out);
  };
  const TrainingTexts in_rows = texts_with_own_features(8);
  const TrainingTexts apart = texts_with_own_features(2);
  ASSERT_EQ(apart.examples.own_items(3).size(), 1U);
  ASSERT_EQ(apart.examples.shared_items(3).size(), 2U);
  const LinearModel expected = learnt(in_rows, with_rows);
  const LinearModel model = learnt(apart, without);
  for (std::uint32_t feature = 0; feature < 8; ++feature) {
    for (std::uint32_t label = 0; label < 2; ++label)
      EXPECT_NEAR(model.weight(feature, label), expected.weight(feature, label), 1e-4) << feature << ", " << label;
  }
  ASSERT_EQ(without.size(), with_rows.size());
  for (std::size_t i = 0; i < without.size(); ++i) {
    EXPECT_EQ(without[i].text, with_rows[i].text);
    EXPECT_NEAR(without[i].best_score, with_rows[i].best_score, 1e-4);
  }
}

TEST(ExampleSet, takes_texts_of_another_set_with_signals_besides) {
  ExampleSet texts(10);
  texts.add(std::vector<Item>{{3, 0.5F}, {12, 1.0F}}, 4);
  ExampleSet with_signals(10);
  with_signals.add(texts[0], std::vector<Item>{{0, 2.0F}}, 1);
  EXPECT_EQ(with_signals[0].items, texts[0].items) << "the items are not copied";
  EXPECT_EQ(with_signals.label(0), 1U);
  EXPECT_FLOAT_EQ(with_signals[0].square, 5.25F);
  EXPECT_FLOAT_EQ(with_signals[0].own_square, 1.0F);

  // What a signal says is learnt like any feature: it is all that tells these two labels apart.
  with_signals.add(texts[0], {}, 2);
  LaneTrainer trainer(with_signals, 13, 1, {});
  trainer.begin(0);
  trainer.train(20);
  EXPECT_GT(trainer.weights().weight(static_cast<std::uint32_t>(trainer.first_signal()), 1), 0.1F);
  std::vector<float> scores(lane_floats);
  trainer.scores(0, scores);
  EXPECT_GT(scores[1], scores[2]);
  trainer.scores(1, scores);
  EXPECT_GT(scores[2], scores[1]);
}

TEST(ExampleSet, keeps_its_items_where_they_are_while_it_grows) {
  ExampleSet whole;
  std::vector<const Item*> places;
  for (int piece = 0; piece < 3; ++piece) {
    ExampleSet part;
    for (std::uint32_t i = 0; i < 3000; ++i) part.add(std::vector<Item>(5, {i, 1.0F}), i);
    places.push_back(part[2999].items);
    whole.append(std::move(part));
    whole.add(std::vector<Item>(7, {1, 1.0F}), 0);
  }
  for (std::size_t piece = 0; piece < 3; ++piece) EXPECT_EQ(whole[piece * 3001 + 2999].items, places[piece]);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const Item& item : whole.items(i)) EXPECT_EQ(item.feature, i % 3001 == 3000 ? 1 : whole.label(i));
  }
}

}  // namespace
}  // namespace sahut::nlu
