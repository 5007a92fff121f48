#include "nlu/example_set.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace sahut::nlu {
namespace {

constexpr std::size_t block_items = 65'536;  // half a megabyte

}  // namespace

void ExampleSet::add(std::span<const Item> items, std::uint32_t label, float cost) {
  if (blocks_.empty() || blocks_.back().capacity() - blocks_.back().size() < items.size())
    blocks_.emplace_back().reserve(std::max(block_items, items.size()));
  std::vector<Item>& block = blocks_.back();
  const auto begin = block.insert(block.end(), items.begin(), items.end());
  float square = 0;
  for (const Item& item : items) square += item.value * item.value;
  examples_.push_back({.items = block.data() + (begin - block.begin()),
                       .count = static_cast<std::uint32_t>(items.size()),
                       .label = label,
                       .square = square,
                       .cost = cost});
}

void ExampleSet::append(ExampleSet others) {
  std::ranges::move(others.blocks_, std::back_inserter(blocks_));
  examples_.insert(examples_.end(), others.examples_.begin(), others.examples_.end());
}

}  // namespace sahut::nlu
