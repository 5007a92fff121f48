// Training texts as vectors.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "nlu/large_block.hpp"
#include "nlu/weight_table.hpp"

namespace sahut::nlu {

/// One text.
struct Example {
  const Item* items = nullptr;
  std::uint32_t count = 0;
  std::uint32_t shared = 0;       ///< the first of the items, which other texts may have too
  const Item* signals = nullptr;  ///< features of another kind, numbered from 0; only the gates read them
  std::uint32_t signal_count = 0;
  std::uint32_t label = 0;
  std::uint32_t key = 0;  ///< what stands for the text when an order is drawn
  float square = 0;       ///< squared length
  float own_square = 0;   ///< of the items behind the shared ones
  float cost = 1;         ///< of a mistake at this text, as a factor of TrainerOptions::cost
};

class ExampleSet {
 public:
  ExampleSet() = default;
  /// Features from `first_own` on occur in one text only.
  explicit ExampleSet(std::size_t first_own) : first_own_(first_own) {}
  ExampleSet(ExampleSet&&) = default;
  ExampleSet& operator=(ExampleSet&&) = default;
  ExampleSet(const ExampleSet&) = delete;  // its examples point into its blocks
  ExampleSet& operator=(const ExampleSet&) = delete;
  ~ExampleSet() = default;

  void add(std::span<const Item> items, std::uint32_t label, float cost = 1, std::uint32_t key = 0);
  /// Adds a text of another set, which must outlive this one, with what the gates read besides. Costs no memory for its
  /// items.
  void add(const Example& text, std::span<const Item> signals, std::uint32_t label);
  /// Adds all of another set, in its order; its features are numbered as this one's.
  void append(ExampleSet others);

  [[nodiscard]] std::size_t size() const { return examples_.size(); }
  [[nodiscard]] const Example& back() const { return examples_.back(); }
  [[nodiscard]] const Example& operator[](std::size_t example) const { return examples_[example]; }
  [[nodiscard]] std::span<const Example> all() const { return examples_; }
  [[nodiscard]] std::span<const Item> items(std::size_t example) const {
    return {examples_[example].items, examples_[example].count};
  }
  /// Of these, what other texts may have too.
  [[nodiscard]] std::span<const Item> shared_items(std::size_t example) const {
    return {examples_[example].items, examples_[example].shared};
  }
  /// Of these, what no other text has.
  [[nodiscard]] std::span<const Item> own_items(std::size_t example) const {
    return items(example).subspan(examples_[example].shared);
  }
  [[nodiscard]] std::span<const Item> signals(std::size_t example) const {
    return {examples_[example].signals, examples_[example].signal_count};
  }
  /// Features that more than one text has are numbered below it.
  [[nodiscard]] std::size_t first_own() const { return first_own_; }
  [[nodiscard]] std::uint32_t label(std::size_t example) const { return examples_[example].label; }

 private:
  /// Room for so many items that lie side by side.
  Item* room_for(std::size_t items);

  std::size_t first_own_ = std::numeric_limits<std::size_t>::max();
  using Block = std::vector<Item, LargeBlock<Item>>;
  std::vector<Block> blocks_;   ///< of items
  std::size_t block_used_ = 0;  ///< of the last block
  std::vector<Example> examples_;
};

}  // namespace sahut::nlu
