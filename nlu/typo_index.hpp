// The words of one knowledge base, found again under one typing error (a letter left out, put in, changed, or two
// swapped) or without their vowels ("jdwl" → "jadwal"). Deletion neighbours: each word is filed under itself with one
// letter left out, so that a look-up costs as many probes as the word has letters, however many words there are.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/text_map.hpp"

namespace sahut::nlu {

class TypoIndex {
 public:
  struct Entry {
    std::string word;
    std::string stem;
    bool stop = false;
    std::uint32_t count = 0;  ///< training texts it occurs in
  };

  /// Makes room for so many words.
  void reserve(std::size_t words);
  /// Adds one occurrence of a word; then finish() files all.
  /// Returns its number, from 0 in order of first occurrence.
  std::uint32_t add(std::string_view word, std::string_view stem, bool stop);
  /// One more occurrence of a word that was added.
  void add_again(std::uint32_t number) { ++entries_[number].count; }
  void finish();

  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] const Entry& entry(std::uint32_t number) const { return entries_[number]; }
  /// Of an entry of this index.
  [[nodiscard]] std::uint32_t number_of(const Entry& entry) const {
    return static_cast<std::uint32_t>(&entry - entries_.data());
  }
  /// The word itself, or null.
  [[nodiscard]] const Entry* find(std::string_view word) const;
  /// The most likely word meant by one that is not in the index, or null. Words of four letters or more; same first
  /// letter, a neighbouring key, a swap and frequent words are preferred.
  [[nodiscard]] const Entry* nearest(std::string_view word) const;

 private:
  /// Entries by hashes of forms of their words, in drawers that hold one or two.
  class Files {
   public:
    struct Filed {
      std::uint64_t key = 0;
      std::uint32_t entry = 0;
    };
    Files() = default;
    explicit Files(std::vector<Filed> all);
    /// Among others, all with this key, in the order in which they were given.
    [[nodiscard]] std::span<const Filed> near(std::uint64_t key) const;

   private:
    [[nodiscard]] std::size_t drawer_of(std::uint64_t key) const { return key & (starts_.size() - 2); }

    std::vector<Filed> filed_;
    std::vector<std::uint32_t> starts_ = {0, 0};  ///< [drawer] → its first; a power of two of them, and one more
  };
  void consider(std::uint64_t key, std::string_view typed, const Entry*& best, double& best_score) const;

  std::vector<Entry> entries_;
  TextMap<std::uint32_t> by_word_;
  Files neighbours_;  ///< by a form with a letter left out
  Files skeletons_;   ///< by the consonants
};

}  // namespace sahut::nlu
