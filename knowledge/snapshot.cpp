#include "knowledge/snapshot.hpp"

#include <utility>

#include "nlu/normaliser.hpp"

namespace sahut::knowledge {
namespace {

nlu::Texts texts_of(const std::vector<std::string>& strings) {
  return {strings.begin(), strings.end()};
}

nlu::LabelExamples training_examples(const Entry& entry) {
  nlu::LabelExamples label{.label = entry.id,
                           .examples = texts_of(entry.examples),
                           .keywords = texts_of(entry.keywords),
                           .rules = entry.rules};
  label.examples.emplace_back(entry.title);
  // What the answer says is in the subject's own words; residents use some of them.
  if (const auto own = entry.answer.find("id"); own != entry.answer.end()) label.descriptions.emplace_back(own->second);
  for (const auto& [facet, text] : entry.facets) label.descriptions.emplace_back(text);
  return label;
}

/// A missed emergency costs more than a false one.
constexpr nlu::GateLimits emergency_limits = {.passes = 0.65, .over_background = 0.75};

}  // namespace

Result<std::shared_ptr<const Snapshot>> Snapshot::build(std::int64_t version, std::vector<PublishedEntry> entries,
                                                        const BuiltInLanguage& language,
                                                        std::shared_ptr<const nlu::Lexicon> lexicon,
                                                        nlu::ForEach for_each, nlu::NormalisedTexts* known_texts) {
  nlu::TrainingSet training;
  training.labels.reserve(entries.size() + 2);
  for (const PublishedEntry& published : entries) training.labels.push_back(training_examples(published.entry));
  if (!language.handoff.empty()) {
    training.gates.push_back({.label = std::string(handoff_label), .examples = texts_of(language.handoff)});
  }
  if (!language.emergency.empty()) {
    training.gates.push_back(
        {.label = std::string(emergency_label), .examples = texts_of(language.emergency), .limits = emergency_limits});
  }
  training.background = texts_of(language.background);
  training.near_misses = texts_of(language.near_misses);
  auto matcher = nlu::Matcher::build(std::move(training), lexicon,
                                     {.model = {}, .for_each = std::move(for_each), .known_texts = known_texts});
  if (!matcher.ok()) return matcher.problem();

  // Private constructor: std::make_shared cannot reach it.
  std::shared_ptr<Snapshot> snapshot(new Snapshot);
  snapshot->version_ = version;
  snapshot->entries_ = std::move(entries);
  for (std::size_t i = 0; i < snapshot->entries_.size(); ++i) {
    snapshot->by_id_.emplace(snapshot->entries_[i].entry.id, i);
  }
  snapshot->lexicon_ = std::move(lexicon);
  snapshot->matcher_ = std::move(matcher).value();
  return std::shared_ptr<const Snapshot>(std::move(snapshot));
}

const PublishedEntry* Snapshot::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &entries_[found->second];
}

Understanding Snapshot::understand(std::string_view text) const {
  Understanding understood;
  understood.utterance = nlu::normalise(text, *lexicon_);
  understood.match = matcher_->match(understood.utterance);
  const nlu::AskedFacet asked = nlu::asked_facet(understood.utterance, understood.match.phrases, *lexicon_);
  understood.facet = asked.facet;
  understood.only_facet = asked.only;
  return understood;
}

}  // namespace sahut::knowledge
