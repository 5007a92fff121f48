// Brings the files that residents sent: in the background, two at a time, within the limits of the configuration; and
// deletes what was kept long enough. A webhook never waits for it.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/media_fetch.hpp"
#include "server/http/client.hpp"
#include "server/state/services.hpp"
#include "storage/repositories/media.hpp"

namespace sahut::server {

class MediaFetcher : public std::enable_shared_from_this<MediaFetcher> {
 public:
  MediaFetcher(boost::asio::io_context& context, Services& services, http::HttpClient& client);
  void start();
  /// Any thread. What is under way is left: its row still waits at the next start.
  void stop();

 private:
  static constexpr int most_at_once = 2;  ///< each may hold a whole file in memory

  boost::asio::awaitable<void> run();
  boost::asio::awaitable<void> fetch(storage::MediaJob job);
  boost::asio::awaitable<adapters::MediaStep> walk_to(storage::MediaJob job);
  boost::asio::awaitable<void> keep(storage::MediaRecord media, std::string bytes);
  boost::asio::awaitable<void> write_failure(storage::MediaRecord media, std::string reason, bool for_ever);
  boost::asio::awaitable<void> delete_old();
  void report(std::exception_ptr failure);
  void tell_page(ConversationId conversation);
  [[nodiscard]] UnixMillis next_moment();

  Services& services_;
  http::HttpClient& client_;
  boost::asio::strand<boost::asio::io_context::executor_type> strand_;
  boost::asio::steady_timer timer_;
  int under_way_ = 0;
  UnixMillis next_deletion_;
  UnixMillis paused_until_;
  std::vector<MediaId> taken_;  ///< under way
  std::atomic<bool> stopping_ = false;
};

}  // namespace sahut::server
