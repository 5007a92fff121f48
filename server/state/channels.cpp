#include "server/state/channels.hpp"

#include <algorithm>
#include <charconv>

namespace sahut::server {

const NamedChannel* Channels::find(std::string_view name) const {
  const auto found = std::find_if(all.begin(), all.end(), [&](const NamedChannel& one) { return one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

namespace {

/// Meta's allowance since 2026-10, unless the configuration says otherwise.
constexpr std::int64_t usual_free_messages = 1000;

std::int64_t free_messages_of(const ChannelConfiguration& channel) {
  const std::string text = channel.text("free_messages");
  std::int64_t number = usual_free_messages;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

Result<Channels> channels_of(const Configuration& configuration) {
  Channels channels;
  channels.web_chat = "web";
  for (const ChannelConfiguration& wanted : configuration.channels) {
    const std::string kind = wanted.text("kind");
    if (kind == "webchat") {
      channels.web_chat = wanted.text("enabled") == "false" ? "" : wanted.name;
      const auto origins = wanted.settings.find("allowed_origins");
      if (origins != wanted.settings.end()) channels.web_chat_origins = origins->second.values;
      continue;
    }
    adapters::ChannelSettings settings;
    for (const auto& [key, setting] : wanted.settings) {
      if (key == "kind" || key == "free_messages" || key == "link") continue;
      for (const std::string& value : setting.values) settings.emplace(key, value);
    }
    auto made = adapters::make_channel(wanted.name, kind, settings);
    if (!made.ok()) return made.problem();
    NamedChannel channel;
    channel.name = wanted.name;
    channel.kind = kind;
    channel.channel = *made;
    channel.profile = wanted.text("profile");
    channel.link = wanted.text("link");
    if (channel.profile == "fonnte") channel.path_secret = wanted.text("secret");
    if (kind == "whatsapp") channel.free_messages = free_messages_of(wanted);
    if (kind == "telegram") {
      auto telegram = adapters::telegram::read_settings(wanted.name, settings);
      if (!telegram.ok()) return telegram.problem();
      if (telegram->mode == adapters::telegram::Mode::polling) channel.polled = std::move(telegram).value();
    }
    channels.all.push_back(std::move(channel));
  }
  return channels;
}

}  // namespace sahut::server
