#include "nlu/feature_columns.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "nlu/vectoriser.hpp"

namespace sahut::nlu {
namespace {

RawFeature raw(std::uint64_t hash, Block block = Block::words, bool stop = false) {
  return {.hash = hash * 0x9e3779b97f4a7c15ULL, .block = block, .word = 0, .stop = stop};
}

using Text = std::vector<RawFeature>;

/// The index of these texts, and their vectors as they are made for training.
struct Counted {
  explicit Counted(const std::vector<Text>& texts) {
    std::vector<std::vector<Mention>> mentions;
    for (const Text& text : texts) {
      counter.begin_text();
      auto& all = mentions.emplace_back();
      for (const RawFeature& feature : text) {
        if (const Mention mention = counter.mention(feature); counter.count(mention)) all.push_back(mention);
      }
    }
    columns = FeatureColumns(std::array<const FeatureCounter*, 1>{&counter}, static_cast<std::uint32_t>(texts.size()));
    index = columns.index();
    Vectoriser vectoriser(columns, words, 0);
    for (const auto& text : mentions) {
      const std::span<const Item> vector = vectoriser.vectorise({}, text);
      vectors.emplace_back(vector.begin(), vector.end());
    }
  }
  FeatureCounter counter;
  FeatureColumns columns;
  WordGrams words;
  FeatureIndex index;
  std::vector<std::vector<Item>> vectors;
};

/// By column, each once.
std::vector<Item> merged(std::vector<Item> items) {
  std::ranges::sort(items, {}, &Item::feature);
  std::vector<Item> once;
  for (const Item& item : items) {
    if (once.empty() || once.back().feature != item.feature) {
      once.push_back(item);
    } else {
      once.back().value += item.value;
    }
  }
  return once;
}

const std::vector<Text> texts = {
    {raw(1), raw(2), raw(3), raw(2)},
    {raw(1), raw(4, Block::characters), raw(5, Block::characters)},
    {raw(2), raw(3), raw(6, Block::words, true)},
    {raw(1), raw(7)},
};

TEST(FeatureColumns, makes_the_vectors_that_the_index_makes_of_the_same_texts) {
  const Counted counted(texts);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::vector<Item> asked;
    counted.index.vectorise({}, texts[i], asked);
    const std::vector<Item> taught = merged(counted.vectors[i]);
    asked = merged(asked);
    ASSERT_EQ(asked.size(), taught.size()) << "text " << i;
    for (std::size_t k = 0; k < asked.size(); ++k) {
      EXPECT_EQ(asked[k].feature, taught[k].feature);
      EXPECT_FLOAT_EQ(asked[k].value, taught[k].value);
    }
  }
}

TEST(FeatureColumns, features_of_just_the_same_texts_share_a_column) {
  const Counted counted(texts);
  // 1 · 2 and 3 · 4 and 5 · 6 · 7
  EXPECT_EQ(counted.index.size(), 5U);
  EXPECT_EQ(counted.vectors[0].size(), 2U);
}

TEST(FeatureColumns, columns_of_most_texts_come_first) {
  const Counted counted(texts);
  EXPECT_EQ(counted.columns.known(0).column, 0U);  // in three texts
}

TEST(FeatureColumns, what_one_text_has_stands_behind_what_more_have) {
  const Counted counted(texts);
  // 1 · 2 and 3
  EXPECT_EQ(counted.columns.shared(), 2U);
}

TEST(FeatureIndex, characters_count_as_often_as_they_come) {
  const Text twice = {raw(1, Block::characters), raw(1, Block::characters), raw(2, Block::characters)};
  const Counted counted({twice, {raw(3)}});
  std::vector<Item> asked;
  counted.index.vectorise({}, twice, asked);
  ASSERT_EQ(asked.size(), 3U);
  EXPECT_FLOAT_EQ(merged(asked)[0].value, 3 * asked[2].value) << "the two share a column";
}

TEST(FeatureIndex, known_words_are_rows_behind_the_columns) {
  FeatureCounter grams;
  FeatureCounter others;
  const std::vector<Mention> of_word = {grams.mention(raw(1, Block::characters)),
                                        grams.mention(raw(2, Block::characters))};
  const std::vector<Mention> other = {others.mention(raw(3))};
  TextSet both;
  both.add(1, false);
  TextSet first = both;
  both.add(2, false);
  grams.count(of_word[0], both);
  grams.count(of_word[1], first);
  others.begin_text();
  others.count(other[0]);
  const FeatureColumns columns(std::array<const FeatureCounter*, 2>{&grams, &others}, 2);
  FeatureIndex index = columns.index();
  WordGrams words;
  add_grams(of_word, columns, words);
  index.set_words(words);
  ASSERT_EQ(index.columns(), 3U);
  ASSERT_EQ(index.size(), 4U);

  Vectoriser vectoriser(columns, words, grams.counted().size());
  const std::span<const Item> taught = vectoriser.vectorise(std::vector{0U}, other);
  std::vector<Item> asked;
  index.vectorise(std::vector<KnownWord>{{.number = 0, .position = 0}}, std::vector{raw(3)}, asked);
  ASSERT_EQ(asked.size(), 2U);
  EXPECT_EQ(asked[0].feature, 3U);
  WeightTable weights(4, 1);
  for (std::uint32_t column = 0; column < 3; ++column) weights.weight(column, 0) = static_cast<float>(column + 1);
  words.fill_rows(weights, 3);
  std::vector<float> of_columns(weights.stride());
  std::vector<float> of_rows(weights.stride());
  weights.scores(taught, of_columns);
  weights.scores(asked, of_rows);
  EXPECT_FLOAT_EQ(of_rows[0], of_columns[0]);
}

TEST(FeatureIndex, shares_of_a_column_add_up_to_its_item) {
  const Counted counted(texts);
  std::vector<float> sums(counted.index.size(), 0.0F);
  for (const FeatureShare& share : counted.index.shares({}, texts[0])) sums[share.item.feature] += share.item.value;
  for (const Item& item : counted.vectors[0]) EXPECT_FLOAT_EQ(sums[item.feature], item.value);
}

TEST(FeatureIndex, a_text_of_unknown_features_is_short_in_what_is_known) {
  const Counted counted(texts);
  const auto length = [&](const Text& text) {
    std::vector<Item> items;
    counted.index.vectorise({}, text, items);
    float square = 0;
    for (const Item& item : items) square += item.value * item.value;
    return std::sqrt(square);
  };
  EXPECT_NEAR(length({raw(1)}), 1.0F, 1e-5);
  EXPECT_LT(length({raw(1), raw(100), raw(101)}), 0.6F);
  EXPECT_EQ(length({raw(100)}), 0.0F);
}

}  // namespace
}  // namespace sahut::nlu
