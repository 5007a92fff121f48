// Which configured channel a command is about.
#pragma once

#include <string>

#include "adapters/channel.hpp"
#include "server/commands/command.hpp"

namespace sahut::server {

struct ChosenChannel {
  const ChannelConfiguration* channel = nullptr;  ///< of the configuration given; null: see exit_status
  int exit_status = exit_done;                    ///< the problem was printed already
};

/// The channel called `name`, or the only one of this kind if no name is given.
[[nodiscard]] ChosenChannel choose_channel(const Configuration& configuration, const std::string& kind,
                                           const std::string& name);

/// These keys of the channel and no others, as its adapter reads them.
[[nodiscard]] adapters::ChannelSettings settings_of(const ChannelConfiguration& channel,
                                                    std::initializer_list<const char*> keys);

}  // namespace sahut::server
