#include "nlu/label_words.hpp"

#include <algorithm>
#include <cmath>

namespace sahut::nlu {
std::uint32_t LabelWords::number(std::string_view stem) {
  if (const auto found = numbers_.find(stem); found != numbers_.end()) return found->second;
  const auto number = static_cast<std::uint32_t>(numbers_.size());
  numbers_.emplace(std::string(stem), number);
  texts_of_.push_back(0);
  return number;
}

void LabelWords::add(std::uint32_t label, std::span<const std::uint32_t> stems) {
  ++texts_;
  for (std::size_t i = 0; i < stems.size(); ++i) {
    if (std::ranges::find(stems.first(i), stems[i]) != stems.first(i).end()) continue;
    ++texts_of_[stems[i]];
    mentions_.push_back(std::uint64_t{label} << 32U | stems[i]);
  }
}

void LabelWords::finish() {
  std::ranges::sort(mentions_);
  for (std::size_t i = 0; i < mentions_.size(); ++i) {
    const auto label = static_cast<std::uint32_t>(mentions_[i] >> 32U);
    const auto stem = static_cast<std::uint32_t>(mentions_[i]);
    if (i == 0 || mentions_[i] != mentions_[i - 1]) {
      while (starts_.size() <= label) starts_.push_back(static_cast<std::uint32_t>(uses_.size()));
      uses_.push_back({stem, 0});
    }
    ++uses_.back().texts;
  }
  starts_.push_back(static_cast<std::uint32_t>(uses_.size()));
  mentions_ = {};
  const auto weight = [this](float texts) { return std::log((static_cast<float>(texts_) + 1) / (texts + 0.5F)); };
  for (const std::uint32_t texts : texts_of_) weights_.push_back(weight(static_cast<float>(texts)));
  unknown_weight_ = weight(0);
}

std::uint32_t LabelWords::find(std::string_view stem) const {
  const auto found = numbers_.find(stem);
  return found == numbers_.end() ? no_stem : found->second;
}

std::uint32_t LabelWords::texts_with(std::span<const Use> uses, std::uint32_t stem) {
  if (uses.empty()) return 0;
  // Halves without a branch that nobody could foretell; so the searches of one text run side by side.
  const Use* first = uses.data();
  for (std::size_t left = uses.size(); left > 1;) {
    const std::size_t half = left / 2;
    first += first[half].stem <= stem ? half : 0;
    left -= half;
  }
  return first->stem == stem ? first->texts : 0;
}

double LabelWords::covered(std::uint32_t label, std::span<const std::uint32_t> stems, std::uint32_t texts_min) const {
  const std::span<const Use> of_label =
      label + 1 < starts_.size() ? std::span(uses_).subspan(starts_[label], starts_[label + 1] - starts_[label])
                                 : std::span<const Use>();
  float all = 0;
  float used = 0;
  for (const std::uint32_t stem : stems) {
    const float weight = stem == no_stem ? unknown_weight_ : weights_[stem];
    all += weight;
    if (stem == no_stem) continue;
    if (texts_with(of_label, stem) >= texts_min) used += weight;
  }
  return all > 0 ? static_cast<double>(used / all) : 1.0;
}

double LabelWords::covered(std::uint32_t label, std::span<const std::uint32_t> stems) const {
  return covered(label, stems, 1);
}

double LabelWords::covered_by_others(std::uint32_t label, std::span<const std::uint32_t> stems) const {
  return covered(label, stems, 2);
}

}  // namespace sahut::nlu
