// How independent pieces of work are run. The room starts no threads: whoever has some hands in a function that uses
// them, and the result is the same.
#pragma once

#include <cstddef>
#include <functional>
#include <initializer_list>

namespace sahut::nlu {

/// Runs task(0) … task(count − 1), in any order and on any threads, and returns when all are done. Tasks don't throw
/// but for want of memory.
using ForEach = std::function<void(std::size_t count, const std::function<void(std::size_t)>& task)>;

/// All of these, as tasks; what takes longest should go first.
inline void run(const ForEach& for_each, std::initializer_list<std::function<void()>> tasks) {
  for_each(tasks.size(), [tasks](std::size_t task) { tasks.begin()[task](); });
}

inline void one_after_another(std::size_t count, const std::function<void(std::size_t)>& task) {
  for (std::size_t i = 0; i < count; ++i) task(i);
}

}  // namespace sahut::nlu
