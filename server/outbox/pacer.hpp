// How fast messages may leave: a burst and then one each interval, for each contact and for the channel. Keeps no more
// contacts than have used part of their burst.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "adapters/channel.hpp"
#include "values/id.hpp"
#include "values/time.hpp"

namespace sahut::server {

/// Not thread-safe: used by the one loop of a channel's sender.
class Pacer {
 public:
  explicit Pacer(adapters::Pace pace) : pace_(pace) {}

  /// How many messages the channel may send now.
  [[nodiscard]] std::int64_t room(UnixMillis now) const;
  /// When it may send some again; `now` if it may.
  [[nodiscard]] UnixMillis next_room(UnixMillis now) const;

  /// The moment at which one more message to this contact may leave; `now` or earlier = it may, and is counted.
  /// REQUIRES: room(now) > 0.
  [[nodiscard]] UnixMillis take(ContactId contact, UnixMillis now);

  /// When a message that was taken leaves: `now`, or a little later if a slow commit let several through together.
  /// Counted.
  [[nodiscard]] UnixMillis departure(UnixMillis now);

 private:
  void forget_recovered(UnixMillis now);
  [[nodiscard]] std::int64_t interval_us() const;
  [[nodiscard]] std::int64_t most_ahead_us() const;

  static constexpr std::size_t most_contacts = 100'000;
  adapters::Pace pace_;
  std::unordered_map<std::int64_t, std::int64_t> next_free_;  ///< GCRA: when the contact has its whole burst again
  std::int64_t channel_next_free_us_ = 0;                     ///< of what is taken
  std::int64_t next_departure_us_ = 0;                        ///< of what leaves
};

}  // namespace sahut::server
