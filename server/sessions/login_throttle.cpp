#include "server/sessions/login_throttle.hpp"

#include <algorithm>

namespace sahut::server {
namespace {

std::string both(std::string_view name, std::string_view address) {
  return std::string(name) + "\n" + std::string(address);
}

}  // namespace

std::int64_t RateLimit::take(const std::string& key, UnixMillis now) {
  const std::lock_guard lock(mutex_);
  if (full_again_at_.size() >= most_keys) {
    std::erase_if(full_again_at_, [&](const auto& item) { return item.second <= now.value; });
    // Still full of live keys: somebody uses very many. Refusing new ones is safer than forgetting old ones.
    if (full_again_at_.size() >= most_keys && !full_again_at_.contains(key)) return interval_ms_;
  }
  std::int64_t& full_again = full_again_at_[key];
  const std::int64_t start = std::max(full_again, now.value);
  const std::int64_t latest = now.value + interval_ms_ * (burst_ - 1);
  if (start > latest) return start - latest;
  full_again = start + interval_ms_;
  return 0;
}

void RateLimit::forget(const std::string& key) {
  const std::lock_guard lock(mutex_);
  full_again_at_.erase(key);
}

std::int64_t LoginThrottle::attempt(std::string_view name, std::string_view address, UnixMillis now) {
  const std::int64_t wait = by_address_.take(std::string(address), now);
  return wait > 0 ? wait : by_both_.take(both(name, address), now);
}

void LoginThrottle::succeeded(std::string_view name, std::string_view address) {
  by_both_.forget(both(name, address));
}

}  // namespace sahut::server
