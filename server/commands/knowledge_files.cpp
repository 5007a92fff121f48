#include "server/commands/knowledge_files.hpp"

#include <iomanip>
#include <iostream>
#include <map>
#include <set>

#include "escalation/local_time.hpp"
#include "knowledge/entry_json.hpp"
#include "knowledge/lint.hpp"
#include "nlu/default_lexicon.hpp"
#include "nlu/evaluation.hpp"
#include "server/commands/tool_store.hpp"
#include "server/state/ask.hpp"
#include "server/state/city_of_store.hpp"
#include "server/state/commit.hpp"
#include "server/state/editing.hpp"
#include "storage/repositories/records.hpp"

namespace sahut::server {
namespace {

using storage::Connection;

std::set<std::string> office_ids(const escalation::City& city) {
  std::set<std::string> ids;
  for (const escalation::Office& office : city.offices) ids.insert(office.id);
  return ids;
}

/// The file, parsed and linted; problems are printed and nothing is returned.
std::optional<std::vector<knowledge::Entry>> checked_entries(const std::string& path, const escalation::City* city) {
  const auto text = read_whole_file(path, knowledge::max_knowledge_file_bytes);
  if (!text.ok()) {
    fail(text.problem());
    return std::nullopt;
  }
  knowledge::ParsedFile parsed = knowledge::parse_file(*text, path);
  if (!parsed.problems.empty()) {
    fail(parsed.problems);
    return std::nullopt;
  }
  const auto where = [&](std::size_t entry, const std::string& field) {
    const knowledge::JsonPath place = {std::string("entries"), entry, field};
    return path + " line " + std::to_string(knowledge::line_of(*text, place)) + ", " + knowledge::spelled(place);
  };
  const auto findings =
      knowledge::lint(parsed.entries, city == nullptr ? std::set<std::string>() : office_ids(*city), "", where);
  for (const Problem& warning : findings.warnings) std::cerr << "warning: " << warning.text() << "\n";
  if (!findings.errors.empty()) {
    fail(findings.errors);
    return std::nullopt;
  }
  return std::move(parsed.entries);
}

int lint_file(const FileFlags& flags) {
  const auto entries = checked_entries(flags.file, nullptr);
  if (!entries) return exit_failed;
  std::cout << entries->size() << " entries, no errors.\n";
  return exit_done;
}

int import_file(ToolStore& tool, const FileFlags& flags) {
  const auto entries = checked_entries(flags.file, tool.city.get());
  if (!entries) return exit_failed;
  const auto lexicon = nlu::default_lexicon();
  std::optional<Result<std::shared_ptr<const knowledge::Snapshot>>> now_published;
  tool.store->read([&](Connection& connection) { now_published = snapshot_of_store(connection, lexicon); });
  if (!now_published->ok()) return fail(now_published->problem());
  Current<knowledge::Snapshot> current(now_published->value());
  Publisher publisher(*tool.store, current, lexicon);
  IdMaker ids(tool_node);
  const UnixMillis now = tool.clock.now();
  const EditContext context{
      *tool.store, publisher, ids, *tool.city, "import", now, escalation::local_moment(now, tool.city->time_zone).date};
  const auto report = import_entries(*entries, flags.dry_run, context);
  if (!report.ok()) return fail(report.problem());
  std::cout << (flags.dry_run ? "Would import: " : "Imported: ") << report->created << " new, " << report->changed
            << " changed, " << report->same << " the same.\n";
  return exit_done;
}

int export_file(ToolStore& tool, const FileFlags& flags) {
  std::vector<knowledge::Entry> entries;
  tool.store->read([&](Connection& connection) {
    for (auto& published : storage::published_entries(connection)) entries.push_back(std::move(published.entry));
  });
  if (auto problem = write_whole_file(flags.file, knowledge::to_file(entries))) return fail(*problem);
  if (flags.file != "-") std::cout << "Exported " << entries.size() << " entries.\n";
  return exit_done;
}

/// What a labelled question should get: an entry id, "oos", "@handoff" or "@emergency".
bool is_right(const nlohmann::ordered_json& answer, const std::string& label) {
  const std::string action = answer["action"];
  const std::string entry = answer["entry"].is_string() ? answer["entry"].get<std::string>() : "";
  if (label == "oos") return action == "fallback" || action == "clarify";
  if (label == "@handoff") return action == "handoff";
  if (label == "@emergency") return action == "answer" && (entry == "darurat-112" || entry == "kebakaran");
  return (action == "answer" || action == "handoff") && entry == label;
}

bool among_choices(const nlohmann::ordered_json& answer, const std::string& label) {
  for (const auto& choice : answer["choices"]) {
    if (choice["value"] == "e:" + label || (label == "@handoff" && choice["value"] == "person")) return true;
  }
  return false;
}

/// Labelled questions against what is published: right at once, right among the choices, and the failures by pair.
int test_file(ToolStore& tool, const FileFlags& flags) {
  const auto text = read_whole_file(flags.file, 64u << 20);
  if (!text.ok()) return fail(text.problem());
  const auto rows = nlu::parse_labelled(*text, flags.file);
  if (!rows.ok()) return fail(rows.problem());
  std::optional<Result<std::shared_ptr<const knowledge::Snapshot>>> snapshot;
  tool.store->read([&](Connection& connection) { snapshot = snapshot_of_store(connection, nlu::default_lexicon()); });
  if (!snapshot->ok()) return fail(snapshot->problem());
  const auto sentences = conversation::default_sentences();
  const std::string date = escalation::local_moment(tool.clock.now(), tool.city->time_zone).date;
  std::size_t right = 0;
  std::size_t offered = 0;
  std::map<std::pair<std::string, std::string>, std::size_t> confusions;
  for (const nlu::LabelledText& row : *rows) {
    const auto answer = ask(*snapshot->value(), *sentences, row.text, date);
    if (is_right(answer, row.label)) {
      ++right;
      continue;
    }
    const bool choice = among_choices(answer, row.label);
    offered += choice ? 1u : 0u;
    const std::string got = answer["action"].get<std::string>() +
                            (answer["entry"].is_string() ? " " + answer["entry"].get<std::string>() : "");
    if (!choice) {
      ++confusions[{row.label, got}];
      std::cout << "wrong  " << std::left << std::setw(26) << row.label << " got " << std::setw(34) << got << row.text
                << "\n";
    }
  }
  const auto share = [&](std::size_t count) {
    return 100.0 * static_cast<double>(count) / static_cast<double>(rows->size());
  };
  std::cout << "\n"
            << rows->size() << " questions: " << std::fixed << std::setprecision(1) << share(right)
            << " % right at once, " << share(right + offered) << " % right or among the choices.\n";
  for (const auto& [pair, count] : confusions) {
    if (count > 1) std::cout << "  " << count << " times " << pair.first << " → " << pair.second << "\n";
  }
  return right + offered == rows->size() ? exit_done : exit_failed;
}

int import_city(ToolStore& tool, const FileFlags& flags) {
  const auto text = read_whole_file(flags.file, 8u << 20);
  if (!text.ok()) return fail(text.problem());
  const escalation::ParsedCity parsed = escalation::parse_city(*text, flags.file);
  if (!parsed.problems.empty()) return fail(parsed.problems);
  if (parsed.city.offices.empty()) {
    return fail({"no_offices", flags.file, "the city has no office.",
                 "A city needs at least one, so that residents reach somebody."});
  }
  if (flags.dry_run) {
    std::cout << "Would import " << parsed.city.offices.size() << " offices.\n";
    return exit_done;
  }
  const UnixMillis now = tool.clock.now();
  commit(tool.store->ledger(), [&](Connection& connection) { store_city(connection, parsed.city, now, "import"); });
  std::cout << "Imported " << parsed.city.offices.size() << " offices.\n";
  return exit_done;
}

}  // namespace

int run_city(const CommonFlags& common, const FileFlags& flags) {
  const auto tool = open_tool_store(common);
  if (!tool) return exit_failed;
  if (flags.action == "import") return import_city(*tool, flags);
  if (auto problem = write_whole_file(flags.file, escalation::to_file(*tool->city))) return fail(*problem);
  return exit_done;
}

int run_knowledge(const CommonFlags& common, const FileFlags& flags) {
  if (flags.action == "lint") return lint_file(flags);
  const auto tool = open_tool_store(common);
  if (!tool) return exit_failed;
  if (flags.action == "import") return import_file(*tool, flags);
  if (flags.action == "export") return export_file(*tool, flags);
  return test_file(*tool, flags);
}

}  // namespace sahut::server
