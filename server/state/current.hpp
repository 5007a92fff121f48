// A value that is replaced whole and read by anyone: the published knowledge, the city. Readers keep what they took for
// as long as they hold it.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace sahut::server {

/// Thread-safe. std::atomic<std::shared_ptr> of GCC 12 is a spin lock that ThreadSanitizer does not understand; a mutex
/// held for one pointer copy costs the same.
template <typename T>
class Current {
 public:
  explicit Current(std::shared_ptr<const T> first) : value_(std::move(first)) {}

  [[nodiscard]] std::shared_ptr<const T> get() const {
    const std::lock_guard lock(mutex_);
    return value_;
  }
  void set(std::shared_ptr<const T> next) {
    const std::lock_guard lock(mutex_);
    value_.swap(next);
    // The old value dies outside the lock when `next` goes, if nobody holds it.
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const T> value_;
};

}  // namespace sahut::server
