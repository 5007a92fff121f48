#include "nlu/example_set.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace sahut::nlu {
namespace {

constexpr std::size_t first_block_items = 4096;
constexpr std::size_t block_items_max = LargeBlock<Item>::huge_page / sizeof(Item);

}  // namespace

Item* ExampleSet::room_for(std::size_t items) {
  if (blocks_.empty() || blocks_.back().size() - block_used_ < items) {
    const std::size_t next = blocks_.empty() ? first_block_items : std::min(blocks_.back().size() * 2, block_items_max);
    blocks_.emplace_back(std::max(next, items));
    block_used_ = 0;
  }
  Item* room = blocks_.back().data() + block_used_;
  block_used_ += items;
  return room;
}

void ExampleSet::add(std::span<const Item> items, std::uint32_t label, float cost, std::uint32_t key) {
  Item* next = room_for(items.size());
  Example example{
      .items = next, .count = static_cast<std::uint32_t>(items.size()), .label = label, .key = key, .cost = cost};
  Item* next_own = next + items.size();  // from behind
  for (const Item& item : items) {
    const float square = item.value * item.value;
    example.square += square;
    if (item.feature < first_own_) {
      *next++ = item;
    } else {
      *--next_own = item;
      example.own_square += square;
    }
  }
  example.shared = static_cast<std::uint32_t>(next - example.items);
  examples_.push_back(example);
}

void ExampleSet::add(const Example& text, std::span<const Item> signals, std::uint32_t label) {
  Example example = text;
  example.label = label;
  example.cost = 1;
  example.signal_count = static_cast<std::uint32_t>(signals.size());
  Item* room = signals.empty() ? nullptr : room_for(signals.size());
  example.signals = room;
  for (const Item& signal : signals) {
    *room++ = signal;
    example.square += signal.value * signal.value;
  }
  examples_.push_back(example);
}

void ExampleSet::append(ExampleSet others) {
  std::ranges::move(others.blocks_, std::back_inserter(blocks_));
  if (!blocks_.empty()) block_used_ = blocks_.back().size();
  examples_.insert(examples_.end(), others.examples_.begin(), others.examples_.end());
}

}  // namespace sahut::nlu
