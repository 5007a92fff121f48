// Which entry does an utterance mean? Rules first, then a linear model with centroids learnt from the entries' own
// examples, with confidences calibrated on held-out examples. Immutable after build; nothing here does I/O.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/for_each.hpp"
#include "nlu/lexicon.hpp"
#include "nlu/model_options.hpp"
#include "nlu/normalised_texts.hpp"
#include "nlu/phrases.hpp"
#include "nlu/utterance.hpp"
#include "values/problem.hpp"

namespace sahut::nlu {

/// Texts to learn from; they must outlive the training.
using Texts = std::vector<std::string_view>;

/// What is known of one label (one FAQ entry).
struct LabelExamples {
  std::string label;
  Texts examples;
  Texts keywords;                  ///< title and tags; weigh more than words of examples
  std::vector<std::string> rules;  ///< RE2 patterns over the normalised text and over the lower-cased raw text
  Texts descriptions = {};         ///< sentences of the answer: words of the subject, weakly
};

/// Of a gate's confidence, 0..1; the two sides of a gate weigh the same in its curve, however rare what passes is.
struct GateLimits {
  double passes = 0.75;  ///< at least
  /// An entry that fits better by more than `behind_max` keeps the message, unless the gate is this sure.
  double over_entries = 0.95;
  double behind_max = 0.05;
  /// So does ordinary talk: a background above `background_max`, unless the gate is this sure.
  double over_background = 0.93;
  double background_max = 0.8;
};

/// A question that stands before all labels and is answered yes or no: see nlu/gates.hpp.
struct GateExamples {
  std::string label;
  Texts examples;
  GateLimits limits = {};
};

struct TrainingSet {
  std::vector<LabelExamples> labels;
  Texts background;  ///< ordinary sentences that belong to no label
  std::vector<GateExamples> gates = {};
  Texts near_misses = {};  ///< sentences that pass no gate, though they sound like it
};

/// One set of decisions holds for every knowledge base: answer if the best confidence ≥ `answer`, leads the runner-up
/// by ≥ `margin` and the text looks like no entry at all by ≤ `background`; else ask back if ≥ `clarify`; else fall
/// back.
struct Thresholds {
  double answer = 0.7;
  double clarify = 0.3;
  double margin = 0.1;
  double background = 0.5;  ///< there it is as much like ordinary talk as like the best entry
  bool operator==(const Thresholds&) const = default;
};

struct Candidate {
  std::uint32_t label = 0;
  double confidence = 0;  ///< 0..1
  bool operator==(const Candidate&) const = default;
};

struct WordWeight {
  std::string word;
  double weight = 0;  ///< share of the score; negative speaks against the label
  bool operator==(const WordWeight&) const = default;
};

/// Why a match came out as it did (P5).
struct Evidence {
  std::string rule;                   ///< the pattern that decided, or empty
  std::vector<std::string> keywords;  ///< keywords of the label that occur
  std::vector<WordWeight> words;      ///< strongest first, at most max_evidence_words; filled by Matcher::explain
  Thresholds thresholds;              ///< of this moment
  double background = 0;              ///< 0..1: how much the utterance looks like no entry at all
};

inline constexpr std::size_t max_candidates = 5;
inline constexpr std::size_t max_evidence_words = 12;

struct Match {
  std::vector<Candidate> candidates;  ///< best first, at most max_candidates; a rule's label has confidence 1
  Evidence evidence;                  ///< without `words` and `keywords`: see Matcher::explain
  std::vector<PhraseHit> phrases;     ///< of the lexicon, in the utterance's words, corrected
  std::optional<std::uint32_t> gate;  ///< label number of the gate the utterance passes; it goes before all candidates
};

struct BuildOptions {
  /// Precision of answered messages on held-out examples, a quarter as many out-of-scope ones among them. Each held-out
  /// example is a wording its entry then lacks, so residents get more: 0.83 here was 0.97 for questions not trained on.
  double target_precision = 0.83;
  ModelOptions model;  ///< the same set and options give the same matcher, bit for bit
  ForEach for_each = one_after_another;
  NormalisedTexts* known_texts =
      nullptr;  ///< of earlier trainings and for later ones; nobody else may use it meanwhile
};

/// Thread: all const functions from any thread at once.
class Matcher {
 public:
  /// Trains. A bad rule or a label given twice is a Problem that names the label and the pattern. A set without labels
  /// is fine: it matches nothing.
  [[nodiscard]] static Result<std::shared_ptr<const Matcher>> build(TrainingSet set,
                                                                    std::shared_ptr<const Lexicon> lexicon,
                                                                    BuildOptions options = {});
  ~Matcher();

  [[nodiscard]] Match match(const Utterance& utterance) const;
  [[nodiscard]] Match match(std::string_view text) const;
  /// The evidence of one match for `label`: `words` and `keywords` filled.
  [[nodiscard]] Evidence explain(const Utterance& utterance, std::uint32_t label) const;

  /// REQUIRES: label < label_count(). Labels keep the order of the training set.
  [[nodiscard]] const std::string& label(std::uint32_t label) const;
  [[nodiscard]] std::size_t label_count() const;
  [[nodiscard]] Thresholds thresholds() const;
  [[nodiscard]] const Lexicon& lexicon() const;

  struct Parts;  ///< of the implementation

 private:
  explicit Matcher(std::unique_ptr<const Parts> parts);
  std::unique_ptr<const Parts> parts_;
};

}  // namespace sahut::nlu
