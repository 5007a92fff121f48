// What each channel last did, for people: kept in memory, written to the store now and then (running_server.cpp), so
// that it survives a restart. Safe from any thread.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "values/time.hpp"

namespace sahut::server {

/// Moments are 0 where it never happened.
struct ChannelSeen {
  UnixMillis received_at;  ///< the last authentic webhook or poll with something in it
  UnixMillis sent_at;      ///< the last message the channel took
  UnixMillis error_at;
  std::string error;   ///< of the last failure: for people, without personal data
  bool down = false;   ///< its token, account or session is dead
  std::string detail;  ///< why it is down
};

class ChannelWatch {
 public:
  void received(std::string_view channel, UnixMillis now);
  void sent(std::string_view channel, UnixMillis now);
  void failed(std::string_view channel, UnixMillis now, std::string_view error);
  /// Its session or account died or is back.
  void health(std::string_view channel, bool up, std::string_view detail, UnixMillis now);

  [[nodiscard]] ChannelSeen seen(std::string_view channel) const;

  /// All of it as JSON if anything changed since the last call; empty otherwise.
  [[nodiscard]] std::string take_changes();
  /// What an earlier process wrote; unreadable text is forgotten.
  void restore(std::string_view json);

 private:
  mutable std::mutex mutex_;
  std::map<std::string, ChannelSeen, std::less<>> channels_;
  bool changed_ = false;

  ChannelSeen& of(std::string_view channel);
};

}  // namespace sahut::server
