// One open stream of server-sent events. What is sent waits in a bounded buffer until the client reads; a client that
// does not read is dropped and will come back with Last-Event-ID.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace sahut::http {

/// Thread-safe.
class EventStream {
 public:
  /// A phone on a bad line may fall this far behind.
  static constexpr std::size_t most_waiting_bytes = 256 * 1024;

  /// `wake` tells the connection that there is something to write; callable from any thread.
  explicit EventStream(std::function<void()> wake) : wake_(std::move(wake)) {}

  /// Queues one event. `id` and `event` may be empty. False if the stream is closed, or was closed now because its
  /// client does not read.
  [[nodiscard]] bool send(std::string_view id, std::string_view event, std::string_view data);
  /// What was sent before still leaves.
  void close();
  [[nodiscard]] bool closed() const;
  /// Closed because its client did not read; what waits is lost.
  [[nodiscard]] bool dropped() const;

  /// Takes what is waiting: for the connection only.
  [[nodiscard]] std::string take();

 private:
  mutable std::mutex mutex_;
  std::string waiting_;
  bool closed_ = false;
  bool dropped_ = false;
  std::function<void()> wake_;
};

}  // namespace sahut::http
