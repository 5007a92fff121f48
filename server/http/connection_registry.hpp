// The open connections of a server, and the one watch that ends those whose time is up. A timer of its own for each
// read and write costs a quarter of the throughput of a small answer; one look at all deadlines twice a second costs
// nothing.
#pragma once

#include <atomic>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_set>

namespace sahut::http {

using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

class ConnectionRegistry;

/// A connection's socket, known to the registry as long as it lives. Its coroutine states what it is about to wait for
/// and how long; the registry, on another thread, ends that wait with shutdown(2), which a socket allows from any
/// thread.
class WatchedSocket {
 public:
  using Time = std::chrono::steady_clock::time_point;
  enum class Waiting : std::uint8_t {
    idle,     ///< for the next request: may be ended to make room or to stop
    reading,  ///< for the rest of a request
    nothing,  ///< a handler works
    quiet,    ///< an event stream has nothing to say
    writing,
  };

  WatchedSocket(Socket socket, std::shared_ptr<ConnectionRegistry> registry);
  ~WatchedSocket();
  WatchedSocket(const WatchedSocket&) = delete;
  WatchedSocket& operator=(const WatchedSocket&) = delete;

  Socket& socket() { return socket_; }
  void wait_for(Waiting what, Time deadline);
  void wait_without_end(Waiting what) { wait_for(what, Time::max()); }
  /// The watch ended the wait; nothing more will be read.
  [[nodiscard]] bool timed_out() const { return timed_out_; }

 private:
  friend class ConnectionRegistry;
  void end_wait();

  Socket socket_;
  const int descriptor_;
  std::shared_ptr<ConnectionRegistry> registry_;
  std::atomic<Waiting> waiting_ = Waiting::nothing;
  std::atomic<Time::rep> deadline_;
  std::atomic<bool> timed_out_ = false;
};

/// Any thread.
class ConnectionRegistry {
 public:
  [[nodiscard]] std::size_t size() const;
  /// Ends the waits whose deadline has passed.
  void end_overdue(WatchedSocket::Time now);
  /// Ends the connection that has been idle longest; false if none is idle.
  bool end_longest_idle();
  /// Ends all that are idle or quiet streams; requests being read or answered go on.
  void end_waiting();

 private:
  friend class WatchedSocket;
  mutable std::mutex mutex_;
  std::unordered_set<WatchedSocket*> sockets_;
};

}  // namespace sahut::http
