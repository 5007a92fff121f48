// Matcher::build: from examples to weights, confidences and thresholds.
#include <algorithm>
#include <numeric>
#include <optional>
#include <unordered_set>
#include <utility>

#include "nlu/matcher.hpp"
#include "nlu/matcher_parts.hpp"
#include "nlu/model_training.hpp"
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

std::vector<Word> known_words_of(const TypoIndex& index, const Lexicon& lexicon, const ForEach& for_each) {
  constexpr std::size_t words_per_task = 2048;
  std::vector<Word> words(index.size());
  for_each((words.size() + words_per_task - 1) / words_per_task, [&](std::size_t task) {
    const std::size_t end = std::min(words.size(), (task + 1) * words_per_task);
    for (std::size_t i = task * words_per_task; i < end; ++i) {
      const TypoIndex::Entry& entry = index.entry(static_cast<std::uint32_t>(i));
      words[i] = word_of(entry.word, entry.stem, entry.stop, lexicon);
    }
  });
  return words;
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
std::vector<std::uint32_t> stems_of(const TrainingDocument& document, const Matcher::Parts& parts) {
  std::vector<std::uint32_t> stems;
  for (const std::uint32_t number : document.words) {
    if (!parts.words.entry(number).stop) stems.push_back(parts.stem_of_word[number]);
  }
  return stems;
}

/// Which words each label's texts use, and each word's number among them.
void count_label_words(std::span<const TrainingDocument> documents, Matcher::Parts& parts) {
  parts.stem_of_word.assign(parts.words.size(), LabelWords::no_stem);
  std::vector<std::uint32_t> stems;
  for (const TrainingDocument& document : documents) {
    if (document.label > parts.entry_count) continue;
    stems.clear();
    for (const std::uint32_t number : document.words) {
      const TypoIndex::Entry& entry = parts.words.entry(number);
      if (entry.stop) continue;
      std::uint32_t& stem = parts.stem_of_word[number];
      if (stem == LabelWords::no_stem) stem = parts.label_words.number(entry.stem);
      stems.push_back(stem);
    }
    parts.label_words.add(document.label, stems);
  }
  parts.label_words.finish();
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
  ExampleSet only_for_gates;
  ExampleSet gate_texts;  ///< those, and the texts of the entries and the background, with their signals
};

/// What the model and the gates learn from, sorted by key.
TrainingVectors vectors_of(std::span<const TrainingDocument> documents, const DocumentFeatures& features,
                           std::uint32_t entry_count, std::uint32_t gate_count, const BuildOptions& options) {
  const float background_cost = background_cost_of(documents, entry_count);
  const std::uint32_t first_gate = entry_count + 1;
  const std::size_t shared = features.entries().shared();

  // By the texts' hashes: mixed as well as drawn by lot, and a text more or less moves no other.
  std::vector<std::size_t> order(documents.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t document) { return documents[document].key; });
  constexpr std::size_t documents_per_task = 4096;
  std::vector<TrainingVectors> pieces((documents.size() + documents_per_task - 1) / documents_per_task);
  options.for_each(pieces.size(), [&](std::size_t task) {
    TrainingVectors& piece = pieces[task];
    piece.texts.examples = ExampleSet(shared);
    piece.only_for_gates = ExampleSet(shared);
    piece.gate_texts = ExampleSet(shared);
    DocumentFeatures::Vectors vectors(features);
    const std::size_t end = std::min(order.size(), (task + 1) * documents_per_task);
    for (std::size_t at = task * documents_per_task; at < end; ++at) {
      const TrainingDocument& document = documents[order[at]];
      const bool for_a_gate = document.label >= first_gate;  // says nothing of the entries
      const auto key = static_cast<std::uint32_t>(document.key >> 32U);
      const std::span<const Item> vector = vectors.of(order[at]);
      if (!for_a_gate) {
        piece.texts.examples.add(vector, document.label, document.label == entry_count ? background_cost : 1.0F, key);
        piece.texts.kinds.push_back(document.kind);
        piece.document_of_text.push_back(order[at]);
      }
      if (gate_count == 0 || document.kind == TextKind::description) continue;
      if (for_a_gate) piece.only_for_gates.add(vector, 0, 1.0F, key);
      piece.gate_texts.add(for_a_gate ? piece.only_for_gates.back() : piece.texts.examples.back(),
                           vectors.signals_of(order[at]), for_a_gate ? document.label - first_gate : gate_count);
    }
  });
  TrainingVectors whole;
  whole.texts.examples = ExampleSet(shared);
  whole.only_for_gates = ExampleSet(shared);
  whole.gate_texts = ExampleSet(shared);
  for (TrainingVectors& piece : pieces) {
    whole.only_for_gates.append(std::move(piece.only_for_gates));
    whole.gate_texts.append(std::move(piece.gate_texts));
    whole.texts.examples.append(std::move(piece.texts.examples));
    whole.texts.kinds.insert(whole.texts.kinds.end(), piece.texts.kinds.begin(), piece.texts.kinds.end());
    whole.document_of_text.insert(whole.document_of_text.end(), piece.document_of_text.begin(),
                                  piece.document_of_text.end());
  }
  return whole;
}

