// Asks Telegram for updates where it cannot call us. An update is confirmed by asking for the next one, and that is
// asked only after the commit (P1).
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <memory>

#include "server/http/client.hpp"
#include "server/state/services.hpp"

namespace sahut::server {

class Poller : public std::enable_shared_from_this<Poller> {
 public:
  /// REQUIRES: channel.polled.
  Poller(boost::asio::io_context& context, Services& services, const NamedChannel& channel, http::HttpClient& client);
  void start();
  /// Any thread. A poll that waits at Telegram's side is abandoned: what it would bring comes again.
  void stop();

 private:
  boost::asio::awaitable<void> run();
  boost::asio::awaitable<std::int64_t> poll_once(std::int64_t offset);

  Services& services_;
  const NamedChannel& channel_;
  http::HttpClient& client_;
  boost::asio::strand<boost::asio::io_context::executor_type> strand_;
  boost::asio::steady_timer timer_;
  std::int64_t pause_ms_ = 0;
  std::atomic<bool> stopping_ = false;
};

}  // namespace sahut::server
