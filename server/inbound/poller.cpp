#include "server/inbound/poller.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <utility>

#include "adapters/telegram/polling.hpp"
#include "server/observation/log.hpp"
#include "server/state/take_in.hpp"

namespace sahut::server {
namespace {

namespace asio = boost::asio;
using asio::awaitable;

constexpr int wait_at_telegram_s = 30;
constexpr std::int64_t store_trouble_ms = 1'000;

}  // namespace

Poller::Poller(asio::io_context& context, Services& services, const NamedChannel& channel, http::HttpClient& client)
    : services_(services),
      channel_(channel),
      client_(client),
      strand_(asio::make_strand(context.get_executor())),
      timer_(strand_) {}

void Poller::start() {
  asio::co_spawn(
      strand_, [self = shared_from_this()]() { return self->run(); }, asio::detached);
}

void Poller::stop() {
  stopping_ = true;
  asio::post(strand_, [self = shared_from_this()] { self->timer_.cancel(); });
}

/// Takes what Telegram has; returns the next offset.
awaitable<std::int64_t> Poller::poll_once(std::int64_t offset) {
  const adapters::HttpAnswer answer =
      co_await client_.perform(adapters::telegram::poll(channel_.polled->api, offset, wait_at_telegram_s));
  adapters::telegram::PollResult result = adapters::telegram::parse_poll(answer, offset);
  pause_ms_ = result.wait_ms;
  if (result.problem) {
    services_.metrics.channel_up(channel_.name, !result.fatal);
    log(result.fatal ? LogLevel::error : LogLevel::warning, "Telegram gives no updates",
        {{"channel", channel_.name},
         {"code", result.problem->code},
         {"why", result.problem->what},
         {"cure", result.problem->cure}});
    co_return offset;
  }
  services_.metrics.channel_up(channel_.name, true);
  for (adapters::telegram::PolledUpdate& update : result.updates) {
    // A named value: g++ 12 destroys a braced temporary inside a co_await expression twice.
    InboundChannel channel{.name = channel_.name};
    co_await take_in(services_, std::move(channel), std::move(update.events), 0);
  }
  co_return result.next_offset;
}

awaitable<void> Poller::run() {
  std::int64_t offset = 0;
  while (!stopping_) {
    pause_ms_ = 0;
    try {
      offset = co_await poll_once(offset);
    } catch (const storage::Error& error) {
      // Not committed, so not confirmed: the same updates come again.
      pause_ms_ = store_trouble_ms;
      log(LogLevel::error, "updates cannot be stored; Telegram keeps them",
          {{"channel", channel_.name}, {"why", std::string(error.what())}});
    }
    if (pause_ms_ <= 0) continue;
    timer_.expires_after(std::chrono::milliseconds(pause_ms_));
    const auto [ignored] = co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
    (void)ignored;
  }
}

}  // namespace sahut::server
