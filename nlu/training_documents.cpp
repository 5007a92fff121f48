#include "nlu/training_documents.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "nlu/matcher_parts.hpp"

namespace sahut::nlu {
namespace {

// Different ones, to make room for: most are met again and again.
constexpr std::size_t grams_per_word = 4;
constexpr std::size_t others_per_text = 5;

struct Described {
  std::uint32_t label;
  TextKind kind;
};

}  // namespace

TrainingDocuments::TrainingDocuments(const TrainingSet& set, const std::shared_ptr<const Lexicon>& lexicon,
                                     TypoIndex& index, NormalisedTexts& known, const ForEach& for_each) {
  std::vector<std::string_view> texts;
  std::vector<Described> described;
  const auto add = [&](const Texts& of_kind, std::size_t label, TextKind kind) {
    texts.insert(texts.end(), of_kind.begin(), of_kind.end());
    described.resize(texts.size(), {static_cast<std::uint32_t>(label), kind});
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

  const std::vector<NormalisedTexts::Known> known_texts = known.known(texts, lexicon, for_each);
  constexpr std::uint32_t none = 0xffffffffU;
  std::vector<std::uint32_t> number_of(known.word_count(), none);  // in the index, of a word that is known
  index.reserve(known.word_count());
  documents_.reserve(texts.size());
  std::size_t all_words = 0;
  for (const NormalisedTexts::Known& text : known_texts) all_words += text.words.size();
  words_.resize(all_words);
  std::uint32_t* next = words_.data();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto& [words, phrases, key] = known_texts[i];
    if (words.empty()) continue;
    documents_.push_back({.words = {next, words.size()},
                          .phrases = phrases,
                          .key = key,
                          .label = described[i].label,
                          .kind = described[i].kind});
    for (const std::uint32_t word : words) {
      std::uint32_t& number = number_of[word];
      if (number == none) {
        const NormalisedTexts::Word& first_met = known.word(word);
        number = index.add(first_met.normal, first_met.stem, first_met.stop);
      } else {
        index.add_again(number);
      }
      *next++ = number;
    }
  }
}

void DocumentFeatures::Mentions::add_text(std::span<const RawFeature> raw) {
  counter.begin_text();
  for (const RawFeature& feature : raw) counter.expect(feature);
  for (const RawFeature& feature : raw) {
    const Mention mention = counter.mention(feature);
    if (counter.count(mention)) lists.all.push_back(mention);
  }
  lists.end_of_text();
}

void DocumentFeatures::count_words() {
  std::vector<TextSet> texts_of_word(words_.size());
  std::vector<std::uint32_t> last_text(words_.size());
  for (const TrainingDocument& document : documents_) {
    const auto text = static_cast<std::uint32_t>(words_of_.size() + 1);
    for (const std::uint32_t word : document.words) {
      if (std::exchange(last_text[word], text) == text) continue;
      words_of_.all.push_back(word);
      texts_of_word[word].add(text, words_[word].stop);
    }
    words_of_.end_of_text();
  }
  grams_ = FeatureCounter(words_.size() * grams_per_word);
  std::vector<RawFeature> raw;
  for (std::size_t word = 0; word < words_.size(); ++word) {
    raw.clear();
    extract_grams(words_[word], 0, raw);
    for (const RawFeature& feature : raw) grams_.expect(feature);
    for (const RawFeature& feature : raw) {
      const Mention mention = grams_.mention(feature);
      grams_.count(mention, texts_of_word[word]);
      grams_of_word_.all.push_back(mention);
    }
    grams_of_word_.end_of_text();
  }
}

void DocumentFeatures::count_others() {
  others_.counter = FeatureCounter(documents_.size() * others_per_text);
  std::vector<Word> sentence;
  std::vector<RawFeature> raw;
  for (const TrainingDocument& document : documents_) {
    sentence.clear();
    raw.clear();
    for (const std::uint32_t word : document.words) sentence.push_back(words_[word]);
    extract_stems(sentence, raw);
    if (document.kind != TextKind::description) extract_pairs(sentence, raw);
    extract_hints(hints_of(document.phrases).entries, raw);
    others_.add_text(raw);
  }
}

void DocumentFeatures::count_signals() {
  std::vector<RawFeature> raw;
  for (const TrainingDocument& document : documents_) {
    raw.clear();
    extract_signals(hints_of(document.phrases).gates, raw);
    signals_.add_text(raw);
  }
}

void DocumentFeatures::file() {
  const auto texts = static_cast<std::uint32_t>(documents_.size());
  entry_columns_ = FeatureColumns(std::array<const FeatureCounter*, 2>{&grams_, &others_.counter}, texts);
  signal_columns_ = FeatureColumns(std::array<const FeatureCounter*, 1>{&signals_.counter}, texts);
  for (std::size_t word = 0; word < words_.size(); ++word)
    add_grams(grams_of_word_.of(word), entry_columns_, word_grams_);
}

DocumentFeatures::Vectors::Vectors(const DocumentFeatures& features)
    : features_(features),
      entries_(features.entry_columns_, features.word_grams_, features.grams_.counted().size()),
      signals_(features.signal_columns_, no_words_, 0) {}

std::span<const Item> DocumentFeatures::Vectors::of(std::size_t document) {
  return entries_.vectorise(features_.words_of_.of(document), features_.others_.lists.of(document));
}

std::span<const Item> DocumentFeatures::Vectors::signals_of(std::size_t document) {
  return signals_.vectorise({}, features_.signals_.lists.of(document));
}

}  // namespace sahut::nlu
