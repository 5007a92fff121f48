#include "tests/http/fake_peer.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace sahut::http {

FakePeer::FakePeer(Script script) : script_(std::move(script)), acceptor_([this] { accept_all(); }) {}

FakePeer::~FakePeer() {
  ending_ = true;
  listener_.close();
  acceptor_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int descriptor : open_) ::shutdown(descriptor, SHUT_RDWR);
  }
  conversations_.clear();
}

void FakePeer::accept_all() {
  while (!ending_) {
    RawConnection connection = listener_.accept();
    if (!connection.connected()) continue;
    {
      const std::lock_guard lock(mutex_);
      open_.push_back(connection.descriptor());
    }
    conversations_.emplace_back(
        [this, number = accepted_++, talking = std::make_shared<RawConnection>(std::move(connection))]() mutable {
          script_(*talking, number);
          const std::lock_guard lock(mutex_);  // the descriptor leaves the list before its number is somebody else's
          open_.erase(std::find(open_.begin(), open_.end(), talking->descriptor()));
          talking->close();
          ++ended_;
        });
  }
}

FakePeer::Script answering_all_with(std::string answer) {
  return [answer = std::move(answer)](RawConnection& connection, int) {
    while (connection.read_request() && connection.send(answer)) continue;
  };
}

std::string ok_answer(std::string_view body) {
  return "HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

std::uint16_t closed_port() {
  return RawListener().port();
}

}  // namespace sahut::http
