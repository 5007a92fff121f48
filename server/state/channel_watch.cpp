#include "server/state/channel_watch.hpp"

#include <nlohmann/json.hpp>

namespace sahut::server {

ChannelSeen& ChannelWatch::of(std::string_view channel) {
  changed_ = true;
  return channels_[std::string(channel)];
}

void ChannelWatch::received(std::string_view channel, UnixMillis now) {
  const std::scoped_lock lock(mutex_);
  of(channel).received_at = now;
}

void ChannelWatch::sent(std::string_view channel, UnixMillis now) {
  const std::scoped_lock lock(mutex_);
  ChannelSeen& seen = of(channel);
  seen.sent_at = now;
  seen.down = false;
  seen.detail.clear();
}

void ChannelWatch::failed(std::string_view channel, UnixMillis now, std::string_view error) {
  const std::scoped_lock lock(mutex_);
  ChannelSeen& seen = of(channel);
  seen.error_at = now;
  seen.error = error;
}

void ChannelWatch::health(std::string_view channel, bool up, std::string_view detail, UnixMillis now) {
  const std::scoped_lock lock(mutex_);
  ChannelSeen& seen = of(channel);
  seen.down = !up;
  seen.detail = up ? "" : detail;
  if (up) return;
  seen.error_at = now;
  seen.error = detail;
}

ChannelSeen ChannelWatch::seen(std::string_view channel) const {
  const std::scoped_lock lock(mutex_);
  const auto found = channels_.find(channel);
  return found == channels_.end() ? ChannelSeen{} : found->second;
}

std::string ChannelWatch::take_changes() {
  const std::scoped_lock lock(mutex_);
  if (!changed_) return {};
  changed_ = false;
  auto json = nlohmann::json::object();
  for (const auto& [name, seen] : channels_) {
    json[name] = {{"received_at", seen.received_at.value},
                  {"sent_at", seen.sent_at.value},
                  {"error_at", seen.error_at.value},
                  {"error", seen.error},
                  {"down", seen.down},
                  {"detail", seen.detail}};
  }
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void ChannelWatch::restore(std::string_view text) {
  const std::scoped_lock lock(mutex_);
  try {
    const auto json = nlohmann::json::parse(text);
    for (const auto& [name, seen] : json.items()) {
      channels_[name] = {.received_at = {seen.at("received_at").get<std::int64_t>()},
                         .sent_at = {seen.at("sent_at").get<std::int64_t>()},
                         .error_at = {seen.at("error_at").get<std::int64_t>()},
                         .error = seen.at("error").get<std::string>(),
                         .down = seen.at("down").get<bool>(),
                         .detail = seen.at("detail").get<std::string>()};
    }
  } catch (const nlohmann::json::exception&) {
    channels_.clear();
  }
}

}  // namespace sahut::server
