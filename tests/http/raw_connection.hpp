// A client that sends exactly the bytes a test wants to and reads what comes back. Blocking, each wait bounded.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace sahut::http {

struct RawAnswer {
  int status = 0;
  std::string head;  ///< status line and headers, as received
  std::string body;
  std::map<std::string, std::string> headers;  ///< names in lower case

  [[nodiscard]] std::string header(const std::string& lower_name) const {
    const auto found = headers.find(lower_name);
    return found == headers.end() ? "" : found->second;
  }
};

class RawConnection {
 public:
  static constexpr std::chrono::milliseconds patience{10'000};

  explicit RawConnection(std::uint16_t port);
  /// Takes over an accepted socket.
  [[nodiscard]] static RawConnection from_descriptor(int descriptor) { return RawConnection(Descriptor{descriptor}); }
  ~RawConnection();
  RawConnection(RawConnection&& other) noexcept;
  RawConnection& operator=(RawConnection&&) = delete;

  [[nodiscard]] bool connected() const { return descriptor_ >= 0; }
  /// False if the other side refuses more.
  bool send(std::string_view bytes);
  /// Shrinks what the kernel takes for us, so that not reading is noticed soon.
  void receive_little();
  void end_sending();
  void close();
  /// Closes with a reset instead of an orderly end.
  void reset();
  /// Makes the later close() such a reset.
  void reset_when_closed();

  /// One answer with Content-Length or none; `to_head`: an answer to HEAD. Nothing if the connection ends before.
  [[nodiscard]] std::optional<RawAnswer> read_answer(bool to_head = false);
  /// One request (by its Content-Length): head and body. Nothing if the connection ends before.
  [[nodiscard]] std::optional<std::string> read_request();
  /// Reads until `text` has come, and returns all up to its end; nothing if it does not come.
  [[nodiscard]] std::optional<std::string> read_through(std::string_view text);
  /// All that comes until the other side closes.
  [[nodiscard]] std::string read_to_end();
  /// True if the other side closes within `patience`; what it sends before is dropped.
  [[nodiscard]] bool closes();
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  struct Descriptor {
    int value;
  };
  explicit RawConnection(Descriptor descriptor);
  bool receive();

  int descriptor_ = -1;
  std::string buffer_;
};

/// A listening socket on 127.0.0.1 for scripted peers.
class RawListener {
 public:
  RawListener();
  ~RawListener();
  RawListener(const RawListener&) = delete;
  RawListener& operator=(const RawListener&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// Not connected if nobody comes within `patience`, or after close().
  [[nodiscard]] RawConnection accept();
  /// Wakes a thread that waits in accept().
  void close();

 private:
  int descriptor_ = -1;
  std::uint16_t port_ = 0;
};

}  // namespace sahut::http
