// Matcher::build: from examples to weights, confidences and thresholds.
#include <algorithm>
#include <unordered_set>
#include <utility>

#include "nlu/feature_counter.hpp"
#include "nlu/matcher.hpp"
#include "nlu/matcher_parts.hpp"
#include "nlu/normaliser.hpp"

namespace sahut::nlu {
namespace {

/// A training text as numbers of words in the typo index; the texts themselves aren't kept.
struct Document {
  std::vector<std::uint32_t> words;
  std::uint32_t label = 0;
  TextKind kind = TextKind::example;
};

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

/// Normalises all texts; their words go to `index`.
std::vector<Document> documents_of(const TrainingSet& set, const Lexicon& lexicon, TypoIndex& index) {
  std::vector<Document> documents;
  const auto add = [&](const std::string& text, std::size_t label, TextKind kind) {
    Document document{.words = {}, .label = static_cast<std::uint32_t>(label), .kind = kind};
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

std::vector<std::vector<std::string>> keyword_stems_of(std::span<const Document> documents, const TypoIndex& index,
                                                       std::size_t label_count) {
  std::vector<std::vector<std::string>> stems(label_count);
  for (const Document& document : documents) {
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

/// The features of all documents, by number. What a word has wherever it stands is looked up once a word, not once an
/// occurrence: nine features in ten.
class DocumentFeatures {
 public:
  DocumentFeatures(std::span<const Document> documents, const TypoIndex& index, const Lexicon& lexicon)
      : index_(index), of_word_(index.size()) {
    for (const Document& document : documents) add(document, lexicon);
  }

  /// Calls use(document number, its vector, its signals' vector).
  template <typename Use>
  void for_each(Use use) {
    std::vector<Item> vector;
    std::vector<Item> signal_vector;
    for (std::size_t i = 0; i + 1 < entries_.ends.size(); ++i) {
      entries_.counter.vectorise(entries_.of(i), vector);
      signals_.counter.vectorise(signals_.of(i), signal_vector);
      use(i, std::span<const Item>(vector), std::span<const Item>(signal_vector));
    }
  }

  [[nodiscard]] FeatureIndex finish_features() { return entries_.counter.finish(); }
  [[nodiscard]] FeatureIndex finish_signals() { return signals_.counter.finish(); }

 private:
  /// Mentions of all documents, one after another.
  struct Mentions {
    FeatureCounter counter;
    std::vector<Mention> all;
    std::vector<std::size_t> ends = {0};

    void add(std::span<const RawFeature> raw) {
      for (const RawFeature& feature : raw) all.push_back(counter.mention(feature));
    }
    void end_of_text() {
      ends.push_back(all.size());
      counter.count(of(ends.size() - 2));
    }
    [[nodiscard]] std::span<const Mention> of(std::size_t text) const {
      return std::span(all).subspan(ends[text], ends[text + 1] - ends[text]);
    }
  };

  void add(const Document& document, const Lexicon& lexicon) {
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

  const TypoIndex& index_;
  std::vector<std::vector<Mention>> of_word_;
  Mentions entries_;
  Mentions signals_;
  std::vector<Word> words_;
  std::vector<RawFeature> raw_;
};

/// Share of a document's words that occur in other documents: what `Reading::known` would be, were it new.
float known_without_itself(const Document& document, const TypoIndex& index) {
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
std::vector<std::uint32_t> stems_of(const Document& document, const TypoIndex& index, const LabelWords& words) {
  std::vector<std::uint32_t> stems;
  for (const std::uint32_t number : document.words) {
    if (!index.entry(number).stop) stems.push_back(words.find(index.entry(number).stem));
  }
  return stems;
}

LabelWords label_words_of(std::span<const Document> documents, const TypoIndex& index, std::size_t entry_count) {
  LabelWords words;
  std::vector<std::uint32_t> of_word(index.size(), LabelWords::no_stem);
  std::vector<std::uint32_t> stems;
  for (const Document& document : documents) {
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
float background_cost_of(std::span<const Document> documents, std::size_t entry_count) {
  constexpr float background_share = 0.3F;
  const auto examples = std::ranges::count_if(documents, [=](const Document& d) { return d.label < entry_count; });
  const auto background = std::ranges::count(documents, entry_count, &Document::label);
  if (background == 0) return 1;
  return std::min(1.0F, background_share * static_cast<float>(examples) / static_cast<float>(background));
}

CalibrationSample sample_of(const HeldOutScores& scores, const Document& document, const Matcher::Parts& parts) {
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

  const std::vector<Document> documents = documents_of(set, *parts->lexicon, parts->words);
  parts->words.finish();
  parts->keyword_stems = keyword_stems_of(documents, parts->words, parts->entry_count);
  parts->label_words = label_words_of(documents, parts->words, parts->entry_count);
  const float background_cost = background_cost_of(documents, parts->entry_count);
  DocumentFeatures features(documents, parts->words, *parts->lexicon);
  parts->features = features.finish_features();
  parts->signals = features.finish_signals();
  TrainingTexts texts;
  std::vector<std::size_t> document_of_text;
  ExampleSet gate_texts;
  const auto gate_count = static_cast<std::uint32_t>(set.gates.size());
  const auto first_gate = static_cast<std::uint32_t>(parts->entry_count) + 1;
  features.for_each([&](std::size_t i, std::span<const Item> vector, std::span<const Item> signals) {
    const Document& document = documents[i];
    const bool passes = document.label >= first_gate;
    if (gate_count > 0 && document.kind != TextKind::description) {
      gate_texts.add(gate_items(vector, signals, parts->features.size()),
                     passes ? document.label - first_gate : gate_count);
    }
    if (passes) return;  // what stands at the gates says nothing of the entries
    texts.examples.add(vector, document.label, document.label == parts->entry_count ? background_cost : 1.0F);
    texts.kinds.push_back(document.kind);
    document_of_text.push_back(i);
  });
  std::vector<HeldOutScores> unseen;
  parts->model = LinearModel(texts, parts->features.size(), parts->entry_count, options.model, unseen);
  if (gate_count > 0)
    parts->gates = Gates(gate_texts, parts->features.size() + parts->signals.size(), gate_count, options.model);
  std::vector<CalibrationSample> samples;
  for (const HeldOutScores& text : unseen)
    samples.push_back(sample_of(text, documents[document_of_text[text.text]], *parts));
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
