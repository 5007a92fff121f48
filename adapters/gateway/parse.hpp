// A gateway's webhook body as events, by the rules of its profile.
#pragma once

#include <string_view>
#include <vector>

#include "adapters/gateway/profile.hpp"

namespace sahut::adapters::gateway {

/// Never empty. Ignored: "own_message", "group", "broadcast", "newsletter", "reaction", "unknown_sender", "no_content",
/// "other_event" … A Problem only when the body is no JSON object. What is not asked for by the profile (Evolution's
/// apikey!) goes nowhere.
[[nodiscard]] Result<std::vector<conversation::InboundEvent>> parse(std::string_view body, const Profile& profile,
                                                                    UnixMillis now);

}  // namespace sahut::adapters::gateway
