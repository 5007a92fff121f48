#include "server/state/channels.hpp"

#include <algorithm>

namespace sahut::server {

const NamedChannel* Channels::find(std::string_view name) const {
  const auto found = std::find_if(all.begin(), all.end(), [&](const NamedChannel& one) { return one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

Result<Channels> channels_of(const Configuration& configuration) {
  Channels channels;
  channels.web_chat = "web";
  for (const ChannelConfiguration& wanted : configuration.channels) {
    const std::string kind = wanted.text("kind");
    if (kind == "webchat") {
      channels.web_chat = wanted.text("enabled") == "false" ? "" : wanted.name;
      continue;
    }
    adapters::ChannelSettings settings;
    for (const auto& [key, setting] : wanted.settings) {
      if (key == "kind") continue;
      for (const std::string& value : setting.values) settings.emplace(key, value);
    }
    auto made = adapters::make_channel(wanted.name, kind, settings);
    if (!made.ok()) return made.problem();
    NamedChannel channel{wanted.name, kind, std::nullopt, *made};
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
