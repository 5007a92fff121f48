// Admins' exact cases: RE2 patterns, of which only those are tried whose literal parts occur in the text. A thousand
// patterns cost about as much as one pass over the text.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/aho_corasick.hpp"
#include "values/problem.hpp"

namespace re2 {
class FilteredRE2;
}

namespace sahut::nlu {

struct Rule {
  std::uint32_t label = 0;
  std::string pattern;
};

/// Immutable after compile; thread: any.
class RuleSet {
 public:
  /// Patterns ignore case. A Problem names the label (through `label_name`) and the pattern.
  [[nodiscard]] static Result<RuleSet> compile(std::vector<Rule> rules, const std::vector<std::string>& label_names);
  RuleSet();
  RuleSet(RuleSet&&) noexcept;
  RuleSet& operator=(RuleSet&&) noexcept;
  ~RuleSet();

  /// The rule that decides: the one with the longest match in either text, the earlier of equal ones; or null.
  [[nodiscard]] const Rule* first_match(std::string_view normal_text, std::string_view folded_text) const;
  [[nodiscard]] bool empty() const { return rules_.empty(); }

 private:
  std::vector<Rule> rules_;
  std::unique_ptr<re2::FilteredRE2> patterns_;
  AhoCorasick atoms_;
};

}  // namespace sahut::nlu