CalibrationSample sample_of(const HeldOutScores& scores, const TrainingDocument& document,
                            const Matcher::Parts& parts) {
  const std::vector<std::uint32_t> stems = stems_of(document, parts);
  const bool right = scores.best == document.label;
  return {.scores = {.best = static_cast<double>(scores.best_score),
                     .runner_up = static_cast<double>(scores.runner_up),
                     .background = static_cast<double>(scores.background),
                     .known = static_cast<double>(known_without_itself(document, parts.words)),
                     .covered = right ? parts.label_words.covered_by_others(scores.best, stems)
                                      : parts.label_words.covered(scores.best, stems),
                     .words = static_cast<double>(stems.size())},
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
  for (const GateExamples& gate : set.gates) {
    parts->labels.push_back(gate.label);
    parts->gate_limits.push_back(gate.limits);
  }
  NormalisedTexts own;
  NormalisedTexts& known = options.known_texts != nullptr ? *options.known_texts : own;
  const TrainingDocuments training_documents(set, parts->lexicon, parts->words, known, options.for_each);
  const std::span documents = training_documents.all();
  parts->known_words = known_words_of(parts->words, *parts->lexicon, options.for_each);
  DocumentFeatures features(documents, parts->known_words);
  std::optional<Result<RuleSet>> rules;
  run(options.for_each,
      {[&] { features.count_others(); }, [&] { features.count_words(); }, [&] { features.count_signals(); },
       [&] { parts->words.finish(); }, [&] { rules = compile_rules(set, parts->labels); }});
  if (!*rules) return rules->problem();
  parts->rules = std::move(*rules).value();
  run(options.for_each, {[&] { features.file(); },
                         [&] {
                           parts->keyword_stems = keyword_stems_of(documents, parts->words, parts->entry_count);
                           count_label_words(documents, *parts);
                         }});
  const auto gate_count = static_cast<std::uint32_t>(set.gates.size());
  const TrainingVectors vectors =
      vectors_of(documents, features, static_cast<std::uint32_t>(parts->entry_count), gate_count, options);
  const std::size_t columns = features.entries().columns();
  ModelTraining training(vectors.texts, columns, features.word_grams(), parts->entry_count, options.model);
  // Once for each thread that there may be; they take one lane after another until none is left.
  const auto lanes = [&training] { training.train_lanes(); };
  run(options.for_each, {[&] {
                           parts->gates = Gates(vectors.gate_texts, features.signals().columns(), columns,
                                                features.word_grams(), gate_count, options.model);
                         },
                         [&] {
                           parts->features = features.entries().index();
                           parts->signals = features.signals().index();
                         },
                         lanes, lanes, lanes, lanes});
  std::vector<HeldOutScores> unseen;
  parts->model = training.finish(unseen);
  parts->features.set_words(features.take_word_grams());
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
