// WhatsApp by Meta's own Cloud API, put together: webhook → parse, render → classify.
#pragma once

#include <memory>
#include <string>

#include "adapters/channel.hpp"

namespace sahut::adapters::whatsapp {

/// Settings: phone_number_id, access_token, app_secret (one or more), verify_token, api_base.
[[nodiscard]] Result<std::shared_ptr<const Channel>> make(const std::string& name, const ChannelSettings& settings);

}  // namespace sahut::adapters::whatsapp
