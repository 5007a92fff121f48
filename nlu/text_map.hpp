// A map from words, asked with string views. Open addressing: a look-up is one cache line where a node table walks
// three.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>

namespace sahut::nlu {

/// Hash of a short text, inlined: a message asks for some hundred words. Reads of a fixed length, the last one over
/// what was read already: a copy of as many bytes as are left would be a call.
inline std::uint64_t hash_of_word(std::string_view text) {
  std::uint64_t hash = text.size() * 0x9e3779b97f4a7c15ULL;
  const auto take = [&hash](std::uint64_t bytes) {
    hash = (hash ^ bytes) * 0xd6e8feb86659fd93ULL;
    hash ^= hash >> 32U;
  };
  const auto eight = [&text](std::size_t at) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    return bytes;
  };
  const auto four = [&text](std::size_t at) {
    std::uint32_t bytes = 0;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    return std::uint64_t{bytes};
  };
  const auto one = [&text](std::size_t at) { return std::uint64_t{static_cast<unsigned char>(text[at])}; };
  const std::size_t size = text.size();
  if (size >= 8) {
    for (std::size_t at = 0; at + 8 < size; at += 8) take(eight(at));
    take(eight(size - 8));
  } else if (size >= 4) {
    take(four(0) << 32U | four(size - 4));
  } else if (size > 0) {
    take(one(0) << 16U | one(size / 2) << 8U | one(size - 1));
  }
  hash *= 0xd6e8feb86659fd93ULL;
  return hash ^ (hash >> 32U);
}

struct TextHash {
  using is_transparent = void;
  using is_avalanching = void;  ///< all bits depend on all others: the map need not mix again
  std::size_t operator()(std::string_view text) const { return hash_of_word(text); }
};

/// Pointers to values hold as long as nothing is added.
template <typename Value>
using TextMap = boost::unordered_flat_map<std::string, Value, TextHash, std::equal_to<>>;

}  // namespace sahut::nlu
