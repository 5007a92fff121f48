// Which words the texts of each label use. A match asks how much of a question its best label accounts for: "kartu
// memori hilang" shares two words with a lost identity card, and not the one that matters.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "nlu/text_map.hpp"

namespace sahut::nlu {

class LabelWords {
 public:
  static constexpr std::uint32_t no_stem = 0xffffffffU;

  /// The number of a stem, from 0 in order of first occurrence.
  std::uint32_t number(std::string_view stem);
  /// One text of `label` and the numbers of its stems; stop words are left out by the caller.
  void add(std::uint32_t label, std::span<const std::uint32_t> stems);
  /// Nothing may be added afterwards.
  void finish();

  /// `no_stem` if no text has it.
  [[nodiscard]] std::uint32_t find(std::string_view stem) const;
  /// 0..1: share of the stems, each by how telling it is, that texts of the label use; `no_stem` is a word of nobody. 1
  /// if there are none.
  [[nodiscard]] double covered(std::uint32_t label, std::span<const std::uint32_t> stems) const;
  /// The same for a text that was added to `label` itself, as if it had not been.
  [[nodiscard]] double covered_by_others(std::uint32_t label, std::span<const std::uint32_t> stems) const;

 private:
  struct Use {
    std::uint32_t stem = 0;
    std::uint32_t texts = 0;
  };
  /// In how many texts of the label that has these uses.
  [[nodiscard]] static std::uint32_t texts_with(std::span<const Use> uses, std::uint32_t stem);
  [[nodiscard]] double covered(std::uint32_t label, std::span<const std::uint32_t> stems,
                               std::uint32_t texts_min) const;

  TextMap<std::uint32_t> numbers_;
  std::vector<std::uint64_t> mentions_;  ///< label and stem, once a text; until finish()
  std::vector<Use> uses_;                ///< by label, then by stem
  std::vector<std::uint32_t> starts_;    ///< [label] → its first use; one more at the end
  std::vector<float> weights_;           ///< of each stem: inverse document frequency
  std::vector<std::uint32_t> texts_of_;  ///< of each stem
  std::uint32_t texts_ = 0;
  float unknown_weight_ = 0;
};

}  // namespace sahut::nlu
