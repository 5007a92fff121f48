// WhatsApp through a gateway of somebody else's making, put together. Not Meta's: the number can be banned, there are
// no buttons, and a session that must be watched.
#pragma once

#include <memory>
#include <string>

#include "adapters/channel.hpp"

namespace sahut::adapters::gateway {

/// Settings: profile, secret (one or more), api_base, and what the profile asks for.
[[nodiscard]] Result<std::shared_ptr<const Channel>> make(const std::string& name, const ChannelSettings& settings);

}  // namespace sahut::adapters::gateway
