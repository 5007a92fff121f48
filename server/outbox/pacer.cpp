#include "server/outbox/pacer.hpp"

#include <algorithm>
#include <limits>

namespace sahut::server {

void Pacer::forget_recovered(UnixMillis now) {
  std::erase_if(next_free_, [&](const auto& item) { return item.second <= now.value; });
}

std::int64_t Pacer::interval_us() const {
  return pace_.channel_per_second > 0 ? 1'000'000 / pace_.channel_per_second : 0;
}

/// What may leave at once after a quiet time: a tenth of a second's worth, so that no second sees much more than the
/// channel's limit.
std::int64_t Pacer::most_ahead_us() const {
  constexpr std::int64_t tenth_of_a_second_us = 100'000;
  return std::max(tenth_of_a_second_us, interval_us());
}

std::int64_t Pacer::room(UnixMillis now) const {
  if (interval_us() == 0) return std::numeric_limits<std::int64_t>::max();
  const std::int64_t ahead_us = std::max<std::int64_t>(channel_next_free_us_ - now.value * 1000, 0);
  return (most_ahead_us() - ahead_us) / interval_us();
}

UnixMillis Pacer::next_room(UnixMillis now) const {
  if (room(now) > 0) return now;
  // Half of what may leave at once: waking for each single message would cost a commit for each.
  const std::int64_t wanted_us = std::max(most_ahead_us() / 2, interval_us());
  const std::int64_t ahead_us = channel_next_free_us_ - now.value * 1000;
  return now.plus_ms((ahead_us + wanted_us - most_ahead_us() + 999) / 1000);
}

UnixMillis Pacer::take(ContactId contact, UnixMillis now) {
  if (pace_.contact_interval_ms > 0) {
    if (next_free_.size() >= most_contacts) forget_recovered(now);
    std::int64_t& full_again = next_free_[contact.value];
    const std::int64_t start = std::max(full_again, now.value);
    const std::int64_t latest = now.value + pace_.contact_interval_ms * (std::max(pace_.contact_burst, 1) - 1);
    if (start > latest) return now.plus_ms(start - latest);
    full_again = start + pace_.contact_interval_ms;
  }
  channel_next_free_us_ = std::max(channel_next_free_us_, now.value * 1000) + interval_us();
  return now;
}

UnixMillis Pacer::departure(UnixMillis now) {
  const std::int64_t now_us = now.value * 1000;
  const std::int64_t start_us = std::max(next_departure_us_, now_us);
  next_departure_us_ = start_us + interval_us();
  const std::int64_t early_us = next_departure_us_ - now_us - most_ahead_us();
  return now.plus_ms(std::max<std::int64_t>((early_us + 999) / 1000, 0));
}

}  // namespace sahut::server
