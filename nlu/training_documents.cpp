#include "nlu/training_documents.hpp"

#include <utility>

#include "nlu/matcher_parts.hpp"
#include "nlu/normaliser.hpp"

namespace sahut::nlu {

std::vector<TrainingDocument> documents_of(const TrainingSet& set, const Lexicon& lexicon, TypoIndex& index) {
  std::vector<TrainingDocument> documents;
  const auto add = [&](const std::string& text, std::size_t label, TextKind kind) {
    TrainingDocument document{.words = {}, .label = static_cast<std::uint32_t>(label), .kind = kind};
    for (const Token& token : normalise(text, lexicon).tokens) {
      document.words.push_back(index.add(token.normal, token.stem, token.stop));
    }
    if (!document.words.empty()) documents.push_back(std::move(document));
  };
  for (std::size_t i = 0; i < set.labels.size(); ++i) {
    for (const std::string& text : set.labels[i].examples) add(text, i, TextKind::example);
    for (const std::string& text : set.labels[i].keywords) add(text, i, TextKind::keyword);
    for (const std::string& text : set.labels[i].descriptions) add(text, i, TextKind::description);
  }
  for (const std::string& text : set.background) add(text, set.labels.size(), TextKind::example);
  for (std::size_t i = 0; i < set.gates.size(); ++i) {
    for (const std::string& text : set.gates[i].examples) add(text, set.labels.size() + 1 + i, TextKind::example);
  }
  for (const std::string& text : set.near_misses)
    add(text, set.labels.size() + 1 + set.gates.size(), TextKind::example);
  return documents;
}

void DocumentFeatures::Mentions::add(std::span<const RawFeature> raw) {
  for (const RawFeature& feature : raw) all.push_back(counter.mention(feature));
}

void DocumentFeatures::Mentions::end_of_text() {
  ends.push_back(all.size());
  counter.count(of(ends.size() - 2));
}

DocumentFeatures::DocumentFeatures(std::span<const TrainingDocument> documents, const TypoIndex& index,
                                   const Lexicon& lexicon)
    : index_(index), of_word_(index.size()) {
  for (const TrainingDocument& document : documents) add(document, lexicon);
}

void DocumentFeatures::add(const TrainingDocument& document, const Lexicon& lexicon) {
  words_.clear();
  for (const std::uint32_t number : document.words) {
    const TypoIndex::Entry& entry = index_.entry(number);
    words_.push_back({entry.word, entry.stem, entry.stop});
    std::vector<Mention>& mentions = of_word_[number];
    if (mentions.empty()) {
      raw_.clear();
      extract_word(words_.back(), 0, raw_);
      for (const RawFeature& feature : raw_) mentions.push_back(entries_.counter.mention(feature));
    }
    entries_.all.insert(entries_.all.end(), mentions.begin(), mentions.end());
  }
  const Hints hints = hints_of(words_, lexicon);
  raw_.clear();
  if (document.kind != TextKind::description) extract_pairs(words_, raw_);
  extract_hints(hints.entries, raw_);
  entries_.add(raw_);
  entries_.end_of_text();
  raw_.clear();
  extract_signals(hints.gates, raw_);
  signals_.add(raw_);
  signals_.end_of_text();
}

}  // namespace sahut::nlu
