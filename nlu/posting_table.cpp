#include "nlu/posting_table.hpp"

#include <algorithm>
#include <tuple>

namespace sahut::nlu {

void PostingTable::finish() {
  // Strongest first within a feature; equal ones by label, so that the choice doesn't depend on the sort.
  std::ranges::sort(raw_, {}, [](const Raw& raw) { return std::tuple(raw.feature, -raw.weight, raw.label); });
  starts_.assign(features_ + 1, 0);
  for (std::size_t at = 0; at < raw_.size();) {
    const std::uint32_t feature = raw_[at].feature;
    const std::size_t begin = postings_.size();
    for (std::size_t kept = 0; at < raw_.size() && raw_[at].feature == feature; ++at, ++kept) {
      if (kept < labels_per_feature_max) postings_.push_back({raw_[at].label, raw_[at].weight});
    }
    std::sort(postings_.begin() + static_cast<std::ptrdiff_t>(begin), postings_.end(),
              [](const Posting& a, const Posting& b) { return a.label < b.label; });
    starts_[feature + 1] = postings_.size();
  }
  for (std::size_t feature = 1; feature <= features_; ++feature)
    starts_[feature] = std::max(starts_[feature], starts_[feature - 1]);
  raw_ = {};
  postings_.shrink_to_fit();
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
