#include "server/outbox/pacer.hpp"

#include <algorithm>

namespace sahut::server {

void Pacer::forget_recovered(UnixMillis now) {
  std::erase_if(next_free_, [&](const auto& item) { return item.second <= now.value; });
}

UnixMillis Pacer::take(ContactId contact, UnixMillis now) {
  // Both limits are asked before either is used up, so that a message held back by one does not cost the other.
  const std::int64_t now_us = now.value * 1000;
  const std::int64_t channel_interval_us = pace_.channel_per_second > 0 ? 1'000'000 / pace_.channel_per_second : 0;
  const std::int64_t channel_start = std::max(channel_next_free_us_, now_us);
  const std::int64_t channel_ahead_us = channel_start - now_us;  // at most one second's worth may leave at once
  if (channel_interval_us > 0 && channel_ahead_us + channel_interval_us > 1'000'000) {
    return now.plus_ms((channel_ahead_us + channel_interval_us - 1'000'000 + 999) / 1000);
  }
  if (pace_.contact_interval_ms > 0) {
    if (next_free_.size() >= most_contacts) forget_recovered(now);
    std::int64_t& full_again = next_free_[contact.value];
    const std::int64_t start = std::max(full_again, now.value);
    const std::int64_t latest = now.value + pace_.contact_interval_ms * (std::max(pace_.contact_burst, 1) - 1);
    if (start > latest) return now.plus_ms(start - latest);
    full_again = start + pace_.contact_interval_ms;
  }
  channel_next_free_us_ = channel_start + channel_interval_us;
  return now;
}

}  // namespace sahut::server
