// The texts a matcher learns from, as words and then as vectors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "nlu/feature_counter.hpp"
#include "nlu/for_each.hpp"
#include "nlu/matcher.hpp"
#include "nlu/normalised_texts.hpp"
#include "nlu/text_kind.hpp"
#include "nlu/typo_index.hpp"

namespace sahut::nlu {

/// One text, as numbers of words in the typo index; the text itself isn't kept.
struct TrainingDocument {
  std::vector<std::uint32_t> words;
  std::uint32_t label = 0;
  TextKind kind = TextKind::example;
};

/// All texts of a set; their words go to `index`. Labels are numbered: the entries, the background, the gates, the near
/// misses. `known` keeps what was normalised for the next time.
[[nodiscard]] std::vector<TrainingDocument> documents_of(const TrainingSet& set,
                                                         const std::shared_ptr<const Lexicon>& lexicon,
                                                         TypoIndex& index, NormalisedTexts& known,
                                                         const ForEach& for_each);

/// The features of all documents, by number. The characters of a word are looked up once a word, not once an
/// occurrence: nine features in ten.
class DocumentFeatures {
 public:
  /// All but the documents must outlive it.
  DocumentFeatures(std::span<const TrainingDocument> documents, const TypoIndex& index, const Lexicon& lexicon,
                   const ForEach& for_each);
  /// Numbers and counts them.
  void count();

  /// What was counted of the documents' own features, and of the lexicon's signals in them; each once, before vectors.
  [[nodiscard]] FeatureIndex finish_features();
  [[nodiscard]] FeatureIndex finish_signals() { return signals_.counter.finish(); }

  /// Makes vectors of documents; each thread has its own.
  class Vectors {
   public:
    explicit Vectors(const DocumentFeatures& features);
    Vectors(const Vectors&) = delete;
    Vectors& operator=(const Vectors&) = delete;
    /// Replace what `out` held.
    void vectorise(std::size_t document, std::vector<Item>& out);
    void vectorise_signals(std::size_t document, std::vector<Item>& out);

   private:
    const DocumentFeatures& features_;
    WordGrams no_words_;
    Vectoriser entries_;
    Vectoriser signals_;
  };

 private:
  /// Lists of all documents, one after another.
  template <typename T>
  struct Lists {
    std::vector<T> all;
    std::vector<std::size_t> ends = {0};

    void end_of_text() { ends.push_back(all.size()); }
    [[nodiscard]] std::span<const T> of(std::size_t text) const {
      return std::span(all).subspan(ends[text], ends[text + 1] - ends[text]);
    }
  };
  struct Mentions {
    FeatureCounter counter;
    Lists<Mention> lists;

    /// All but the characters of one text.
    void add_text(std::span<const RawFeature> raw);
  };

  /// What a document has besides characters, not yet numbered.
  struct Raw {
    std::vector<RawFeature> features;
    std::vector<RawFeature> signals;
  };
  void extract(const TrainingDocument& document, const Lexicon& lexicon, Raw& raw) const;

  const TypoIndex& index_;
  std::vector<Raw> raw_;        ///< of each document, until count()
  Lists<std::uint32_t> words_;  ///< the different words of each document
  std::vector<std::vector<Mention>> grams_of_word_;
  Mentions entries_;
  Mentions signals_;
  WordGrams word_grams_;
};

}  // namespace sahut::nlu
