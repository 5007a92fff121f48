#include "knowledge/lint.hpp"

#include <gtest/gtest.h>

namespace sahut::knowledge {
namespace {

Entry entry(std::string id, std::vector<std::string> examples = {"a", "b", "c", "d"}) {
  Entry made;
  made.id = std::move(id);
  made.office = "dinkes";
  made.title = made.id;
  made.examples = std::move(examples);
  made.answer = {{"id", "x"}};
  return made;
}

LintFindings checked(const std::vector<Entry>& entries) {
  return lint(entries, {"dinkes"}, "2026-11-24",
              [](std::size_t i, const std::string& field) { return std::to_string(i) + "." + field; });
}

std::vector<std::string> codes(const std::vector<Problem>& problems) {
  std::vector<std::string> all;
  for (const Problem& problem : problems) all.push_back(problem.code);
  return all;
}

TEST(Lint, finds_nothing_in_a_good_base) {
  const LintFindings findings =
      checked({entry("a", {"satu", "dua", "tiga", "empat"}), entry("b", {"1", "2", "3", "4"})});
  EXPECT_TRUE(findings.errors.empty());
  EXPECT_TRUE(findings.warnings.empty());
}

TEST(Lint, refuses_duplicate_ids_unknown_offices_and_dead_references) {
  Entry lost = entry("b", {"1", "2", "3", "4"});
  lost.office = "nowhere";
  lost.related = {"gone"};
  const LintFindings findings = checked({entry("a"), entry("a", {"5", "6", "7", "8"}), lost});
  EXPECT_EQ(codes(findings.errors), (std::vector<std::string>{"duplicate_id", "unknown_office", "dead_reference"}));
  EXPECT_EQ(findings.errors[0].where, "1.id");
}

TEST(Lint, refuses_rules_that_cannot_be_used) {
  for (const char* rule : {"(", "", "a*", "(?=x)", "((((a{100}){100}){100}){100})"}) {
    Entry bad = entry("a");
    bad.rules = {rule};
    EXPECT_EQ(codes(checked({bad}).errors), std::vector<std::string>{"bad_rule"}) << rule;
  }
  EXPECT_EQ(rule_error("ktp.*hilang"), "");
}

TEST(Lint, warns_of_the_same_example_in_two_entries_whatever_its_spaces_and_capitals) {
  const LintFindings findings =
      checked({entry("a", {"Cara bikin KTP?", "1", "2", "3"}), entry("b", {"cara  bikin ktp", "4", "5", "6"})});
  EXPECT_EQ(codes(findings.warnings), std::vector<std::string>{"same_example"});
}

TEST(Lint, warns_of_few_examples_and_of_a_review_that_is_due) {
  Entry old = entry("a", {"satu"});
  old.review_by = "2026-11-23";
  EXPECT_EQ(codes(checked({old}).warnings), (std::vector<std::string>{"few_examples", "review_due"}));
}

}  // namespace
}  // namespace sahut::knowledge
