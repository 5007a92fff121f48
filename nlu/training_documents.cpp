#include "nlu/training_documents.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "nlu/matcher_parts.hpp"

namespace sahut::nlu {
namespace {

constexpr std::size_t documents_per_task = 512;

struct TrainingText {
  const std::string* text;
  std::uint32_t label;
  TextKind kind;
};

std::vector<TrainingText> texts_of(const TrainingSet& set) {
  std::vector<TrainingText> texts;
  const auto add = [&texts](const std::vector<std::string>& of_kind, std::size_t label, TextKind kind) {
    for (const std::string& text : of_kind) texts.push_back({&text, static_cast<std::uint32_t>(label), kind});
  };
  std::size_t label = 0;
  for (const LabelExamples& entry : set.labels) {
    add(entry.examples, label, TextKind::example);
    add(entry.keywords, label, TextKind::keyword);
    add(entry.descriptions, label, TextKind::description);
    ++label;
  }
  add(set.background, label++, TextKind::example);
  for (const GateExamples& gate : set.gates) add(gate.examples, label++, TextKind::example);
  add(set.near_misses, label, TextKind::example);
  return texts;
}

}  // namespace

std::vector<TrainingDocument> documents_of(const TrainingSet& set, const std::shared_ptr<const Lexicon>& lexicon,
                                           TypoIndex& index, NormalisedTexts& known, const ForEach& for_each) {
  const std::vector<TrainingText> texts = texts_of(set);
  std::vector<const std::string*> raw(texts.size());
  std::ranges::transform(texts, raw.begin(), &TrainingText::text);
  const auto words_of_text = known.words_of(raw, lexicon, for_each);
  constexpr std::uint32_t none = 0xffffffffU;
  std::vector<std::uint32_t> number_of(known.word_count(), none);  // in the index, of a word that is known
  std::vector<TrainingDocument> documents;
  documents.reserve(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (words_of_text[i].empty()) continue;
    TrainingDocument& document = documents.emplace_back();
    document.label = texts[i].label;
    document.kind = texts[i].kind;
    document.words.reserve(words_of_text[i].size());
    for (const std::uint32_t word : words_of_text[i]) {
      std::uint32_t& number = number_of[word];
      if (number == none) {
        const NormalisedTexts::Word& first = known.word(word);
        number = index.add(first.normal, first.stem, first.stop);
      } else {
        index.add_again(number);
      }
      document.words.push_back(number);
    }
  }
  return documents;
}

void DocumentFeatures::Mentions::add_text(std::span<const RawFeature> raw) {
  for (const RawFeature& feature : raw) lists.all.push_back(counter.mention(feature));
  lists.end_of_text();
  counter.count(lists.of(lists.ends.size() - 2));
}

DocumentFeatures::DocumentFeatures(std::span<const TrainingDocument> documents, const TypoIndex& index,
                                   const Lexicon& lexicon, const ForEach& for_each)
    : index_(index), raw_(documents.size()), grams_of_word_(index.size()) {
  std::vector<std::uint32_t> last_text(index.size());
  for (const TrainingDocument& document : documents) {
    const auto text = static_cast<std::uint32_t>(words_.ends.size());
    for (const std::uint32_t word : document.words) {
      if (std::exchange(last_text[word], text) != text) words_.all.push_back(word);
    }
    words_.end_of_text();
  }
  for_each((documents.size() + documents_per_task - 1) / documents_per_task, [&](std::size_t task) {
    const std::size_t end = std::min(documents.size(), (task + 1) * documents_per_task);
    for (std::size_t i = task * documents_per_task; i < end; ++i) extract(documents[i], lexicon, raw_[i]);
  });
}

void DocumentFeatures::extract(const TrainingDocument& document, const Lexicon& lexicon, Raw& raw) const {
  std::vector<Word> sentence;
  sentence.reserve(document.words.size());
  for (const std::uint32_t word : document.words) {
    const TypoIndex::Entry& entry = index_.entry(word);
    sentence.push_back({entry.word, entry.stem, entry.stop});
  }
  std::vector<PhraseHit> phrases;
  find_phrases(sentence, lexicon, phrases);
  const Hints hints = hints_of(phrases);
  raw.features.reserve(sentence.size() * 2 + hints.entries.size() + 1);
  extract_stems(sentence, raw.features);
  if (document.kind != TextKind::description) extract_pairs(sentence, raw.features);
  extract_hints(hints.entries, raw.features);
  extract_signals(hints.gates, raw.signals);
}

void DocumentFeatures::count() {
  std::vector<RawFeature> raw_grams;
  for (std::size_t i = 0; i < raw_.size(); ++i) {
    entries_.counter.begin_text();
    signals_.counter.begin_text();
    for (const std::uint32_t number : words_.of(i)) {
      std::vector<Mention>& grams = grams_of_word_[number];
      if (grams.empty()) {
        const TypoIndex::Entry& entry = index_.entry(number);
        raw_grams.clear();
        extract_grams({entry.word, entry.stem, entry.stop}, 0, raw_grams);
        grams.reserve(raw_grams.size());
        for (const RawFeature& feature : raw_grams) grams.push_back(entries_.counter.mention(feature));
      }
      entries_.counter.count(grams);
    }
    entries_.add_text(raw_[i].features);
    signals_.add_text(raw_[i].signals);
  }
  raw_ = {};
}

FeatureIndex DocumentFeatures::finish_features() {
  FeatureIndex index = entries_.counter.finish();
  for (const std::vector<Mention>& grams : grams_of_word_) add_grams(grams, entries_.counter, word_grams_);
  index.set_words(word_grams_);
  return index;
}

DocumentFeatures::Vectors::Vectors(const DocumentFeatures& features)
    : features_(features),
      entries_(features.entries_.counter, features.word_grams_),
      signals_(features.signals_.counter, no_words_) {}

void DocumentFeatures::Vectors::vectorise(std::size_t document, std::vector<Item>& out) {
  entries_.vectorise(features_.words_.of(document), features_.entries_.lists.of(document), out);
}

void DocumentFeatures::Vectors::vectorise_signals(std::size_t document, std::vector<Item>& out) {
  signals_.vectorise({}, features_.signals_.lists.of(document), out);
}

}  // namespace sahut::nlu
