// How long one message takes to be understood, and a knowledge base to be trained, inside the process: the sample city
// with its test questions, asked again and again, beside SQLite's FTS5 that ranks the same examples for the same
// questions.
//   understanding [ROUNDS, 5; at least 2]
#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "knowledge/built_in_language.hpp"
#include "knowledge/snapshot.hpp"
#include "nlu/default_lexicon.hpp"
#include "server/state/side_by_side.hpp"
#include "tests/sample-city/sample_city.hpp"

namespace {

using namespace sahut;
using Clock = std::chrono::steady_clock;

double microseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

/// The examples of all entries in a full-text index in memory, as a city without us would do it.
class FullText {
 public:
  explicit FullText(const std::vector<knowledge::PublishedEntry>& entries)
      : database_(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
    database_.exec("CREATE VIRTUAL TABLE example USING fts5 (entry UNINDEXED, text)");
    SQLite::Transaction all(database_);
    SQLite::Statement insert(database_, "INSERT INTO example (entry, text) VALUES (?, ?)");
    for (const auto& published : entries) {
      for (const std::string& example : published.entry.examples) {
        insert.bind(1, published.entry.id);
        insert.bind(2, example);
        insert.exec();
        insert.reset();
      }
    }
    all.commit();
    best_.emplace(database_, "SELECT entry FROM example WHERE example MATCH ? ORDER BY rank LIMIT 5");
  }

  std::size_t ask(const std::string& text) {
    std::string query;
    std::string word;
    for (const char c : text + " ") {
      if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
        word += c;
      } else if (!word.empty()) {
        query.append(query.empty() ? "\"" : " OR \"").append(word).append("\"");
        word.clear();
      }
    }
    if (query.empty()) return 0;
    best_->bind(1, query);
    std::size_t rows = 0;
    while (best_->executeStep()) ++rows;
    best_->reset();
    return rows;
  }

 private:
  SQLite::Database database_;
  std::optional<SQLite::Statement> best_;
};

void print(const char* what, std::vector<double> times) {
  std::ranges::sort(times);
  std::printf("%-44s p50 %8.1f   p99 %8.1f\n", what, times[times.size() / 2], times[times.size() * 99 / 100]);
}

void measure(int rounds) {
  const auto entries = sample_city::entries();
  std::vector<std::string> texts;
  for (const char* file : {"questions-1.tsv", "questions-2.tsv", "questions-3.tsv", "questions-4.tsv",
                           "questions-5.tsv", "questions-6.tsv", "questions-7.tsv", "questions-8.tsv"}) {
    for (const nlu::LabelledText& row : sample_city::questions(file)) texts.push_back(row.text);
  }
  std::vector<double> training;
  std::shared_ptr<const knowledge::Snapshot> city;
  nlu::NormalisedTexts known;
  const auto lexicon = nlu::default_lexicon();  // read once a process; an edit trains, and reads no lists
  for (int i = 0; i < rounds; ++i) {
    auto published = entries;
    const auto start = Clock::now();
    auto built = knowledge::Snapshot::build(1, std::move(published), knowledge::built_in_language(), lexicon,
                                            server::side_by_side, &known);
    training.push_back(microseconds_since(start) / 1000);
    if (!built.ok()) throw std::runtime_error(built.problem().text());
    city = built.value();
  }
  std::printf("%zu entries, %zu questions, %d rounds; microseconds, training in milliseconds\n", entries.size(),
              texts.size(), rounds);
  std::vector<double> ours;
  std::vector<double> fastest(texts.size(), std::numeric_limits<double>::infinity());
  std::vector<double> theirs;
  FullText full_text(entries);
  std::size_t found = 0;
  // A round of ours, a round of theirs: in turn, because the machine's speed drifts, but not message by message,
  // because each would empty the other's caches.
  for (int i = 0; i < rounds; ++i) {
    for (std::size_t at = 0; at < texts.size(); ++at) {
      const auto start = Clock::now();
      found += city->understand(texts[at]).match.candidates.size();
      ours.push_back(microseconds_since(start));
      fastest[at] = std::min(fastest[at], ours.back());
    }
    for (const std::string& text : texts) {
      const auto start = Clock::now();
      found += full_text.ask(text);
      theirs.push_back(microseconds_since(start));
    }
  }
  print("understand one message", ours);
  print("each at its fastest round", fastest);  // without what other programs on the machine took
  print("SQLite FTS5, in memory, best five examples", theirs);
  std::printf("train the sample city (ms)                   first %6.0f\n", training.front());
  print("… again, as after an edit (ms)", {training.begin() + 1, training.end()});
  if (found == 0) throw std::runtime_error("nothing was found at all");
}

}  // namespace

int main(int argc, char** argv) {
  try {
    measure(argc > 1 ? std::max(2, std::atoi(argv[1])) : 5);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "understanding: %s\n", error.what());
    return 1;
  }
}
