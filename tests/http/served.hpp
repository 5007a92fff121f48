// A server with a few routes, running on two threads for the length of a test.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "server/http/event_stream.hpp"
#include "server/http/io_threads.hpp"
#include "server/http/server.hpp"

namespace sahut::http {

/// Waits until `condition` holds, ten seconds at most; looks again each time the server did something, and each
/// millisecond.
template <typename Condition>
[[nodiscard]] bool eventually(Condition condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  std::mutex mutex;
  std::condition_variable never;
  std::unique_lock lock(mutex);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    never.wait_for(lock, std::chrono::milliseconds(1));
  }
  return true;
}

struct Done {
  std::string route;
  int status = 0;
};

class Served {
 public:
  explicit Served(ServerOptions options = {});
  ~Served();

  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  Server& server() { return *server_; }
  std::vector<Done> done();
  std::vector<std::string> troubles();
  /// The stream opened last by GET /events.
  std::shared_ptr<EventStream> stream();
  /// Lets the handlers of GET /held go on.
  void let_go();
  [[nodiscard]] int held() const { return held_; }
  [[nodiscard]] int handled() const { return handled_; }

 private:
  std::vector<Route> routes();

  std::mutex mutex_;
  std::vector<Done> done_;
  std::vector<std::string> troubles_;
  std::shared_ptr<EventStream> stream_;
  std::atomic<bool> go_ = false;
  std::atomic<int> held_ = 0;
  std::atomic<int> handled_ = 0;
  boost::asio::io_context context_{2};
  std::unique_ptr<Server> server_;
  std::unique_ptr<IoThreads> threads_;
};

}  // namespace sahut::http
