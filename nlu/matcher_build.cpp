// Matcher::build: from examples to weights, confidences and thresholds.
#include <algorithm>
#include <unordered_set>
#include <utility>

#include "nlu/matcher.hpp"
#include "nlu/matcher_parts.hpp"
#include "nlu/training_documents.hpp"

namespace sahut::nlu {
namespace {

std::optional<Problem> check_labels(const TrainingSet& set) {
  std::unordered_set<std::string_view> seen;
  for (const LabelExamples& label : set.labels) {
    if (!seen.insert(label.label).second) {
      return Problem{"duplicate_label", label.label, "This label is given twice.", "Merge the two or rename one."};
    }
  }
  return std::nullopt;
}

Result<RuleSet> compile_rules(const TrainingSet& set, const std::vector<std::string>& names) {
  std::vector<Rule> rules;
  for (std::uint32_t i = 0; i < set.labels.size(); ++i) {
    for (const std::string& pattern : set.labels[i].rules) rules.push_back({i, pattern});
  }
  return RuleSet::compile(std::move(rules), names);
}

std::vector<std::vector<std::string>> keyword_stems_of(std::span<const TrainingDocument> documents,
                                                       const TypoIndex& index, std::size_t label_count) {
  std::vector<std::vector<std::string>> stems(label_count);
  for (const TrainingDocument& document : documents) {
    if (document.kind != TextKind::keyword) continue;
    for (const std::uint32_t number : document.words) {
      const TypoIndex::Entry& entry = index.entry(number);
      if (!entry.stop) stems[document.label].push_back(entry.stem);
    }
  }
  for (std::vector<std::string>& of_label : stems) {
    std::ranges::sort(of_label);
    const auto doubles = std::ranges::unique(of_label);
    of_label.erase(doubles.begin(), doubles.end());
  }
  return stems;
}

/// Share of a document's words that occur in other documents: what `Reading::known` would be, were it new.
float known_without_itself(const TrainingDocument& document, const TypoIndex& index) {
  float known = 0;
  float all = 0;
  for (const std::uint32_t number : document.words) {
    const TypoIndex::Entry& entry = index.entry(number);
    const float share = entry.stop ? static_cast<float>(stop_word_counts) : 1.0F;
    all += share;
    if (entry.count > 1) known += share;
  }
  return known / all;
}

/// Numbers of the stems that say something.
std::vector<std::uint32_t> stems_of(const TrainingDocument& document, const TypoIndex& index, const LabelWords& words) {
  std::vector<std::uint32_t> stems;
  for (const std::uint32_t number : document.words) {
    if (!index.entry(number).stop) stems.push_back(words.find(index.entry(number).stem));
  }
  return stems;
}

LabelWords label_words_of(std::span<const TrainingDocument> documents, const TypoIndex& index,
                          std::size_t entry_count) {
  LabelWords words;
  std::vector<std::uint32_t> of_word(index.size(), LabelWords::no_stem);
  std::vector<std::uint32_t> stems;
  for (const TrainingDocument& document : documents) {
    if (document.label > entry_count) continue;
    stems.clear();
    for (const std::uint32_t number : document.words) {
      if (index.entry(number).stop) continue;
      if (of_word[number] == LabelWords::no_stem) of_word[number] = words.number(index.entry(number).stem);
      stems.push_back(of_word[number]);
    }
    words.add(document.label, stems);
  }
  words.finish();
  return words;
}

/// How much a mistake at a sentence of the background costs. The product brings more of them than a small knowledge
/// base has examples; all together they count a third of what the examples do.
float background_cost_of(std::span<const TrainingDocument> documents, std::size_t entry_count) {
  constexpr float background_share = 0.3F;
  const auto examples =
      std::ranges::count_if(documents, [=](const TrainingDocument& d) { return d.label < entry_count; });
  const auto background = std::ranges::count(documents, entry_count, &TrainingDocument::label);
  if (background == 0) return 1;
  return std::min(1.0F, background_share * static_cast<float>(examples) / static_cast<float>(background));
}

struct TrainingVectors {
  TrainingTexts texts;
  std::vector<std::size_t> document_of_text;
  ExampleSet gate_texts;
};

/// What the model and the gates learn from; fills `parts` with the features that were counted for it.
TrainingVectors vectors_of(std::span<const TrainingDocument> documents, std::uint32_t gate_count,
                           Matcher::Parts& parts) {
  const float background_cost = background_cost_of(documents, parts.entry_count);
  const auto first_gate = static_cast<std::uint32_t>(parts.entry_count) + 1;
  DocumentFeatures features(documents, parts.words, *parts.lexicon);
  parts.features = features.finish_features();
  parts.signals = features.finish_signals();
  TrainingVectors vectors;
  std::vector<Item> vector;
  std::vector<Item> signals;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const TrainingDocument& document = documents[i];
    const bool passes = document.label >= first_gate;
    features.vectorise(i, vector);
    if (gate_count > 0 && document.kind != TextKind::description) {
      features.vectorise_signals(i, signals);
      vectors.gate_texts.add(gate_items(vector, signals, parts.features.size()),
                             passes ? document.label - first_gate : gate_count);
    }
    if (passes) continue;  // what stands at the gates says nothing of the entries
    vectors.texts.examples.add(vector, document.label, document.label == parts.entry_count ? background_cost : 1.0F);
    vectors.texts.kinds.push_back(document.kind);
    vectors.document_of_text.push_back(i);
  }
  return vectors;
}

CalibrationSample sample_of(const HeldOutScores& scores, const TrainingDocument& document,
                            const Matcher::Parts& parts) {
  const std::vector<std::uint32_t> stems = stems_of(document, parts.words, parts.label_words);
  const bool right = scores.best == document.label;
  return {.scores = {.best = static_cast<double>(scores.best_score),
                     .runner_up = static_cast<double>(scores.runner_up),
                     .background = static_cast<double>(scores.background),
                     .known = static_cast<double>(known_without_itself(document, parts.words)),
                     .covered = right ? parts.label_words.covered_by_others(scores.best, stems)
                                      : parts.label_words.covered(scores.best, stems)},
          .weight = 1,
          .in_scope = document.label < parts.entry_count,
          .right = right};
}

}  // namespace

