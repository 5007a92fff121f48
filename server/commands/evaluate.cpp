#include "server/commands/evaluate.hpp"

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stop_token>

#include "knowledge/built_in_language.hpp"
#include "nlu/default_lexicon.hpp"
#include "nlu/evaluation.hpp"
#include "server/commands/command.hpp"
#include "server/state/side_by_side.hpp"

namespace sahut::server {
namespace {

constexpr std::size_t max_labelled_bytes = 256u << 20;

std::stop_source& interruption() {
  static std::stop_source source;
  return source;
}

double resident_megabytes() {
  std::ifstream statm("/proc/self/statm");
  double pages = 0;
  double resident = 0;
  statm >> pages >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1024.0 * 1024.0);
}

std::int64_t nanoseconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

Result<std::vector<nlu::LabelledText>> labelled(const std::string& path) {
  const auto text = read_whole_file(path, max_labelled_bytes);
  if (!text.ok()) return text.problem();
  return nlu::parse_labelled(*text, path);
}

nlohmann::ordered_json json_of(const nlu::Figures& figures) {
  const auto rounded = [](double value) { return std::round(value * 10'000) / 10'000; };
  const auto maybe = [&](const std::optional<double>& value) {
    return value ? nlohmann::ordered_json(rounded(*value)) : nlohmann::ordered_json();
  };
  nlohmann::ordered_json json;
  json["n"] = figures.n;
  json["accuracy"] = rounded(figures.accuracy);
  json["macro_f1"] = rounded(figures.macro_f1);
  json["top3"] = rounded(figures.top3);
  json["oos_auroc"] = maybe(figures.oos_auroc);
  json["oos_recall_at_95"] = maybe(figures.oos_recall_at_95);
  json["p50_us"] = rounded(figures.p50_us);
  json["p99_us"] = rounded(figures.p99_us);
  json["train_ms"] = rounded(figures.train_ms);
  json["rss_mb"] = rounded(figures.rss_mb);
  return json;
}

}  // namespace

int run_evaluate(const EvaluateFlags& flags) {
  const auto train = labelled(flags.train);
  if (!train.ok()) return fail(train.problem());
  const auto test = labelled(flags.test);
  if (!test.ok()) return fail(test.problem());

  std::signal(SIGINT, [](int) { interruption().request_stop(); });
  nlu::EvaluationWatch watch;
  watch.stop = interruption().get_token();
  if (isatty(STDERR_FILENO) == 1) {
    watch.progress = [](std::size_t done, std::size_t total) {
      std::cerr << "\r" << done << " of " << total << std::flush;
      if (done == total) std::cerr << "\n";
    };
  }
  const auto figures =
      nlu::evaluate(*train, *test, flags.oos_label, nlu::default_lexicon(), knowledge::built_in_language().background,
                    {nanoseconds, resident_megabytes, side_by_side}, watch);
  if (!figures.ok()) return fail(figures.problem());
  const auto json = json_of(*figures);
  if (flags.json) {
    std::cout << json.dump() << "\n";
  } else {
    for (const auto& [name, value] : json.items()) {
      std::cout << std::left << std::setw(18) << name << (value.is_null() ? "–" : value.dump()) << "\n";
    }
  }
  return exit_done;
}

}  // namespace sahut::server
