#include "knowledge/lint.hpp"

#include <re2/re2.h>

#include <map>

namespace sahut::knowledge {
namespace {

constexpr std::int64_t max_pattern_memory_bytes = 1 << 20;
constexpr std::size_t fewest_good_examples = 4;

/// Small letters and single spaces: enough to see that two examples are the same words.
std::string folded(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c - 'A' + 'a');
    } else if (word) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace

std::string rule_error(const std::string& pattern) {
  if (pattern.empty()) return "the pattern is empty";
  RE2::Options options(RE2::Quiet);
  options.set_max_mem(max_pattern_memory_bytes);
  const RE2 compiled(pattern, options);
  if (!compiled.ok()) return compiled.error();
  if (RE2::FullMatch("", compiled)) return "the pattern matches an empty message, so it would match every message";
  return {};
}

LintFindings lint(const std::vector<Entry>& entries, const std::set<std::string>& offices, const std::string& today,
                  const std::function<std::string(std::size_t, const std::string&)>& where) {
  LintFindings findings;
  std::map<std::string, std::size_t> first_of_id;
  std::map<std::string, std::size_t> first_of_example;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Entry& entry = entries[i];
    if (const auto [other, fresh] = first_of_id.emplace(entry.id, i); !fresh) {
      findings.errors.push_back({"duplicate_id", where(i, "id"),
                                 "the id `" + entry.id + "` stands already at " + where(other->second, "id") + ".",
                                 "Give one of them another id."});
    }
    if (!offices.empty() && !offices.contains(entry.office)) {
      findings.errors.push_back({"unknown_office", where(i, "office"), "there is no office `" + entry.office + "`.",
                                 "Use an office of the city file, or add it there first."});
    }
    for (const std::string& rule : entry.rules) {
      if (const std::string error = rule_error(rule); !error.empty()) {
        findings.errors.push_back({"bad_rule", where(i, "rules"),
                                   "the rule `" + rule + "` cannot be used: " + error + ".",
                                   "Correct the pattern (RE2 syntax)."});
      }
    }
    if (entry.examples.size() < fewest_good_examples) {
      findings.warnings.push_back({"few_examples", where(i, "examples"),
                                   "only " + std::to_string(entry.examples.size()) + " examples.",
                                   "Six to twelve ways residents ask make it found reliably."});
    }
    for (const std::string& example : entry.examples) {
      const auto [other, fresh] = first_of_example.emplace(folded(example), i);
      if (!fresh && other->second != i) {
        findings.warnings.push_back({"same_example", where(i, "examples"),
                                     "“" + example + "” is also an example of `" + entries[other->second].id + "`.",
                                     "Keep it where it belongs."});
      }
    }
    if (!today.empty() && !entry.review_by.empty() && entry.review_by < today) {
      findings.warnings.push_back(
          {"review_due", where(i, "review_by"), "the review date has passed.", "Check the answer and set a new date."});
    }
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    for (const std::string& related : entries[i].related) {
      if (!first_of_id.contains(related)) {
        findings.errors.push_back(
            {"dead_reference", where(i, "related"), "there is no entry `" + related + "`.", "Correct or remove it."});
      }
    }
  }
  return findings;
}

}  // namespace sahut::knowledge