Result<std::shared_ptr<const Matcher>> Matcher::build(TrainingSet set, std::shared_ptr<const Lexicon> lexicon,
                                                      BuildOptions options) {
  if (auto problem = check_labels(set)) return *std::move(problem);
  auto parts = std::make_unique<Parts>();
  parts->lexicon = std::move(lexicon);
  for (const LabelExamples& label : set.labels) parts->labels.push_back(label.label);
  parts->entry_count = set.labels.size();
  for (const LabelExamples& gate : set.gates) parts->labels.push_back(gate.label);
  Result<RuleSet> rules = compile_rules(set, parts->labels);
  if (!rules) return rules.problem();
  parts->rules = std::move(rules).value();

  const std::vector<TrainingDocument> documents = documents_of(set, *parts->lexicon, parts->words);
  parts->words.finish();
  parts->keyword_stems = keyword_stems_of(documents, parts->words, parts->entry_count);
  parts->label_words = label_words_of(documents, parts->words, parts->entry_count);
  const auto gate_count = static_cast<std::uint32_t>(set.gates.size());
  TrainingVectors vectors = vectors_of(documents, gate_count, *parts);
  if (gate_count > 0) {
    const ExampleSet gate_texts = std::move(vectors.gate_texts);  // gone before the entries are learnt
    parts->gates = Gates(gate_texts, parts->features.size() + parts->signals.size(), gate_count, options.model);
  }
  std::vector<HeldOutScores> unseen;
  parts->model = LinearModel(vectors.texts, parts->features.size(), parts->entry_count, options.model, unseen);
  std::vector<CalibrationSample> samples;
  for (const HeldOutScores& text : unseen)
    samples.push_back(sample_of(text, documents[vectors.document_of_text[text.text]], *parts));
  balance(samples);
  parts->calibration = Calibration::fit(samples);
  std::vector<HeldOut> held_out;
  for (const CalibrationSample& sample : samples) {
    const double confidence = parts->calibration.confidence(sample.scores);
    const double difference = sample.scores.runner_up - sample.scores.best;
    held_out.push_back({.confidence = confidence,
                        .runner_up = runner_up_confidence(confidence, difference),
                        .background = background_share(sample.scores.best, sample.scores.background),
                        .weight = sample.weight,
                        .right = sample.right});
  }
  parts->thresholds = choose_thresholds(held_out, options.target_precision);
  return std::shared_ptr<const Matcher>(new Matcher(std::move(parts)));
}

}  // namespace sahut::nlu
