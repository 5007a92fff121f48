#include "nlu/features.hpp"

#include <algorithm>
#include <array>
#include <boost/container/static_vector.hpp>

namespace sahut::nlu {
namespace {

constexpr std::size_t gram_size = 3;
constexpr std::size_t first_gram_size = 4;  // with the edge before it
constexpr std::size_t gram_word_max = 24;   // characters of one word that make grams: no word is longer, junk may be

constexpr std::size_t signals_max = 8;  // different signals of one message; bounds the pairs

constexpr std::uint64_t stem_seed = 0x9ae16a3b2f90404fULL;
constexpr std::uint64_t pair_seed = 0xc3a5c85c97cb3127ULL;
constexpr std::uint64_t hint_seed = 0xb492b66fbe98f273ULL;
constexpr std::uint64_t signal_seed = 0xe7037ed1a0b428dbULL;
constexpr std::uint64_t gram_seed = 0x8a2a1d5c3e7f9b41ULL;
constexpr std::uint64_t edge = 0x2545f4914f6cdd1dULL;

std::uint64_t mix(std::uint64_t value) {
  value ^= value >> 32U;
  value *= 0xd6e8feb86659fd93ULL;
  value ^= value >> 32U;
  value *= 0xd6e8feb86659fd93ULL;
  return value ^ (value >> 32U);
}

/// FNV-1a with a final mix; the texts are words.
std::uint64_t hash_text(std::string_view text, std::uint64_t seed) {
  std::uint64_t hash = seed;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return mix(hash);
}

std::uint64_t hash_pair(std::uint64_t first, std::uint64_t second) {
  return mix(first * 3 + mix(second ^ pair_seed));
}

}  // namespace

std::uint64_t stem_feature(std::string_view stem) {
  return hash_text(stem, stem_seed);
}

void extract_stems(std::span<const Word> words, std::vector<RawFeature>& out) {
  for (std::size_t i = 0; i < words.size(); ++i)
    out.push_back({words[i].stem_feature, Block::words, static_cast<std::uint16_t>(i), words[i].stop});
}

void extract_grams(const Word& word, std::uint16_t position, std::vector<RawFeature>& out) {
  out.push_back({hash_text(word.normal, gram_seed), Block::characters, position, word.stop});
  std::array<char, gram_word_max + 2> padded{};
  const std::size_t length = std::min(word.normal.size(), gram_word_max);
  padded[0] = '_';
  std::copy_n(word.normal.begin(), length, padded.begin() + 1);
  padded[length + 1] = '_';
  const auto add = [&](std::size_t begin, std::size_t size) {
    std::uint64_t packed = 0;
    for (std::size_t i = 0; i < size; ++i) packed = (packed << 8U) | static_cast<unsigned char>(padded[begin + i]);
    out.push_back({mix(packed ^ gram_seed), Block::characters, position, word.stop});
  };
  const std::size_t end = length + 2;
  for (std::size_t begin = 1; begin + gram_size <= end; ++begin) add(begin, gram_size);
  if (first_gram_size <= end) add(0, first_gram_size);
}

void extract_pairs(std::span<const Word> words, std::vector<RawFeature>& out) {
  if (words.empty()) return;
  std::uint64_t previous = edge;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::uint64_t stem = words[i].stem_feature;
    out.push_back({hash_pair(previous, stem), Block::words, static_cast<std::uint16_t>(i), words[i].stop});
    previous = stem;
  }
  const auto last = static_cast<std::uint16_t>(words.size() - 1);
  out.push_back({hash_pair(previous, edge), Block::words, last, words.back().stop});
}

void extract_hints(std::span<const Hint> hints, std::vector<RawFeature>& out) {
  for (const Hint& hint : hints) out.push_back({hash_text(hint.name, hint_seed), Block::hints, hint.word, false});
}

void extract_signals(std::span<const Hint> signals, std::vector<RawFeature>& out) {
  struct Signal {
    std::uint64_t hash;
    std::uint16_t word;
  };
  boost::container::static_vector<Signal, signals_max> different;
  for (const Hint& signal : signals) {
    const std::uint64_t hash = hash_text(signal.name, signal_seed);
    const bool seen = std::ranges::find(different, hash, &Signal::hash) != different.end();
    if (!seen && different.size() < signals_max) different.push_back({hash, signal.word});
  }
  for (std::size_t i = 0; i < different.size(); ++i) {
    out.push_back({different[i].hash, Block::signals, different[i].word, false});
    for (std::size_t j = 0; j < i; ++j) {
      const std::uint64_t low = std::min(different[i].hash, different[j].hash);
      const std::uint64_t high = std::max(different[i].hash, different[j].hash);
      out.push_back({hash_pair(low, high), Block::signals, different[i].word, false});
    }
  }
}

}  // namespace sahut::nlu
