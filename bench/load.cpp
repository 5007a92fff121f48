// Sends signed WhatsApp webhooks over keep-alive connections, the next on each as soon as the last was answered, and
// prints
// {"requests_per_second","p50_ms","p99_ms","ok","errors"}. One thread on epoll, so that the measured server keeps the
// rest.
//     load PORT [--path /webhooks/wa] [--connections 256] [--seconds 10] [--contacts 5000] [--messages 300000]
//               [--secret test-app-secret]
// The first tenth of the time warms up and is not counted. It ends early when all messages are sent: none is sent
// twice.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "bench/webhooks.hpp"

namespace sahut::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Figures {
  std::vector<float> waits_ms;  ///< of the counted answers with 200
  std::size_t errors = 0;       ///< other answers, broken connections
};

int connect_to(std::uint16_t port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("cannot connect to port " + std::to_string(port));
  }
  const int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::fcntl(descriptor, F_SETFL, O_NONBLOCK);
  return descriptor;
}

/// One keep-alive connection: one request on its way.
class Connection {
 public:
  explicit Connection(std::uint16_t port) : descriptor_(connect_to(port)) {}

  [[nodiscard]] int descriptor() const { return descriptor_; }

  /// A webhook fits the socket's empty buffer whole. False: the connection is broken.
  bool begin(const std::string& request) {
    started_ = Clock::now();
    received_.clear();
    return ::send(descriptor_, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size());
  }
  enum class Progress { waiting, answered, broken };
  Progress receive() {
    std::array<char, 4096> bytes{};
    const ssize_t size = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return Progress::waiting;
    if (size <= 0) return Progress::broken;
    received_.append(bytes.data(), static_cast<std::size_t>(size));
    return is_whole() ? Progress::answered : Progress::waiting;
  }
  [[nodiscard]] bool is_200() const { return received_.starts_with("HTTP/1.1 200"); }
  [[nodiscard]] Clock::time_point started() const { return started_; }

 private:
  [[nodiscard]] bool is_whole() const {
    const std::size_t end = received_.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    constexpr std::string_view name = "Content-Length: ";
    const std::size_t length = received_.find(name);
    if (length > end) return true;
    return received_.size() >= end + 4 + std::stoul(received_.substr(length + name.size(), 12));
  }

  int descriptor_;
  std::string received_;
  Clock::time_point started_;
};

struct Run {
  std::uint16_t port = 0;
  std::size_t connections = 256;
  double seconds = 10;
  std::size_t times = 1;  ///< each message
};

struct Measured {
  Figures figures;
  double seconds = 0;
};

Measured run_load(const Run& run, const std::vector<std::string>& requests) {
  std::vector<Connection> connections;
  connections.reserve(run.connections);
  const int poll = ::epoll_create1(EPOLL_CLOEXEC);
  const std::size_t most = requests.size() * run.times;
  std::size_t next = 0;
  std::size_t open = 0;
  Measured measured;
  for (std::size_t i = 0; i < run.connections; ++i) {
    Connection& connection = connections.emplace_back(run.port);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = i;
    ::epoll_ctl(poll, EPOLL_CTL_ADD, connection.descriptor(), &event);
  }
  const auto start = Clock::now();
  const auto counted_from =
      start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(run.seconds / 10));
  const auto end = start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(run.seconds));
  for (Connection& connection : connections) {
    if (next < most && connection.begin(requests[next++ % requests.size()])) ++open;
  }
  auto now = start;
  std::array<epoll_event, 256> events{};
  while (open > 0) {
    const int count = ::epoll_wait(poll, events.data(), static_cast<int>(events.size()), 10'000);
    if (count == 0) throw std::runtime_error("no answer for ten seconds");
    now = Clock::now();
    for (int i = 0; i < count; ++i) {
      Connection& connection = connections[events.at(static_cast<std::size_t>(i)).data.u64];
      const auto progress = connection.receive();
      if (progress == Connection::Progress::waiting) continue;
      const bool good = progress == Connection::Progress::answered && connection.is_200();
      if (good && now >= counted_from) {
        measured.figures.waits_ms.push_back(
            std::chrono::duration<float, std::milli>(now - connection.started()).count());
      }
      if (!good) ++measured.figures.errors;
      if (progress == Connection::Progress::broken) ::epoll_ctl(poll, EPOLL_CTL_DEL, connection.descriptor(), nullptr);
      const bool more = progress == Connection::Progress::answered && now < end && next < most;
      if (!more || !connection.begin(requests[next++ % requests.size()])) --open;
    }
  }
  measured.seconds = std::chrono::duration<double>(now - counted_from).count();
  for (const Connection& connection : connections) ::close(connection.descriptor());
  ::close(poll);
  return measured;
}

float percentile(std::vector<float>& waits, double part) {
  if (waits.empty()) return 0;
  const auto place = waits.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(waits.size() - 1));
  std::nth_element(waits.begin(), place, waits.end());
  return *place;
}

}  // namespace
}  // namespace sahut::bench

int main(int argc, char** argv) {
  using namespace sahut::bench;
  std::map<std::string, std::string> flags = {
      {"--path", "/webhooks/wa"}, {"--connections", "256"},        {"--seconds", "10"}, {"--contacts", "5000"},
      {"--messages", "300000"},   {"--secret", "test-app-secret"}, {"--times", "1"}};
  bool understood = argc >= 2 && argc % 2 == 0;
  for (int i = 2; understood && i + 1 < argc; i += 2) {
    const auto flag = flags.find(argv[i]);
    understood = flag != flags.end();
    if (understood) flag->second = argv[i + 1];
  }
  if (!understood) {
    std::cerr << "usage: load PORT [--path P] [--connections N] [--seconds S] [--contacts N] [--messages N] [--times "
                 "N] [--secret S]\n";
    return 2;
  }
  try {
    const Run run{.port = static_cast<std::uint16_t>(std::stoi(argv[1])),
                  .connections = std::stoul(flags["--connections"]),
                  .seconds = std::stod(flags["--seconds"]),
                  .times = std::stoul(flags["--times"])};
    WebhookPlan plan;
    plan.messages = std::stoul(flags["--messages"]);
    plan.contacts = std::max(1UL, std::stoul(flags["--contacts"]));
    plan.path = flags["--path"];
    plan.app_secret = flags["--secret"];
    Measured measured = run_load(run, signed_webhooks(plan));
    auto& waits = measured.figures.waits_ms;
    std::printf("{\"requests_per_second\": %.0f, \"p50_ms\": %.2f, \"p99_ms\": %.2f, \"ok\": %zu, \"errors\": %zu}\n",
                static_cast<double>(waits.size()) / measured.seconds, static_cast<double>(percentile(waits, 0.5)),
                static_cast<double>(percentile(waits, 0.99)), waits.size(), measured.figures.errors);
    return measured.figures.errors == 0 ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << "load: " << error.what() << "\n";
    return 1;
  }
}
