// The texts a matcher learns from, as words and then as vectors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "nlu/feature_columns.hpp"
#include "nlu/feature_counter.hpp"
#include "nlu/for_each.hpp"
#include "nlu/matcher.hpp"
#include "nlu/normalised_texts.hpp"
#include "nlu/text_kind.hpp"
#include "nlu/typo_index.hpp"
#include "nlu/vectoriser.hpp"
#include "nlu/word.hpp"

namespace sahut::nlu {

/// One text, as numbers of words in the typo index; the text itself isn't kept.
struct TrainingDocument {
  std::span<const std::uint32_t> words;
  std::span<const PhraseHit> phrases;
  std::uint64_t key = 0;  ///< hash of the text
  std::uint32_t label = 0;
  TextKind kind = TextKind::example;
};

/// All texts of a set that have words.
class TrainingDocuments {
 public:
  /// Words go to `index`. Labels are numbered: the entries, the background, the gates, the near misses. `known` keeps
  /// what was normalised for the next time, and must outlive this and stay as it is.
  TrainingDocuments(const TrainingSet& set, const std::shared_ptr<const Lexicon>& lexicon, TypoIndex& index,
                    NormalisedTexts& known, const ForEach& for_each);
  TrainingDocuments(const TrainingDocuments&) = delete;  // its documents point into its words
  TrainingDocuments& operator=(const TrainingDocuments&) = delete;

  [[nodiscard]] std::span<const TrainingDocument> all() const { return documents_; }

 private:
  std::vector<std::uint32_t> words_;  ///< of all documents
  std::vector<TrainingDocument> documents_;
};

/// The features of all documents, by number. The characters of a word are looked up and counted once a word, not once
/// an occurrence: nine features in ten.
class DocumentFeatures {
 public:
  /// `words`: by the documents' numbers. The documents and the words must outlive it.
  DocumentFeatures(std::span<const TrainingDocument> documents, std::span<const Word> words)
      : documents_(documents), words_(words) {}
  /// Each once, and from any threads at the same time.
  void count_words();
  void count_others();
  void count_signals();
  /// When all are counted: files them in columns.
  void file();

  [[nodiscard]] const FeatureColumns& entries() const { return entry_columns_; }
  /// The lexicon's signals in the documents.
  [[nodiscard]] const FeatureColumns& signals() const { return signal_columns_; }
  [[nodiscard]] const WordGrams& word_grams() const { return word_grams_; }
  /// At last, when nothing else is asked any more.
  [[nodiscard]] WordGrams take_word_grams() { return std::move(word_grams_); }

  /// Makes vectors of documents; each thread has its own.
  class Vectors {
   public:
    explicit Vectors(const DocumentFeatures& features);
    Vectors(const Vectors&) = delete;
    Vectors& operator=(const Vectors&) = delete;
    /// Valid until the next call of the same.
    [[nodiscard]] std::span<const Item> of(std::size_t document);
    [[nodiscard]] std::span<const Item> signals_of(std::size_t document);

   private:
    const DocumentFeatures& features_;
    WordGrams no_words_;
    Vectoriser entries_;
    Vectoriser signals_;
  };

 private:
  /// Lists of many texts, one after another.
  template <typename T>
  struct Lists {
    std::vector<T> all;
    std::vector<std::size_t> ends = {0};

    void end_of_text() { ends.push_back(all.size()); }
    [[nodiscard]] std::size_t size() const { return ends.size() - 1; }
    [[nodiscard]] std::span<const T> of(std::size_t text) const {
      return std::span(all).subspan(ends[text], ends[text + 1] - ends[text]);
    }
  };
  struct Mentions {
    FeatureCounter counter;
    Lists<Mention> lists;

    void add_text(std::span<const RawFeature> raw);
  };

  std::span<const TrainingDocument> documents_;
  std::span<const Word> words_;
  Lists<std::uint32_t> words_of_;  ///< the different words of each document
  FeatureCounter grams_;
  Lists<Mention> grams_of_word_;
  Mentions others_;
  Mentions signals_;
  FeatureColumns entry_columns_;
  FeatureColumns signal_columns_;
  WordGrams word_grams_;
};

}  // namespace sahut::nlu
