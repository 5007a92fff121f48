// Telegram put together: webhook → parse, render → classify. Polling and registration stand beside it, for the server's
// polling loop and for `sahut setup telegram`.
#pragma once

#include <memory>
#include <string>

#include "adapters/channel.hpp"

namespace sahut::adapters::telegram {

/// Settings: as telegram::read_settings.
[[nodiscard]] Result<std::shared_ptr<const Channel>> make(const std::string& name, const ChannelSettings& settings);

}  // namespace sahut::adapters::telegram
