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

/// A step and the place of its result, shared with the writer's thread, so that an abandoned coroutine leaves it
/// nothing dangling. Made by a plain function: g++ 12 destroys braced temporaries inside a coroutine twice.
template <typename Step>
struct LedgerCall {
  using Outcome = std::invoke_result_t<Step&, Connection&>;
  using Kept = std::conditional_t<std::is_void_v<Outcome>, bool, Outcome>;

  explicit LedgerCall(Step&& own) : step(std::move(own)) {}

  Step step;
  std::optional<Kept> value;
};

template <typename Step>
std::shared_ptr<LedgerCall<Step>> make_ledger_call(Step&& step) {
  return std::make_shared<LedgerCall<Step>>(std::move(step));
}

/// Runs `step(Connection&)` in the ledger; resumes on the caller's executor with its result once the commit is durable.
/// Throws what the step threw, or Error if the commit failed: then nothing of it stands.
template <typename Step>
boost::asio::awaitable<std::invoke_result_t<Step&, Connection&>> write(Ledger& ledger, Lane lane, Step step) {
  constexpr bool nothing = std::is_void_v<std::invoke_result_t<Step&, Connection&>>;
  auto state = make_ledger_call<Step>(std::move(step));
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
          boost::asio::post(executor, [shared_handler, error] { std::move (*shared_handler)(error); });
        });
  };
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(std::exception_ptr)>(
      start, boost::asio::use_awaitable);
  if constexpr (!nothing) co_return std::move(*state->value);
}

}  // namespace sahut::storage
