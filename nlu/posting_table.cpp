#include "nlu/posting_table.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace sahut::nlu {

void PostingTable::keep_strongest(std::vector<Posting>& all) {
  if (all.size() > labels_per_feature_max) {
    // Equal ones by label, so that the choice doesn't depend on the sort.
    const auto stronger = [](const Posting& a, const Posting& b) {
      return std::tuple(-a.weight, a.label) < std::tuple(-b.weight, b.label);
    };
    std::nth_element(all.begin(), all.begin() + labels_per_feature_max, all.end(), stronger);
    all.resize(labels_per_feature_max);
  }
  std::ranges::sort(all, {}, &Posting::label);
}

void PostingTable::finish() {
  std::ranges::sort(raw_, {}, [](const Raw& raw) { return std::tuple(raw.feature, raw.label); });
  starts_.assign(1, 0);
  std::vector<Posting> of_feature;
  for (std::size_t feature = 0, at = 0; feature < features_; ++feature) {
    of_feature.clear();
    for (; at < raw_.size() && raw_[at].feature == feature; ++at)
      of_feature.push_back({raw_[at].label, raw_[at].weight});
    keep_strongest(of_feature);
    postings_.insert(postings_.end(), of_feature.begin(), of_feature.end());
    starts_.push_back(postings_.size());
  }
  raw_ = {};
  sums_.assign(labels_, 0.0F);
}

void PostingTable::add_sum(std::span<const Item> items) {
  std::vector<Posting> sum;
  for (const Item& item : items) {
    for (const Posting& posting : postings(item.feature)) {
      if (sums_[posting.label] == 0.0F) sum.push_back({posting.label, 0});
      sums_[posting.label] += posting.weight * item.value;
    }
  }
  for (Posting& posting : sum) posting.weight = std::exchange(sums_[posting.label], 0.0F);
  keep_strongest(sum);
  postings_.insert(postings_.end(), sum.begin(), sum.end());
  starts_.push_back(postings_.size());
}

float PostingTable::weight(std::uint32_t feature, std::uint32_t label) const {
  const std::span<const Posting> all = postings(feature);
  const auto found = std::ranges::lower_bound(all, label, {}, &Posting::label);
  return found != all.end() && found->label == label ? found->weight : 0.0F;
}

void PostingTable::scores(std::span<const Item> items, std::span<float> out) const {
  std::fill_n(out.begin(), labels_, 0.0F);
  for (const Item& item : items) {
    for (const Posting& posting : postings(item.feature)) out[posting.label] += posting.weight * item.value;
  }
}

}  // namespace sahut::nlu
