// Accuracy on labelled files (text<TAB>label), clean and as people type; one line a file.
//
//     labelled FILE.tsv…                        every tenth row by a hash of its text is asked, the others teach
//     labelled --train TRAIN.tsv TEST.tsv…      this file teaches, the others are asked
//     labelled --split FILE.tsv SEED DIR        writes the first kind's DIR/train.tsv and DIR/test.tsv
//
// The first kind is the mean of three seeds. The third is for other programs, and needs DIR to be there.
// Rows out of scope never teach: the product brings its own background. All of them are asked.
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/noise.hpp"
#include "knowledge/built_in_language.hpp"
#include "nlu/default_lexicon.hpp"
#include "nlu/evaluation.hpp"
#include "server/state/side_by_side.hpp"

namespace {

using namespace sahut;
using Rows = std::vector<nlu::LabelledText>;

constexpr std::uint32_t seeds = 3;
constexpr const char* out_of_scope = "oos";

Rows rows_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path + " cannot be read");
  std::stringstream text;
  text << file.rdbuf();
  auto rows = nlu::parse_labelled(text.str(), path);
  if (!rows.ok()) throw std::runtime_error(rows.problem().text());
  return std::move(rows).value();
}

Rows without_out_of_scope(Rows rows) {
  std::erase_if(rows, [](const nlu::LabelledText& row) { return row.label == out_of_scope; });
  return rows;
}

struct Split {
  Rows train;
  Rows test;
};

Split split(const Rows& rows, std::uint32_t seed) {
  Split parts;
  for (const nlu::LabelledText& row : rows) {
    if (row.label == out_of_scope) {
      parts.test.push_back(row);
      continue;
    }
    std::uint64_t hash = 0xcbf29ce484222325ULL + seed * 0x9e3779b97f4a7c15ULL;
    for (const char c : row.text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    hash ^= hash >> 31U;
    hash *= 0x94d049bb133111ebULL;
    ((hash ^ (hash >> 29U)) % 10 == 0 ? parts.test : parts.train).push_back(row);
  }
  return parts;
}

nlu::Figures figures_of(const Rows& train, const Rows& test) {
  const nlu::Surroundings surroundings{
      .nanoseconds = [] { return std::chrono::steady_clock::now().time_since_epoch().count(); },
      .rss_mb = [] { return 0.0; },
      .for_each = server::side_by_side};
  const auto figures = nlu::evaluate(train, test, out_of_scope, nlu::default_lexicon(),
                                     knowledge::built_in_language().background, surroundings);
  if (!figures.ok()) throw std::runtime_error(figures.problem().text());
  return figures.value();
}

template <typename Change>
Rows changed(Rows rows, Change change) {
  for (nlu::LabelledText& row : rows) row.text = change(row.text);
  return rows;
}

struct Sum {
  double clean = 0, top3 = 0, typos = 0, slang = 0, both = 0, auroc = 0, recall = 0, train_ms = 0;
  std::size_t rows = 0;
};

void add(Sum& sum, const Split& parts, std::uint32_t seed) {
  const bench::Noise noise(seed);
  const nlu::Figures clean = figures_of(parts.train, parts.test);
  sum.clean += clean.accuracy;
  sum.top3 += clean.top3;
  sum.auroc += clean.oos_auroc.value_or(0);
  sum.recall += clean.oos_recall_at_95.value_or(0);
  sum.train_ms += clean.train_ms;
  sum.rows += parts.test.size();
  const auto accuracy = [&](const Rows& test) { return figures_of(parts.train, test).accuracy; };
  sum.typos += accuracy(changed(parts.test, [&](const std::string& text) { return noise.typos(text); }));
  sum.slang += accuracy(changed(parts.test, [&](const std::string& text) { return noise.slang(text); }));
  sum.both += accuracy(changed(parts.test, [&](const std::string& text) { return noise.both(text); }));
}

void print(const std::string& name, const Sum& sum, double runs) {
  std::printf("%-40s %.3f   top-3 %.3f   typos %.3f   slang %.3f   both %.3f   train %.0f ms   %zu rows", name.c_str(),
              sum.clean / runs, sum.top3 / runs, sum.typos / runs, sum.slang / runs, sum.both / runs,
              sum.train_ms / runs, sum.rows);
  if (sum.auroc > 0)
    std::printf("   out of scope: AUROC %.3f, recall at 5 %% false alarm %.3f", sum.auroc / runs, sum.recall / runs);
  std::printf("\n");
  std::fflush(stdout);
}

void write(const std::string& path, const Rows& rows) {
  std::ofstream file(path, std::ios::binary);
  for (const nlu::LabelledText& row : rows) file << row.text << '\t' << row.label << '\n';
  if (!file.flush()) throw std::runtime_error(path + " cannot be written");
}

void run(const std::vector<std::string>& arguments) {
  if (arguments.size() == 4 && arguments[0] == "--split") {
    const Split parts = split(rows_of(arguments[1]), static_cast<std::uint32_t>(std::stoul(arguments[2])));
    write(arguments[3] + "/train.tsv", parts.train);
    write(arguments[3] + "/test.tsv", parts.test);
  } else if (arguments.size() > 2 && arguments[0] == "--train") {
    for (std::size_t i = 2; i < arguments.size(); ++i) {
      Sum sum;
      add(sum, {without_out_of_scope(rows_of(arguments[1])), rows_of(arguments[i])}, 1);
      print(arguments[i], sum, 1);
    }
  } else {
    for (const std::string& file : arguments) {
      const Rows rows = rows_of(file);
      Sum sum;
      for (std::uint32_t seed = 1; seed <= seeds; ++seed) add(sum, split(rows, seed), seed);
      print(file, sum, seeds);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run({argv + 1, argv + argc});
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "labelled: %s\n", error.what());
    return 1;
  }
}
