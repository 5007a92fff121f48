// The threads that training may use.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace sahut::server {

/// An nlu::ForEach on as many threads as the machine has processors, four at most (each has a few megabytes of weights
/// at hand); the caller's is one of them. Throws what a task throws, once all have ended.
inline void side_by_side(std::size_t count, const std::function<void(std::size_t)>& task) {
  constexpr std::size_t threads_max = 4;
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto work = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) task(i);
    } catch (...) {
      const std::lock_guard lock(mutex);
      failure = std::current_exception();
      next = count;
    }
  };
  {
    const std::size_t processors = std::max<std::size_t>(1, std::thread::hardware_concurrency());
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min({count, processors, threads_max}); ++i) others.emplace_back(work);
    work();
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace sahut::server
