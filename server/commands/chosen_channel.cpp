#include "server/commands/chosen_channel.hpp"

#include <initializer_list>

namespace sahut::server {
namespace {

ChosenChannel refused(int status, const Problem& problem) {
  fail(problem);
  return {nullptr, status};
}

}  // namespace

ChosenChannel choose_channel(const Configuration& configuration, const std::string& kind, const std::string& name) {
  const ChannelConfiguration* chosen = nullptr;
  std::string names;
  int count = 0;
  for (const ChannelConfiguration& channel : configuration.channels) {
    if (channel.text("kind") != kind) continue;
    ++count;
    names += (names.empty() ? "" : ", ") + channel.name;
    if (name.empty() || channel.name == name) chosen = &channel;
  }
  if (count == 0) {
    return refused(exit_failed, {"no_channel", "channels", "no " + kind + " channel is configured.",
                                 "Add [channels.NAME] with kind = \"" + kind +
                                     "\" to the file of --config; `sahut config example` shows its keys."});
  }
  if (chosen == nullptr) {
    return refused(exit_usage, {"unknown_channel", "--channel", "there is no " + kind + " channel `" + name + "`.",
                                "Give one of: " + names + "."});
  }
  if (name.empty() && count > 1) {
    return refused(exit_usage, {"which_channel", "--channel", "there are several " + kind + " channels.",
                                "Give one of: " + names + "."});
  }
  return {chosen, exit_done};
}

adapters::ChannelSettings settings_of(const ChannelConfiguration& channel, std::initializer_list<const char*> keys) {
  adapters::ChannelSettings settings;
  for (const char* const key : keys) {
    const auto setting = channel.settings.find(key);
    if (setting == channel.settings.end()) continue;
    for (const std::string& value : setting->second.values) settings.emplace(key, value);
  }
  return settings;
}

}  // namespace sahut::server
