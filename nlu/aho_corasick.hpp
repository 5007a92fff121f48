// Finds which of many literals occur in a text, in one pass whatever their number.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sahut::nlu {

class AhoCorasick {
 public:
  AhoCorasick() = default;
  /// Empty literals never match.
  explicit AhoCorasick(std::span<const std::string> literals);

  /// Adds the positions (in the span given to the constructor) of the literals that occur in `text`, each once.
  void find(std::string_view text, std::vector<int>& found) const;

 private:
  static constexpr std::uint32_t root = 0;
  static constexpr std::int32_t no_literal = -1;
  struct Node {
    std::uint32_t fallback = root;  ///< longest proper suffix that is a prefix of a literal
    std::uint32_t report = root;    ///< nearest node on the fallback path that ends a literal; root: none
    std::int32_t literal = no_literal;
  };
  /// Flag of a cell of next_: a literal ends there.
  static constexpr std::uint32_t reports = 1U << 31U;

  std::uint32_t add_node();
  void add_literal(std::string_view literal, std::int32_t position);
  void link();
  /// When all is linked: makes of each node in next_ its first cell, and flags it.
  void finish();
  void report(std::uint32_t node, std::vector<int>& found) const;

  std::array<std::uint8_t, 256> column_{};  ///< byte → column of next_; 0: the byte is in no literal
  std::size_t columns_ = 1;
  std::vector<std::uint32_t> next_;  ///< [node][column] → the next node's first cell, so a letter costs one look-up
  std::vector<Node> nodes_;
  std::vector<std::int32_t> same_as_;  ///< literal → an equal literal given earlier, or no_literal
};

}  // namespace sahut::nlu
