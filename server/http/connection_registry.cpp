#include "server/http/connection_registry.hpp"

#include <sys/socket.h>

#include <utility>

namespace sahut::http {

WatchedSocket::WatchedSocket(Socket socket, std::shared_ptr<ConnectionRegistry> registry)
    : socket_(std::move(socket)),
      descriptor_(socket_.native_handle()),
      registry_(std::move(registry)),
      deadline_(Time::max().time_since_epoch().count()) {
  const std::lock_guard lock(registry_->mutex_);
  registry_->sockets_.insert(this);
}

WatchedSocket::~WatchedSocket() {
  // Before the descriptor closes and its number can belong to somebody else.
  const std::lock_guard lock(registry_->mutex_);
  registry_->sockets_.erase(this);
}

void WatchedSocket::wait_for(Waiting what, Time deadline) {
  waiting_ = what;
  deadline_ = deadline.time_since_epoch().count();
}

/// REQUIRES: the registry's mutex is held, so that the descriptor is still ours.
void WatchedSocket::end_wait() {
  timed_out_ = true;
  // A reader gets what has already arrived and then the end; it can still answer (408).
  ::shutdown(descriptor_, waiting_ == Waiting::writing ? SHUT_RDWR : SHUT_RD);
}

std::size_t ConnectionRegistry::size() const {
  const std::lock_guard lock(mutex_);
  return sockets_.size();
}

void ConnectionRegistry::end_overdue(WatchedSocket::Time now) {
  const auto moment = now.time_since_epoch().count();
  const std::lock_guard lock(mutex_);
  for (WatchedSocket* socket : sockets_) {
    auto deadline = socket->deadline_.load();
    // Exchanged, so that a connection which has just moved on to its next wait is left alone.
    if (deadline <= moment &&
        socket->deadline_.compare_exchange_strong(deadline, WatchedSocket::Time::max().time_since_epoch().count())) {
      socket->end_wait();
    }
  }
}

bool ConnectionRegistry::end_longest_idle() {
  const std::lock_guard lock(mutex_);
  WatchedSocket* longest = nullptr;
  for (WatchedSocket* socket : sockets_) {
    if (socket->waiting_ != WatchedSocket::Waiting::idle || socket->timed_out_) continue;
    if (longest == nullptr || socket->deadline_ < longest->deadline_) longest = socket;
  }
  if (longest == nullptr) return false;
  longest->end_wait();
  return true;
}

void ConnectionRegistry::end_waiting() {
  const std::lock_guard lock(mutex_);
  for (WatchedSocket* socket : sockets_) {
    const auto waiting = socket->waiting_.load();
    if (waiting == WatchedSocket::Waiting::idle || waiting == WatchedSocket::Waiting::quiet) socket->end_wait();
  }
}

}  // namespace sahut::http
