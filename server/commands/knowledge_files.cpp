#include "server/commands/knowledge_files.hpp"

#include <functional>
#include <iomanip>
#include <iostream>
#include <set>

#include "conversation/typed_choice.hpp"
#include "escalation/local_time.hpp"
#include "knowledge/entry_csv.hpp"
#include "knowledge/entry_json.hpp"
#include "knowledge/lint.hpp"
#include "knowledge/measurement.hpp"
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

constexpr std::size_t sisters_from = 2;  // confusions; one may be an odd question

std::set<std::string> office_ids(const escalation::City& city) {
  std::set<std::string> ids;
  for (const escalation::Office& office : city.offices) ids.insert(office.id);
  return ids;
}

bool is_table(const std::string& path) {
  return path.ends_with(".csv") || path.ends_with(".CSV");
}

/// Where a field of an entry stands in the file.
using PlaceOf = std::function<std::string(std::size_t entry, const std::string& field)>;

struct ReadFile {
  knowledge::ParsedFile parsed;
  PlaceOf place_of;
};

ReadFile read_knowledge(std::string text, const std::string& path) {
  if (is_table(path)) {
    knowledge::ParsedTable table = knowledge::parse_table(text, path);
    return {std::move(table.file), [path, lines = std::move(table.lines)](std::size_t entry, const std::string& field) {
              return path + " line " + std::to_string(lines[entry]) + ", column `" + field + "`";
            }};
  }
  knowledge::ParsedFile parsed = knowledge::parse_file(text, path);
  return {std::move(parsed), [path, text = std::move(text)](std::size_t entry, const std::string& field) {
            const knowledge::JsonPath place = {std::string("entries"), entry, field};
            return path + " line " + std::to_string(knowledge::line_of(text, place)) + ", " + knowledge::spelled(place);
          }};
}

/// The file, parsed and linted; problems are printed and nothing is returned.
std::optional<std::vector<knowledge::Entry>> checked_entries(const std::string& path, const escalation::City* city) {
  auto text = read_whole_file(path, knowledge::max_knowledge_file_bytes);
  if (!text.ok()) {
    fail(text.problem());
    return std::nullopt;
  }
  auto [parsed, place_of] = read_knowledge(std::move(text).value(), path);
  if (!parsed.problems.empty()) {
    fail(parsed.problems);
    return std::nullopt;
  }
  const auto findings =
      knowledge::lint(parsed.entries, city == nullptr ? std::set<std::string>() : office_ids(*city), "", place_of);
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
  const std::string text = is_table(flags.file) ? knowledge::to_table(entries) : knowledge::to_file(entries);
  if (auto problem = write_whole_file(flags.file, text)) return fail(*problem);
  if (flags.file != "-") std::cout << "Exported " << entries.size() << " entries.\n";
  return exit_done;
}

knowledge::Offer offer_of(const nlohmann::ordered_json& answer) {
  knowledge::Offer offer;
  offer.reaction.action = answer["action"];
  if (answer["entry"].is_string()) offer.reaction.entry = answer["entry"];
  if (offer.reaction.action != "clarify") return offer;  // the way to a person after an answer is no guess
  for (const auto& choice : answer["choices"]) {
    const std::string value = choice["value"];
    if (value.starts_with(conversation::choice_entry_prefix))
      offer.choices.push_back(value.substr(conversation::choice_entry_prefix.size()));
    if (value == conversation::choice_person) offer.choices.emplace_back(knowledge::handoff_label);
  }
  return offer;
}

void print_share(const char* what, const knowledge::Share& share) {
  if (share.whole == 0) return;
  std::cout << std::right << std::setw(6) << 100.0 * share.value() << " %  " << what << " (" << share.part << " of "
            << share.whole << ")\n";
}

void print(const knowledge::Measurement& result) {
  for (const knowledge::MissedQuestion& missed : result.missed) {
    std::cout << (missed.offered ? "offered  " : "missed   ") << std::left << std::setw(24) << missed.question.label
              << " got " << std::setw(32) << missed.got << missed.question.text << "\n";
  }
  std::cout << "\n" << std::fixed << std::setprecision(1);
  print_share("answered right at once", result.first_right);
  print_share("answered right, or the right entry was among the choices", result.right_or_offered);
  print_share("of what was answered was right", result.precision);
  print_share("of what is out of scope stayed unanswered", result.out_of_scope_quiet);
  print_share("of those who asked for a person got one", result.handoffs_seen);
  print_share("of those who got a person had asked for one", result.handoffs_meant);
  print_share("of emergencies were told the emergency numbers", result.emergencies_seen);
  print_share("of all others were not", result.calm);
  for (const auto& [pair, times] : result.confusions) {
    if (times > 1)
      std::cout << "  " << times << " times " << pair.first << " was answered with " << pair.second << "\n";
  }
  for (const knowledge::SisterEntries& pair : knowledge::sister_entries(result, sisters_from)) {
    std::cout << "Merge " << pair.first << " and " << pair.second
              << ", or give both examples that tell them apart: taken for each other " << pair.confused << " times.\n";
  }
}

/// Labelled questions against what is published.
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
  std::vector<knowledge::LabelledQuestion> questions;
  for (const nlu::LabelledText& row : *rows) questions.push_back({row.text, row.label});
  const auto result = knowledge::measure(questions, [&](const std::string& question) {
    return offer_of(ask(*snapshot->value(), *sentences, question, date));
  });
  print(result);
  const bool passed =
      result.first_right.value() >= flags.floor && result.right_or_offered.value() >= flags.floor_offered;
  if (!passed) std::cerr << "Below the floor.\n";
  return passed ? exit_done : exit_failed;
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
