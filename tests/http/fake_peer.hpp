// A server that does what a test says, connection by connection, on 127.0.0.1.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/http/raw_connection.hpp"

namespace sahut::http {

class FakePeer {
 public:
  /// Runs for each connection on a thread of its own; the connection closes when it returns. `number` counts
  /// connections from 0.
  using Script = std::function<void(RawConnection& connection, int number)>;

  explicit FakePeer(Script script);
  ~FakePeer();
  FakePeer(const FakePeer&) = delete;
  FakePeer& operator=(const FakePeer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return listener_.port(); }
  [[nodiscard]] std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port()) + path;
  }
  [[nodiscard]] int accepted() const { return accepted_; }
  /// Connections whose script has ended and that are closed.
  [[nodiscard]] int ended() const { return ended_; }

 private:
  void accept_all();

  Script script_;
  RawListener listener_;
  std::atomic<bool> ending_ = false;
  std::atomic<int> accepted_ = 0;
  std::atomic<int> ended_ = 0;
  std::mutex mutex_;
  std::vector<int> open_;
  std::vector<std::jthread> conversations_;
  std::jthread acceptor_;
};

/// Answers every request of every connection with this.
[[nodiscard]] FakePeer::Script answering_all_with(std::string answer);

/// 200 with this body and its length.
[[nodiscard]] std::string ok_answer(std::string_view body);

/// A port that nobody listens on.
[[nodiscard]] std::uint16_t closed_port();

}  // namespace sahut::http
