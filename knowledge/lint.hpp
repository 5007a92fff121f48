// What is wrong or doubtful in a whole knowledge base, beyond what one field shows.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "knowledge/entry.hpp"
#include "values/problem.hpp"

namespace sahut::knowledge {

struct LintFindings {
  std::vector<Problem> errors;    ///< refused: duplicate ids, bad patterns, dead references, unknown offices
  std::vector<Problem> warnings;  ///< accepted and told: few examples, the same example twice, review date passed
};

/// `where(i, field)` names the place of entry i (file, line, field). `offices`: known ids; empty = not checked.
/// `today`: local date YYYY-MM-DD for the review dates; empty = not checked.
[[nodiscard]] LintFindings lint(const std::vector<Entry>& entries, const std::set<std::string>& offices,
                                const std::string& today,
                                const std::function<std::string(std::size_t, const std::string&)>& where);

/// Why this RE2 pattern cannot be used, or empty. Bounded memory: a pattern that compiles to too much is refused.
[[nodiscard]] std::string rule_error(const std::string& pattern);

}  // namespace sahut::knowledge
