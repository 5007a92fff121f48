#include "nlu/rules.hpp"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <array>
#include <span>
#include <utility>

namespace sahut::nlu {
namespace {

constexpr int atom_letters_min = 3;                   // shorter literals occur in nearly every text
constexpr std::int64_t pattern_memory_max = 1 << 20;  // bytes a compiled pattern may take; a bigger one is a mistake
constexpr std::size_t pattern_bytes_max = 1000;

RE2::Options pattern_options() {
  RE2::Options options;
  options.set_case_sensitive(false);
  options.set_log_errors(false);
  options.set_max_mem(pattern_memory_max);
  return options;
}

std::string_view text_of(const re2::StringPiece& piece) {
  return {piece.data(), piece.size()};
}

}  // namespace

RuleSet::RuleSet() = default;
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;
RuleSet::~RuleSet() = default;

Result<RuleSet> RuleSet::compile(std::vector<Rule> rules, const std::vector<std::string>& label_names) {
  RuleSet set;
  set.rules_ = std::move(rules);
  if (set.rules_.empty()) return set;
  set.patterns_ = std::make_unique<re2::FilteredRE2>(atom_letters_min);
  const RE2::Options options = pattern_options();
  for (const Rule& rule : set.rules_) {
    const RE2 alone(rule.pattern, options);
    const bool too_long = rule.pattern.size() > pattern_bytes_max;
    if (too_long || !alone.ok() || RE2::PartialMatch("", alone)) {
      const std::string reason = too_long     ? "is longer than " + std::to_string(pattern_bytes_max) + " bytes"
                                 : alone.ok() ? std::string("matches the empty text, so it would match everything")
                                              : "is not a pattern: " + alone.error();
      return Problem{"bad_rule", label_names[rule.label], "The rule \"" + rule.pattern + "\" " + reason + ".",
                     "Write it in RE2 syntax, with at least one word that must occur."};
    }
    int id = 0;
    if (set.patterns_->Add(rule.pattern, options, &id) != RE2::NoError) {
      return Problem{"bad_rule", label_names[rule.label], "The rule \"" + rule.pattern + "\" is not a pattern.", ""};
    }
  }
  std::vector<std::string> atoms;
  set.patterns_->Compile(&atoms);
  set.atoms_ = AhoCorasick(atoms);
  return set;
}

const Rule* RuleSet::first_match(std::string_view normal_text, std::string_view folded_text) const {
  if (rules_.empty()) return nullptr;
  const std::array both = {normal_text, folded_text};
  const std::span texts = std::span(both).first(normal_text == folded_text ? 1 : 2);
  // Asked once, with the atoms of both texts: that is dearer than to try a pattern that only the other one can match.
  std::vector<int> atoms;
  for (const std::string_view text : texts) atoms_.find(text, atoms);
  std::vector<int> possible;
  patterns_->AllPotentials(atoms, &possible);
  const Rule* best = nullptr;
  std::size_t best_length = 0;
  for (const int id : possible) {
    const RE2& pattern = patterns_->GetRE2(id);
    const Rule* rule = &rules_[static_cast<std::size_t>(id)];
    for (const std::string_view text : texts) {
      const re2::StringPiece piece(text.data(), text.size());
      re2::StringPiece found;
      if (!pattern.Match(piece, 0, piece.size(), RE2::UNANCHORED, &found, 1)) continue;
      const std::size_t length = text_of(found).size();
      if (best == nullptr || length > best_length || (length == best_length && rule < best)) {
        best = rule;
        best_length = length;
      }
    }
  }
  return best;
}

}  // namespace sahut::nlu
