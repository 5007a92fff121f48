// Which features a knowledge base knows and how telling each is (inverse document frequency); turns the features of one
// utterance into a vector whose blocks have fixed length.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nlu/features.hpp"
#include "nlu/weight_table.hpp"

namespace sahut::nlu {

/// Features of one utterance, sorted, none twice.
struct SparseVector {
  std::vector<Item> items;
  std::vector<std::uint16_t> words;  ///< of each item: position of the word it comes from
};

class FeatureIndex {
 public:
  /// Counts in how many documents each feature occurs. Call for each training text, then finish().
  void count(std::span<const RawFeature> document);
  void finish();

  [[nodiscard]] std::size_t size() const { return size_; }
  /// The vector of one utterance; features that are not known count in the length of their block, so that a text full
  /// of unknown words is short in all that is known.
  void vectorise(std::span<const RawFeature> document, SparseVector& out) const;

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t id = 0;
    float weight =
        0;  ///< square root of the inverse document frequency; beside the hash, so that a look-up is one miss
  };
  [[nodiscard]] std::size_t slot_of(std::uint64_t hash) const;
  void grow();

  std::vector<Slot> slots_;  ///< open addressing, a power of two, at most half full; hash 0 is empty
  struct Count {
    std::uint32_t documents = 0;
    std::uint32_t last_document = 0;
  };
  std::vector<Count> counts_;  ///< of each feature, until finish()
  std::size_t size_ = 0;
  std::uint32_t documents_ = 0;
  float unknown_weight_ = 0;
};

}  // namespace sahut::nlu
