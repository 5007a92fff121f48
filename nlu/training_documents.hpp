// The texts a matcher learns from, as words and then as features.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "nlu/feature_counter.hpp"
#include "nlu/linear_model.hpp"
#include "nlu/matcher.hpp"
#include "nlu/typo_index.hpp"

namespace sahut::nlu {

/// One text, as numbers of words in the typo index; the text itself isn't kept.
struct TrainingDocument {
  std::vector<std::uint32_t> words;
  std::uint32_t label = 0;
  TextKind kind = TextKind::example;
};

/// Normalises all texts of a set; their words go to `index`. Labels are numbered: the entries, the background, the
/// gates, the near misses.
[[nodiscard]] std::vector<TrainingDocument> documents_of(const TrainingSet& set, const Lexicon& lexicon,
                                                         TypoIndex& index);

/// The features of all documents, by number. What a word has wherever it stands is looked up once a word, not once an
/// occurrence: nine features in ten.
class DocumentFeatures {
 public:
  /// The index must outlive them.
  DocumentFeatures(std::span<const TrainingDocument> documents, const TypoIndex& index, const Lexicon& lexicon);

  /// What was counted of the documents' own features, and of the lexicon's signals in them; each once, before vectors.
  [[nodiscard]] FeatureIndex finish_features() { return entries_.counter.finish(); }
  [[nodiscard]] FeatureIndex finish_signals() { return signals_.counter.finish(); }
  /// The vector of a document; replaces what `out` held.
  void vectorise(std::size_t document, std::vector<Item>& out) {
    entries_.counter.vectorise(entries_.of(document), out);
  }
  void vectorise_signals(std::size_t document, std::vector<Item>& out) {
    signals_.counter.vectorise(signals_.of(document), out);
  }

 private:
  /// Mentions of all documents, one after another.
  struct Mentions {
    FeatureCounter counter;
    std::vector<Mention> all;
    std::vector<std::size_t> ends = {0};

    void add(std::span<const RawFeature> raw);
    void end_of_text();
    [[nodiscard]] std::span<const Mention> of(std::size_t text) const {
      return std::span(all).subspan(ends[text], ends[text + 1] - ends[text]);
    }
  };

  void add(const TrainingDocument& document, const Lexicon& lexicon);

  const TypoIndex& index_;
  std::vector<std::vector<Mention>> of_word_;
  Mentions entries_;
  Mentions signals_;
  std::vector<Word> words_;  // of the document that is being added
  std::vector<RawFeature> raw_;
};

}  // namespace sahut::nlu
