// A gateway's answer to a send, as a verdict.
#pragma once

#include "adapters/channel.hpp"
#include "adapters/gateway/profile.hpp"

namespace sahut::adapters::gateway {

/// Refusals are told apart by the words the profile knows, else by the HTTP status. A 2xx without an id is accepted
/// with an empty external_id: gateways differ by version, and sending twice is worse than losing sight of it.
[[nodiscard]] SendVerdict classify(const HttpAnswer& answer, const SendRules& rules);

}  // namespace sahut::adapters::gateway
