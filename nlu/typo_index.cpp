#include "nlu/typo_index.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <utility>

#include "nlu/letters.hpp"

namespace sahut::nlu {
namespace {

constexpr std::size_t word_letters_min = 4;   // from three letters the wrong corrections outweigh the right ones
constexpr std::size_t word_letters_max = 24;  // longer ones are not words; bounds the look-up
constexpr std::size_t skeleton_letters_min = 2;
constexpr std::size_t neighbours_per_word = 8;  // to make room for

bool all_letters(std::string_view word) {
  return std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

/// Hash of the word without the letter at `left_out`.
std::uint64_t hash_without(std::string_view word, std::size_t left_out) {
  std::array<char, word_letters_max> rest{};
  std::copy_n(word.begin(), left_out, rest.begin());
  std::copy(word.begin() + static_cast<std::ptrdiff_t>(left_out) + 1, word.end(),
            rest.begin() + static_cast<std::ptrdiff_t>(left_out));
  return hash_of_word({rest.data(), word.size() - 1});
}

std::string skeleton_of(std::string_view word) {
  std::string skeleton;
  for (const char c : word) {
    if (!is_vowel(c)) skeleton += c;
  }
  return skeleton;
}

bool is_subsequence(std::string_view part, std::string_view whole) {
  std::size_t at = 0;
  for (const char c : whole) {
    if (at < part.size() && part[at] == c) ++at;
  }
  return at == part.size();
}

/// Keys side by side on a phone's QWERTY keyboard.
bool neighbouring_keys(char a, char b) {
  static constexpr std::array<std::string_view, 3> rows = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
  const auto place = [](char c) -> std::pair<int, int> {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (const std::size_t column = rows[row].find(c); column != std::string_view::npos) {
        return {static_cast<int>(row), static_cast<int>(column)};
      }
    }
    return {-9, -9};
  };
  const auto [row_a, column_a] = place(a);
  const auto [row_b, column_b] = place(b);
  return std::abs(row_a - row_b) <= 1 && std::abs(column_a - column_b) <= 1;
}

enum class Edit : std::uint8_t { none, left_out, put_in, changed_near, changed_far, swapped };

/// The single edit that makes `typed` from `meant`, or none if it takes more than one.
Edit edit_between(std::string_view typed, std::string_view meant) {
  std::size_t front = 0;
  while (front < typed.size() && front < meant.size() && typed[front] == meant[front]) ++front;
  const std::string_view a = typed.substr(front);
  const std::string_view b = meant.substr(front);
  if (typed.size() + 1 == meant.size()) return a == b.substr(1) ? Edit::left_out : Edit::none;
  if (typed.size() == meant.size() + 1) return a.substr(1) == b ? Edit::put_in : Edit::none;
  if (typed.size() != meant.size() || a.empty()) return Edit::none;
  if (a.substr(1) == b.substr(1)) return neighbouring_keys(a[0], b[0]) ? Edit::changed_near : Edit::changed_far;
  if (a.size() > 1 && a[0] == b[1] && a[1] == b[0] && a.substr(2) == b.substr(2)) return Edit::swapped;
  return Edit::none;
}

double bonus_of(Edit edit) {
  switch (edit) {
    case Edit::swapped:
    case Edit::changed_near:
      return 1.5;
    case Edit::left_out:
    case Edit::put_in:
      return 1.0;
    default:
      return 0.0;
  }
}

}  // namespace

void TypoIndex::reserve(std::size_t words) {
  entries_.reserve(words);
  by_word_.reserve(words);
}

std::uint32_t TypoIndex::add(std::string_view word, std::string_view stem, bool stop) {
  auto found = by_word_.find(word);
  if (found == by_word_.end()) {
    found = by_word_.emplace(std::string(word), static_cast<std::uint32_t>(entries_.size())).first;
    entries_.push_back({std::string(word), std::string(stem), stop, 0});
  }
  ++entries_[found->second].count;
  return found->second;
}

TypoIndex::Files::Files(std::vector<Filed> all) : filed_(all.size()), starts_(std::bit_ceil(all.size() + 1) + 1) {
  for (const Filed& one : all) ++starts_[drawer_of(one.key) + 1];
  for (std::size_t drawer = 1; drawer < starts_.size(); ++drawer) starts_[drawer] += starts_[drawer - 1];
  std::vector<std::uint32_t> next = starts_;
  for (const Filed& one : all) filed_[next[drawer_of(one.key)]++] = one;
}

std::span<const TypoIndex::Files::Filed> TypoIndex::Files::near(std::uint64_t key) const {
  const std::size_t drawer = drawer_of(key);
  return std::span(filed_).subspan(starts_[drawer], starts_[drawer + 1] - starts_[drawer]);
}

void TypoIndex::finish() {
  std::vector<Files::Filed> neighbours;
  std::vector<Files::Filed> skeletons;
  neighbours.reserve(entries_.size() * neighbours_per_word);
  skeletons.reserve(entries_.size());
  for (std::uint32_t i = 0; i < entries_.size(); ++i) {
    const std::string_view word = entries_[i].word;
    if (word.size() < word_letters_min || word.size() > word_letters_max || !all_letters(word)) continue;
    neighbours.push_back({hash_of_word(word), i});
    for (std::size_t at = 0; at < word.size(); ++at) {
      const bool again = at > 0 && word[at] == word[at - 1];  // leaves the same
      if (!again) neighbours.push_back({hash_without(word, at), i});
    }
    const std::string skeleton = skeleton_of(word);
    if (skeleton.size() >= skeleton_letters_min) skeletons.push_back({hash_of_word(skeleton), i});
  }
  neighbours_ = Files(std::move(neighbours));
  skeletons_ = Files(std::move(skeletons));
}

const TypoIndex::Entry* TypoIndex::find(std::string_view word) const {
  const auto found = by_word_.find(word);
  return found == by_word_.end() ? nullptr : &entries_[found->second];
}

void TypoIndex::consider(std::uint64_t key, std::string_view typed, const Entry*& best, double& best_score) const {
  for (const Files::Filed& filed : neighbours_.near(key)) {
    if (filed.key != key) continue;
    const Entry& entry = entries_[filed.entry];
    const Edit edit = edit_between(typed, entry.word);
    if (edit == Edit::none) continue;
    const double score =
        std::log(1.0 + entry.count) + bonus_of(edit) + (typed.front() == entry.word.front() ? 2.0 : 0.0);
    if (score > best_score || (score == best_score && best != nullptr && entry.word < best->word)) {
      best_score = score;
      best = &entry;
    }
  }
}

const TypoIndex::Entry* TypoIndex::nearest(std::string_view word) const {
  if (word.size() > word_letters_max || !all_letters(word)) return nullptr;
  const Entry* best = nullptr;
  double best_score = -1;
  if (word.size() >= word_letters_min - 1) {
    consider(hash_of_word(word), word, best, best_score);
  }
  if (word.size() >= word_letters_min) {
    for (std::size_t at = 0; at < word.size(); ++at) consider(hash_without(word, at), word, best, best_score);
  }
  if (best != nullptr) return best;
  const std::string skeleton = skeleton_of(word);
  if (skeleton.size() < skeleton_letters_min || word.size() > skeleton.size() + 1) return nullptr;
  const std::uint64_t key = hash_of_word(skeleton);
  for (const Files::Filed& filed : skeletons_.near(key)) {
    if (filed.key != key) continue;
    const Entry& entry = entries_[filed.entry];
    const bool possible =
        entry.word.size() > word.size() && entry.word.front() == word.front() && is_subsequence(word, entry.word);
    if (possible && (best == nullptr || entry.count > best->count)) best = &entry;
  }
  return best;
}

}  // namespace sahut::nlu
