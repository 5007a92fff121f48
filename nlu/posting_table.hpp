// Weights for knowledge bases with very many labels: for each feature the labels it speaks for most. A query's cost
// depends on its words, not on how many labels there are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "nlu/weight_table.hpp"

namespace sahut::nlu {

class PostingTable {
 public:
  /// Labels kept for one feature. A feature of more labels than this tells them apart so little that the strongest do.
  static constexpr std::size_t labels_per_feature_max = 64;

  PostingTable() = default;
  PostingTable(std::size_t features, std::size_t labels) : features_(features), labels_(labels) {}

  void put(std::uint32_t feature, std::uint32_t label, float weight) { raw_.push_back({feature, label, weight}); }
  /// Files what was put; nothing may be put afterwards.
  void finish();
  /// Adds a feature: the sum of others, each with its value, as of the features' own strongest labels.
  void add_sum(std::span<const Item> items);

  [[nodiscard]] std::size_t stride() const { return labels_; }
  /// 0 if the label is not kept for the feature.
  [[nodiscard]] float weight(std::uint32_t feature, std::uint32_t label) const;
  /// out[0, stride) = Σ value × weight.  REQUIRES: out.size() ≥ stride().
  void scores(std::span<const Item> items, std::span<float> out) const;

 private:
  struct Raw {
    std::uint32_t feature;
    std::uint32_t label;
    float weight;
  };
  struct Posting {
    std::uint32_t label;
    float weight;
  };
  /// The strongest of `all`, sorted by label; `all` is what it holds afterwards.
  static void keep_strongest(std::vector<Posting>& all);
  [[nodiscard]] std::span<const Posting> postings(std::uint32_t feature) const {
    return std::span(postings_).subspan(starts_[feature], starts_[feature + 1] - starts_[feature]);
  }

  std::size_t features_ = 0;
  std::size_t labels_ = 0;
  std::vector<Raw> raw_;
  std::vector<std::size_t> starts_;  ///< [feature] → first posting; one more at the end
  std::vector<Posting> postings_;    ///< of each feature, sorted by label
  std::vector<float> sums_;          ///< [label]: zeros between two calls of add_sum()
};

}  // namespace sahut::nlu
