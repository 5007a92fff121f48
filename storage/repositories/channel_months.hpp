// What a channel carried in a month, and what of it was paid for: the cost meter.
#pragma once

#include <cstdint>
#include <string_view>

#include "storage/connection.hpp"

namespace sahut::storage {

/// A month is "2026-11", in the city's time zone.
struct ChannelMonth {
  std::int64_t sent = 0;  ///< messages the channel took
  std::int64_t free = 0;  ///< of them, those it priced as free …
  std::int64_t paid =
      0;  ///< … and as billed; the prices come later than the sends, so the two need not add up to `sent`
};

[[nodiscard]] ChannelMonth load_channel_month(Connection& connection, std::string_view channel, std::string_view month);
/// One more message was taken; gives the month as it is then.
ChannelMonth count_sent(Connection& connection, std::string_view channel, std::string_view month);
/// One more price is known. `pricing` is the channel's word: "regular" is billed, all others are free.
void count_priced(Connection& connection, std::string_view channel, std::string_view month, std::string_view pricing);

}  // namespace sahut::storage
