#include "tests/http/raw_connection.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <utility>

namespace sahut::http {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

sockaddr* generic(sockaddr_in& address) {
  return static_cast<sockaddr*>(static_cast<void*>(&address));
}

bool readable(int descriptor) {
  pollfd wait{descriptor, POLLIN, 0};
  return ::poll(&wait, 1, static_cast<int>(RawConnection::patience.count())) > 0;
}

std::map<std::string, std::string> parse_headers(const std::string& head) {
  std::map<std::string, std::string> headers;
  std::size_t at = head.find("\r\n") + 2;
  while (at < head.size()) {
    const std::size_t end = head.find("\r\n", at);
    const std::size_t colon = head.find(": ", at);
    if (end == at || colon >= end) break;
    std::string name = head.substr(at, colon - at);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    headers[name] = head.substr(colon + 2, end - colon - 2);
    at = end + 2;
  }
  return headers;
}

std::size_t length_in(const std::map<std::string, std::string>& headers) {
  const auto length = headers.find("content-length");
  return length == headers.end() ? 0 : std::stoul(length->second);
}

}  // namespace

RawConnection::RawConnection(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address = loopback(port);
  if (::connect(descriptor_, generic(address), sizeof address) != 0) close();
}

RawConnection::RawConnection(Descriptor descriptor) : descriptor_(descriptor.value) {}
RawConnection::~RawConnection() {
  close();
}
RawConnection::RawConnection(RawConnection&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), buffer_(std::move(other.buffer_)) {}

bool RawConnection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawConnection::receive_little() {
  const int bytes = 4096;
  ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

void RawConnection::end_sending() {
  ::shutdown(descriptor_, SHUT_WR);
}

void RawConnection::close() {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
}

void RawConnection::reset() {
  reset_when_closed();
  close();
}

void RawConnection::reset_when_closed() {
  const linger at_once{1, 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

bool RawConnection::receive() {
  std::array<char, 16384> bytes{};
  if (descriptor_ < 0 || !readable(descriptor_)) return false;
  const ssize_t got = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
  if (got <= 0) return false;
  buffer_.append(bytes.data(), static_cast<std::size_t>(got));
  return true;
}

std::optional<std::string> RawConnection::read_through(std::string_view text) {
  std::size_t at = 0;
  while ((at = buffer_.find(text)) == std::string::npos) {
    if (!receive()) return std::nullopt;
  }
  std::string taken = buffer_.substr(0, at + text.size());
  buffer_.erase(0, at + text.size());
  return taken;
}

std::optional<RawAnswer> RawConnection::read_answer(bool to_head) {
  auto head = read_through("\r\n\r\n");
  if (!head || head->size() < 12) return std::nullopt;
  RawAnswer answer;
  answer.status = std::atoi(head->c_str() + 9);
  answer.headers = parse_headers(*head);
  answer.head = std::move(*head);
  const std::size_t length = to_head ? 0 : length_in(answer.headers);
  while (buffer_.size() < length) {
    if (!receive()) return std::nullopt;
  }
  answer.body = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return answer;
}

std::optional<std::string> RawConnection::read_request() {
  auto head = read_through("\r\n\r\n");
  if (!head) return std::nullopt;
  const std::size_t length = length_in(parse_headers(*head));
  while (buffer_.size() < length) {
    if (!receive()) return std::nullopt;
  }
  *head += buffer_.substr(0, length);
  buffer_.erase(0, length);
  return head;
}

std::string RawConnection::read_to_end() {
  while (receive()) continue;
  return std::exchange(buffer_, {});
}

bool RawConnection::closes() {
  std::array<char, 16384> bytes{};
  while (readable(descriptor_)) {
    if (::recv(descriptor_, bytes.data(), bytes.size(), 0) <= 0) return true;
  }
  return false;
}

RawListener::RawListener() : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (::bind(descriptor_, generic(address), size) != 0 || ::listen(descriptor_, 256) != 0 ||
      ::getsockname(descriptor_, generic(address), &size) != 0) {
    std::abort();
  }
  port_ = ntohs(address.sin_port);
}

RawListener::~RawListener() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

RawConnection RawListener::accept() {
  const int accepted = readable(descriptor_) ? ::accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC) : -1;
  return RawConnection::from_descriptor(accepted);
}

void RawListener::close() {
  ::shutdown(descriptor_, SHUT_RDWR);
}

}  // namespace sahut::http
