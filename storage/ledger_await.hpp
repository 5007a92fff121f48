// co_await write(ledger, lane, step): a ledger step from a coroutine.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "storage/ledger.hpp"

namespace sahut::storage {

/// Runs `step(Connection&)` in the ledger; resumes on the caller's executor with its result once the commit is durable.
/// Throws what the step threw, or Error if the commit failed: then nothing of it stands.
template <typename Step>
boost::asio::awaitable<std::invoke_result_t<Step&, Connection&>> write(Ledger& ledger, Lane lane, Step step) {
  using Outcome = std::invoke_result_t<Step&, Connection&>;
  constexpr bool nothing = std::is_void_v<Outcome>;
  struct State {
    Step step;
    std::conditional_t<nothing, std::optional<bool>, std::optional<Outcome>> value;
  };
  // Shared with the writer's thread, so that an abandoned coroutine leaves it nothing dangling.
  auto state = std::make_shared<State>(State{std::move(step), {}});
  auto executor = co_await boost::asio::this_coro::executor;
  auto start = [&ledger, lane, state, executor](auto handler) {
    auto shared_handler = std::make_shared<decltype(handler)>(std::move(handler));
    ledger.submit(
        lane,
        [state](Connection& connection) {
          if constexpr (nothing) {
            state->step(connection);
          } else {
            state->value.emplace(state->step(connection));
          }
        },
        [shared_handler, executor, work = boost::asio::make_work_guard(executor)](std::exception_ptr error) {
          boost::asio::post(executor, [shared_handler, error] { std::move(*shared_handler)(error); });
        });
  };
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(std::exception_ptr)>(
      start, boost::asio::use_awaitable);
  if constexpr (!nothing) co_return std::move(*state->value);
}

}  // namespace sahut::storage
