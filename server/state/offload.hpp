// Slow work (password hashes, training) on other threads, awaited from an I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <type_traits>
#include <utility>

namespace sahut::server {

/// Runs `work` on the pool; resumes on the caller's executor with its result. Exceptions come through.
template <typename Work>
boost::asio::awaitable<std::invoke_result_t<Work>> offload(boost::asio::thread_pool& pool, Work work) {
  using Value = std::invoke_result_t<Work>;
  return boost::asio::co_spawn(
      pool, [](Work job) -> boost::asio::awaitable<Value> { co_return job(); }(std::move(work)),
      boost::asio::use_awaitable);
}

}  // namespace sahut::server
