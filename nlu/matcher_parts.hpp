// The inside of a Matcher, shared by its building (matcher_build.cpp) and its use (matcher.cpp).
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "nlu/calibration.hpp"
#include "nlu/feature_index.hpp"
#include "nlu/gates.hpp"
#include "nlu/label_words.hpp"
#include "nlu/linear_model.hpp"
#include "nlu/matcher.hpp"
#include "nlu/phrases.hpp"
#include "nlu/rules.hpp"
#include "nlu/typo_index.hpp"

namespace sahut::nlu {

/// What a stop word weighs in Reading::known; other words weigh 1.
inline constexpr double stop_word_counts = 0.2;

/// An utterance in the knowledge base's own words; the views point into the utterance and the matcher.
struct Reading {
  std::vector<Word> words;
  std::vector<PhraseHit> phrases;
  std::vector<KnownWord> known_words;  ///< those that the knowledge base has, each once
  std::vector<RawFeature> features;    ///< all but the characters of those
  std::vector<Item> vector;
  std::vector<Item> signals;         ///< for the gates, beside `vector`
  std::vector<std::uint32_t> stems;  ///< numbers in Parts::label_words; without stop words
  double known = 0;                  ///< share of the words that the knowledge base knows, corrected ones count half
};

/// What the lexicon's phrases say: to the entries, and to the gates.
struct Hints {
  std::vector<Hint> entries;
  std::vector<Hint> gates;
};
[[nodiscard]] Hints hints_of(std::span<const PhraseHit> phrases);

/// Confidence of a label whose score is `score_difference` (≤ 0) from the best one's.
[[nodiscard]] double runner_up_confidence(double best_confidence, double score_difference);

/// 0..1: how much a text looks like no entry, by the scores of the best one and of the background.
[[nodiscard]] double background_share(double best, double background);

struct Matcher::Parts {
  std::shared_ptr<const Lexicon> lexicon;
  std::vector<std::string> labels;  ///< of entries, then of gates
  std::size_t entry_count = 0;
  std::vector<std::vector<std::string>> keyword_stems;  ///< of each label, sorted
  RuleSet rules;
  TypoIndex words;
  std::vector<Word> known_words;            ///< of each entry of `words`, into which it looks
  std::vector<std::uint32_t> stem_of_word;  ///< [word]: its stem in label_words; no_stem for stop words
  LabelWords label_words;
  FeatureIndex features;
  FeatureIndex signals;
  LinearModel model;
  Gates gates;
  std::vector<GateLimits> gate_limits;  ///< of each
  Calibration calibration;
  Thresholds thresholds;

  /// Corrects what the knowledge base and the lexicon don't know, and makes the vector.
  [[nodiscard]] Reading read(const Utterance& utterance) const;
  /// Fills candidates and evidence.background from the scores of all labels.
  void rank(std::span<const float> scores, const Reading& reading, Match& match) const;
  /// Puts the gates that the utterance passes, or nearly passes, among the candidates.
  void pass_gates(const Reading& reading, Match& match) const;
};

}  // namespace sahut::nlu
