// Tells a channel's sender that there is something to send. Safe from any thread; a channel nobody sends for is
// ignored.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace sahut::server {

class WakeUps {
 public:
  /// `wake` must be quick, safe from any thread, and valid until `remove`.
  void add(const std::string& channel, std::function<void()> wake) {
    const std::lock_guard lock(mutex_);
    wakes_[channel] = std::move(wake);
  }
  void remove(const std::string& channel) {
    const std::lock_guard lock(mutex_);
    wakes_.erase(channel);
  }
  void wake(const std::string& channel) const {
    const std::lock_guard lock(mutex_);
    if (const auto found = wakes_.find(channel); found != wakes_.end()) found->second();
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::function<void()>> wakes_;
};

}  // namespace sahut::server
