// One Update of the Bot API (10.1) as events. Only private chats: in a group the bot would speak to people who did not
// ask it.
#pragma once

#include <string_view>
#include <vector>

#include "adapters/json_reader.hpp"
#include "conversation/event.hpp"
#include "values/problem.hpp"

namespace sahut::adapters::telegram {

/// Never empty: what is not for us is Ignored ("group", "bot", "channel", "service_message", "unknown_kind",
/// "broken_item"). Any JSON is accepted.
[[nodiscard]] std::vector<conversation::InboundEvent> read_update(const Json& update);

/// A whole webhook body: one update. A Problem only when it is not JSON.
[[nodiscard]] Result<std::vector<conversation::InboundEvent>> parse(std::string_view body);

}  // namespace sahut::adapters::telegram
