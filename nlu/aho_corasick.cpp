#include "nlu/aho_corasick.hpp"

#include <algorithm>

namespace sahut::nlu {

AhoCorasick::AhoCorasick(std::span<const std::string> literals) : same_as_(literals.size(), no_literal) {
  for (const std::string& literal : literals) {
    for (const char c : literal) {
      std::uint8_t& column = column_[static_cast<unsigned char>(c)];
      if (column == 0 && columns_ < 255) column = static_cast<std::uint8_t>(columns_++);
    }
  }
  add_node();
  for (std::size_t i = 0; i < literals.size(); ++i) add_literal(literals[i], static_cast<std::int32_t>(i));
  link();
  finish();
}

std::uint32_t AhoCorasick::add_node() {
  nodes_.emplace_back();
  next_.resize(nodes_.size() * columns_, root);
  return static_cast<std::uint32_t>(nodes_.size() - 1);
}

void AhoCorasick::add_literal(std::string_view literal, std::int32_t position) {
  if (literal.empty()) return;
  std::uint32_t node = root;
  for (const char c : literal) {
    const std::size_t cell = std::size_t{node} * columns_ + column_[static_cast<unsigned char>(c)];
    if (next_[cell] == root) {
      const std::uint32_t added = add_node();
      next_[cell] = added;
    }
    node = next_[cell];
  }
  std::int32_t& ends = nodes_[node].literal;
  same_as_[static_cast<std::size_t>(position)] = ends;
  ends = position;
}

void AhoCorasick::link() {
  std::vector<std::uint32_t> order;
  for (std::size_t column = 1; column < columns_; ++column) {
    if (next_[column] != root) order.push_back(next_[column]);
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::uint32_t node = order[i];
    const std::uint32_t fallback = nodes_[node].fallback;
    nodes_[node].report = nodes_[fallback].literal != no_literal ? fallback : nodes_[fallback].report;
    for (std::size_t column = 1; column < columns_; ++column) {
      std::uint32_t& next = next_[std::size_t{node} * columns_ + column];
      const std::uint32_t elsewhere = next_[std::size_t{fallback} * columns_ + column];
      if (next == root) {
        next = elsewhere;
      } else {
        nodes_[next].fallback = elsewhere;
        order.push_back(next);
      }
    }
  }
}

void AhoCorasick::finish() {
  for (std::uint32_t& next : next_) {
    const bool ends = nodes_[next].literal != no_literal || nodes_[next].report != root;
    next = next * static_cast<std::uint32_t>(columns_) | (ends ? reports : 0U);
  }
}

void AhoCorasick::report(std::uint32_t node, std::vector<int>& found) const {
  std::uint32_t end = nodes_[node].literal != no_literal ? node : nodes_[node].report;
  for (; end != root; end = nodes_[end].report) {
    for (std::int32_t literal = nodes_[end].literal; literal != no_literal;
         literal = same_as_[static_cast<std::size_t>(literal)]) {
      found.push_back(literal);
    }
  }
}

void AhoCorasick::find(std::string_view text, std::vector<int>& found) const {
  if (nodes_.size() <= 1) return;
  const std::size_t before = found.size();
  std::uint32_t cell = 0;
  for (const char c : text) {
    const std::uint32_t next = next_[cell + column_[static_cast<unsigned char>(c)]];
    cell = next & ~reports;
    if ((next & reports) != 0) report(cell / static_cast<std::uint32_t>(columns_), found);
  }
  const auto first = found.begin() + static_cast<std::ptrdiff_t>(before);
  std::sort(first, found.end());
  found.erase(std::unique(first, found.end()), found.end());
}

}  // namespace sahut::nlu
