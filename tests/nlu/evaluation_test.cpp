#include "nlu/evaluation.hpp"

#include <gtest/gtest.h>

#include "nlu/default_lexicon.hpp"

namespace sahut::nlu {
namespace {

Outcome outcome(std::string truth, std::vector<std::string> guesses, double confidence, double microseconds = 1) {
  return {std::move(truth), std::move(guesses), confidence, microseconds};
}

TEST(Figures, count_in_scope_rows_for_accuracy_and_top3) {
  const std::vector<Outcome> outcomes = {outcome("a", {"a", "b"}, 0.9), outcome("a", {"b", "a"}, 0.8),
                                         outcome("b", {"c", "d", "e", "b"}, 0.7), outcome("new", {"a"}, 0.6),
                                         outcome("", {"a"}, 0.1)};
  const Figures figures = figures_of(outcomes);
  EXPECT_EQ(figures.n, 5U);
  EXPECT_DOUBLE_EQ(figures.accuracy, 0.25);
  EXPECT_DOUBLE_EQ(figures.top3, 0.5);
}

TEST(Figures, macro_f1_is_the_mean_over_labels_of_the_test_rows) {
  // a: 1 right, guessed 2, present 2 → 0.5; b: 1 right, guessed 2, present 1 → 2/3; c: never guessed → 0.
  const std::vector<Outcome> outcomes = {outcome("a", {"a"}, 1), outcome("a", {"b"}, 1), outcome("b", {"b"}, 1),
                                         outcome("c", {"a"}, 1)};
  EXPECT_NEAR(figures_of(outcomes).macro_f1, (0.5 + 2.0 / 3 + 0) / 3, 1e-12);
}

TEST(Figures, auroc_counts_pairs_and_half_of_ties) {
  const std::vector<Outcome> outcomes = {outcome("a", {"a"}, 0.9), outcome("a", {"a"}, 0.5), outcome("", {"a"}, 0.5),
                                         outcome("", {"a"}, 0.1)};
  const Figures figures = figures_of(outcomes);
  ASSERT_TRUE(figures.oos_auroc);
  EXPECT_DOUBLE_EQ(*figures.oos_auroc, 3.5 / 4);
}

TEST(Figures, recall_at_95_uses_the_confidence_that_95_percent_of_in_scope_rows_reach) {
  std::vector<Outcome> outcomes;
  for (int i = 1; i <= 20; ++i)
    outcomes.push_back(outcome("a", {"a"}, i / 20.0));  // gate: 0.10, one row of twenty is below
  outcomes.push_back(outcome("", {"a"}, 0.05));
  outcomes.push_back(outcome("", {"a"}, 0.09));
  outcomes.push_back(outcome("", {"a"}, 0.10));
  outcomes.push_back(outcome("", {"a"}, 0.50));
  ASSERT_TRUE(figures_of(outcomes).oos_recall_at_95);
  EXPECT_DOUBLE_EQ(*figures_of(outcomes).oos_recall_at_95, 0.5);
}

TEST(Figures, have_no_out_of_scope_figures_without_rows_of_both_kinds) {
  EXPECT_FALSE(figures_of(std::vector<Outcome>{outcome("a", {"a"}, 1)}).oos_auroc);
  EXPECT_FALSE(figures_of(std::vector<Outcome>{outcome("", {"a"}, 1)}).oos_recall_at_95);
  EXPECT_EQ(figures_of({}).n, 0U);
}

TEST(Figures, percentiles_are_of_the_nearest_rank) {
  std::vector<Outcome> outcomes;
  for (int i = 1; i <= 200; ++i) outcomes.push_back(outcome("a", {"a"}, 1, i));
  EXPECT_DOUBLE_EQ(figures_of(outcomes).p50_us, 100);
  EXPECT_DOUBLE_EQ(figures_of(outcomes).p99_us, 198);
}

TEST(LabelledText, is_text_tab_label_and_further_columns_are_ignored) {
  const auto rows = parse_labelled("ktp hilang\tktp\ttrain\r\n\nhalo\toos\n", "x.tsv");
  ASSERT_TRUE(rows.ok());
  EXPECT_EQ(*rows, (std::vector<LabelledText>{{"ktp hilang", "ktp"}, {"halo", "oos"}}));
}

TEST(LabelledText, names_the_line_that_is_not) {
  for (const std::string_view tsv : {"a\tb\nno label here\n", "a\tb\n\tx\n", "a\tb\nx\t\tdev\n"}) {
    const auto rows = parse_labelled(tsv, "x.tsv");
    ASSERT_FALSE(rows.ok()) << tsv;
    EXPECT_EQ(rows.problem().where, "x.tsv:2");
  }
}

class FakeTime {
 public:
  Surroundings source() {
    return {.nanoseconds = [this] { return now_ += 1000; }, .rss_mb = [] { return 42.0; }};
  }

 private:
  std::int64_t now_ = 0;
};

const std::vector<LabelledText> train = {{"ktp hilang", "ktp"},        {"cara mengurus ktp hilang", "ktp"},
                                         {"bayar pbb di mana", "pbb"}, {"tagihan pajak pbb", "pbb"},
                                         {"cuaca besok", "oos"},       {"resep soto", "oos"}};

TEST(Evaluation, trains_measures_and_takes_time_from_outside) {
  FakeTime time;
  const std::vector<LabelledText> test = {{"ktp ilang", "ktp"}, {"pbb bayar dmn", "pbb"}, {"skor bola", "oos"}};
  std::vector<std::size_t> progress;
  EvaluationWatch watch;
  watch.progress = [&progress](std::size_t done, std::size_t) { progress.push_back(done); };
  const auto figures = evaluate(train, test, "oos", default_lexicon(), {}, time.source(), watch);
  ASSERT_TRUE(figures.ok());
  EXPECT_EQ(figures->n, 3U);
  EXPECT_DOUBLE_EQ(figures->accuracy, 1);
  EXPECT_DOUBLE_EQ(figures->oos_auroc.value(), 1);
  EXPECT_DOUBLE_EQ(figures->p50_us, 1);
  EXPECT_DOUBLE_EQ(figures->train_ms, 0.001);
  EXPECT_DOUBLE_EQ(figures->rss_mb, 42);
  EXPECT_EQ(progress, (std::vector<std::size_t>{1, 2, 3}));
}

TEST(Evaluation, stops_when_asked) {
  FakeTime time;
  std::stop_source stop;
  stop.request_stop();
  EvaluationWatch watch;
  watch.stop = stop.get_token();
  const auto figures = evaluate(train, train, "oos", default_lexicon(), {}, time.source(), watch);
  ASSERT_FALSE(figures.ok());
  EXPECT_EQ(figures.problem().code, "stopped");
}

TEST(Evaluation, refuses_files_without_labels_or_rows) {
  FakeTime time;
  const std::vector<LabelledText> only_oos = {{"cuaca", "oos"}};
  EXPECT_EQ(evaluate(only_oos, train, "oos", default_lexicon(), {}, time.source()).problem().code, "no_labels");
  EXPECT_EQ(evaluate(train, {}, "oos", default_lexicon(), {}, time.source()).problem().code, "no_rows");
}

}  // namespace
}  // namespace sahut::nlu
