#include "adapters/findings.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

#include "adapters/tab_table.hpp"

namespace sahut::adapters {
namespace {

std::string small(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

std::vector<std::string> alternatives(const std::string& cell) {
  std::vector<std::string> words;
  std::size_t from = 0;
  while (from < cell.size()) {
    const std::size_t end = std::min(cell.find('|', from), cell.size());
    words.push_back(cell.substr(from, end - from));
    from = end + 1;
  }
  return words;
}

/// A word that had nothing to say leaves its space behind.
std::string trimmed(std::string text) {
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

Check as_check(const Finding& finding, const Words& words) {
  return {.name = finding.check,
          .status = finding.status,
          .what = trimmed(filled(finding.what, words)),
          .cure = filled(finding.cure, words),
          .code = finding.code};
}

}  // namespace

Result<std::vector<Finding>> parse_findings(std::string_view file, std::string_view bytes) {
  const auto rows = read_tab_table(file, bytes, {"channel", "finding", "check", "status", "when", "what", "cure"});
  if (!rows) return rows.problem();
  std::vector<Finding> findings;
  std::set<std::pair<std::string, std::string>> seen;
  for (const TabRow& row : rows.value()) {
    const auto bad = [&](std::string code, std::string what) {
      return Problem{std::move(code), std::string(file) + ":" + std::to_string(row.line), std::move(what), ""};
    };
    const auto or_nothing = [](const std::string& cell) { return cell == "-" ? std::string() : cell; };
    Finding finding{.channel = row.cells[0],
                    .code = row.cells[1],
                    .check = row.cells[2],
                    .when = alternatives(or_nothing(row.cells[4])),
                    .what = row.cells[5],
                    .cure = or_nothing(row.cells[6])};
    const std::string& status = row.cells[3];
    if (status != "ok" && status != "warn" && status != "fail") return bad("bad_status", "This is no status.");
    finding.status = status == "ok" ? Check::Status::ok : status == "warn" ? Check::Status::warn : Check::Status::fail;
    if ((finding.status == Check::Status::ok) != finding.cure.empty()) {
      return bad("bad_cure", "What is well needs no cure, and everything else needs one.");
    }
    if (!seen.emplace(finding.channel, finding.code).second) return bad("repeated_finding", "It is there already.");
    for (const std::string& word : finding.when) {
      if (word.empty() || small(word) != word) return bad("bad_words", "Words are recognised in small letters.");
    }
    findings.push_back(std::move(finding));
  }
  return findings;
}

const std::vector<Finding>& all_findings() {
  static const std::vector<Finding> findings = [] {
    auto parsed = parse_findings("findings.tsv", channel_file("findings.tsv"));
    if (!parsed) throw std::logic_error(parsed.problem().text());
    return std::move(parsed).value();
  }();
  return findings;
}

Check found(std::string_view channel, std::string_view code, const Words& words) {
  for (const Finding& finding : all_findings()) {
    if (finding.channel == channel && finding.code == code) return as_check(finding, words);
  }
  throw std::logic_error("findings.tsv has no row " + std::string(channel) + " " + std::string(code));
}

std::optional<Check> recognised(std::string_view channel, std::string_view check, const std::string& said,
                                const Words& words) {
  const std::string heard = small(said);
  for (const Finding& finding : all_findings()) {
    if (finding.channel != channel || finding.check != check) continue;
    const bool fits = std::any_of(finding.when.begin(), finding.when.end(),
                                  [&](const std::string& word) { return heard.find(word) != std::string::npos; });
    if (fits) return as_check(finding, words);
  }
  return std::nullopt;
}

}  // namespace sahut::adapters
