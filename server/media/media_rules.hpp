// How many files a city keeps, and how long: [media] of the configuration.
#pragma once

#include <cstdint>
#include <string_view>

namespace sahut::server {

struct MediaRules {
  std::int64_t keep_days = 90;  ///< 0: residents' files are not fetched
  std::int64_t most_file_bytes = 16LL << 20;
  std::int64_t most_bytes = 2000LL << 20;
};

/// Wakes the fetcher (WakeUps); no channel can have this name.
constexpr std::string_view media_wake_up = " media";

}  // namespace sahut::server
