// The city's own web chat. It has no webhook and no HTTP to send: the server takes messages from its own API and shows
// answers through its own event stream. It is a Channel only so that the outbox, the desk and the counters need no
// exception for it.
#pragma once

#include <memory>
#include <string>

#include "adapters/channel.hpp"

namespace sahut::adapters::webchat {

/// Takes no settings. Its receive answers 404; its render and classify must not be called and throw std::logic_error.
[[nodiscard]] Result<std::shared_ptr<const Channel>> make(const std::string& name, const ChannelSettings& settings);

}  // namespace sahut::adapters::webchat
