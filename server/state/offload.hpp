// Slow work (password hashes, training) on other threads, awaited from an I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>
#include <type_traits>
#include <utility>

namespace sahut::server {

/// Runs `work` on the pool; resumes on the caller's executor with its result. Exceptions come through.
template <typename Work>
boost::asio::awaitable<std::invoke_result_t<Work>> offload(boost::asio::thread_pool& pool, Work work) {
  // Optional, because what co_spawn carries must be default-constructible and results need not be.
  using Carried = std::optional<std::invoke_result_t<Work>>;
  auto job = [](Work own) -> boost::asio::awaitable<Carried> { co_return Carried(own()); };
  Carried result = co_await boost::asio::co_spawn(pool, job(std::move(work)), boost::asio::use_awaitable);
  co_return std::move(*result);
}

}  // namespace sahut::server
