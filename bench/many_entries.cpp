// Whether a question costs more where there are many entries: knowledge bases of made-up services, 300 and 10,000
// entries with ten examples each, asked in turn in one run.
//   many_entries [ENTRIES…, 300 10000]
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "knowledge/built_in_language.hpp"
#include "nlu/default_lexicon.hpp"
#include "nlu/matcher.hpp"
#include "server/state/side_by_side.hpp"

namespace {

using namespace sahut;
using Clock = std::chrono::steady_clock;

constexpr std::size_t examples_each = 10;
constexpr std::size_t questions = 500;
constexpr int rounds = 20;

double microseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

/// The same made-up word for the same number: syllables in the manner of Indonesian.
std::string made_up_word(std::uint64_t number) {
  static constexpr const char* syllables[] = {"ba", "ka", "ra", "tu", "li", "so", "me", "na", "gu", "di", "pe",
                                              "wo", "sa", "ri", "ma", "ju", "lo", "ne", "bi", "ta", "ku", "re"};
  std::string word;
  std::uint64_t hash = (number + 1) * 0x9e3779b97f4a7c15ULL;
  for (int i = 0; i < 4; ++i) {
    hash ^= hash >> 29U;
    hash *= 0xbf58476d1ce4e5b9ULL;
    word += syllables[(hash >> 40U) % std::size(syllables)];
  }
  return word;
}

std::string sentence(std::uint64_t service, std::size_t which) {
  static constexpr const char* frames[] = {
      "cara mengurus %1 untuk %2",       "syarat %1 apa saja",         "min %1 %2 gmn ngurusnya",
      "berapa biaya %1 di kelurahan",    "saya mau daftar %2 %1",      "%1 saya hilang bagaimana mengganti",
      "kapan %1 selesai kalau lewat %2", "di mana lokasi kantor %1",   "apakah %1 bisa diwakilkan keluarga",
      "%2 belum punya %1 harus ke mana", "jam buka loket %1 hari ini", "%1 salah nama mau diperbaiki"};
  std::string text = frames[which % std::size(frames)];
  const std::string words[] = {made_up_word(service * 2), made_up_word(service * 2 + 1)};
  for (std::size_t i = 0; i < 2; ++i) {
    const std::string mark = "%" + std::to_string(i + 1);
    if (const std::size_t at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), words[i]);
  }
  return text;
}

struct Base {
  std::size_t entries = 0;
  double train_ms = 0;
  std::shared_ptr<const nlu::Matcher> matcher;
  std::vector<std::string> texts;
  std::vector<double> times;
};

Base build(std::size_t entries) {
  std::vector<std::vector<std::string>> examples(entries);
  nlu::TrainingSet set;
  const auto& background = knowledge::built_in_language().background;
  set.background.assign(background.begin(), background.end());
  for (std::size_t i = 0; i < entries; ++i) {
    nlu::LabelExamples label{.label = "layanan-" + std::to_string(i), .examples = {}, .keywords = {}, .rules = {}};
    for (std::size_t k = 0; k < examples_each; ++k) examples[i].push_back(sentence(i, i + k));
    label.examples.assign(examples[i].begin(), examples[i].end());
    set.labels.push_back(std::move(label));
  }
  const auto start = Clock::now();
  auto built = nlu::Matcher::build(std::move(set), nlu::default_lexicon(),
                                   {.model = {}, .for_each = server::side_by_side, .known_texts = nullptr});
  if (!built.ok()) throw std::runtime_error(built.problem().text());
  Base base{.entries = entries,
            .train_ms = microseconds_since(start) / 1000,
            .matcher = built.value(),
            .texts = {},
            .times = {}};
  for (std::size_t i = 0; i < questions; ++i)
    base.texts.push_back(sentence(i * 7919 % entries, i + examples_each + i % 2));
  return base;
}

void measure(const std::vector<std::size_t>& sizes) {
  std::vector<Base> bases;
  for (const std::size_t entries : sizes) bases.push_back(build(entries));
  std::size_t found = 0;
  for (int i = 0; i < rounds; ++i) {
    for (Base& base : bases) {
      for (const std::string& text : base.texts) {
        const auto start = Clock::now();
        found += base.matcher->match(text).candidates.size();
        base.times.push_back(microseconds_since(start));
      }
    }
  }
  if (found == 0) throw std::runtime_error("nothing was found at all");
  for (Base& base : bases) {
    std::ranges::sort(base.times);
    std::printf("%7zu entries   p50 %7.1f µs   p99 %7.1f µs   trained in %.0f ms\n", base.entries,
                base.times[base.times.size() / 2], base.times[base.times.size() * 99 / 100], base.train_ms);
  }
  const auto at = [](const Base& base, std::size_t percent) { return base.times[base.times.size() * percent / 100]; };
  std::printf("last ÷ first: p50 %.2f, p99 %.2f\n", at(bases.back(), 50) / at(bases.front(), 50),
              at(bases.back(), 99) / at(bases.front(), 99));
}

}  // namespace

int main(int argc, char** argv) {
  try {
    std::vector<std::size_t> sizes;
    for (int i = 1; i < argc; ++i) sizes.push_back(std::strtoull(argv[i], nullptr, 10));
    if (sizes.empty()) sizes = {300, 10'000};
    measure(sizes);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "many_entries: %s\n", error.what());
    return 1;
  }
}
