// Training texts as vectors.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nlu/weight_table.hpp"

namespace sahut::nlu {

/// One text.
struct Example {
  const Item* items = nullptr;
  std::uint32_t count = 0;
  std::uint32_t label = 0;
  float square = 0;  ///< squared length
  float cost = 1;    ///< of a mistake at this text, as a factor of TrainerOptions::cost
};

class ExampleSet {
 public:
  ExampleSet() = default;
  ExampleSet(ExampleSet&&) = default;
  ExampleSet& operator=(ExampleSet&&) = default;
  ExampleSet(const ExampleSet&) = delete;  // its examples point into its blocks
  ExampleSet& operator=(const ExampleSet&) = delete;
  ~ExampleSet() = default;

  void add(std::span<const Item> items, std::uint32_t label, float cost = 1);
  /// Adds all of another set, in its order.
  void append(ExampleSet others);

  [[nodiscard]] std::size_t size() const { return examples_.size(); }
  [[nodiscard]] const Example& operator[](std::size_t example) const { return examples_[example]; }
  [[nodiscard]] std::span<const Example> all() const { return examples_; }
  [[nodiscard]] std::span<const Item> items(std::size_t example) const {
    return {examples_[example].items, examples_[example].count};
  }
  [[nodiscard]] std::uint32_t label(std::size_t example) const { return examples_[example].label; }

 private:
  std::vector<std::vector<Item>> blocks_;  ///< of items; one never grows beyond what it has room for
  std::vector<Example> examples_;
};

}  // namespace sahut::nlu
