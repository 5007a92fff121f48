// How often somebody may try a password. By account and address together, so that a stranger who tries passwords cannot
// lock an officer out from elsewhere; and by address alone, so that he cannot try all accounts.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "values/time.hpp"

namespace sahut::server {

/// Allows `burst` attempts at once and then one each `interval_ms` for a key. Pure over the moment given.
class RateLimit {
 public:
  RateLimit(int burst, std::int64_t interval_ms) : burst_(burst), interval_ms_(interval_ms) {}

  /// Milliseconds to wait before the next attempt; 0 = allowed and counted. Bounded memory: the table is pruned of what
  /// has recovered. Thread-safe.
  [[nodiscard]] std::int64_t take(const std::string& key, UnixMillis now);
  /// Forgets a key, after a success.
  void forget(const std::string& key);

 private:
  static constexpr std::size_t most_keys = 50'000;
  std::mutex mutex_;
  std::map<std::string, std::int64_t> full_again_at_;  ///< GCRA: the moment at which the key has its whole burst again
  int burst_;
  std::int64_t interval_ms_;
};

class LoginThrottle {
 public:
  /// Milliseconds to wait, or 0.
  [[nodiscard]] std::int64_t attempt(std::string_view name, std::string_view address, UnixMillis now);
  void succeeded(std::string_view name, std::string_view address);

 private:
  RateLimit by_both_{5, 30'000};
  RateLimit by_address_{30, 5'000};
};

}  // namespace sahut::server
