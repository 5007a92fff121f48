// Long polling: we ask Telegram instead of being called, so no public address is needed. At most one process may poll a
// bot. Start at offset 0 and keep the offset in memory only: what was committed and confirmed does not come again, what
// was not confirmed does, and deduplication swallows it; a stored offset would outlive Telegram's renumbering of
// updates.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "adapters/http_call.hpp"
#include "adapters/telegram/bot_api.hpp"
#include "conversation/event.hpp"
#include "values/problem.hpp"

namespace sahut::adapters::telegram {

/// getUpdates: waits up to `timeout_s` (0–50) at Telegram's side for updates with an id of at least `offset`, which
/// confirms all before it. So: commit first, then poll on.
[[nodiscard]] HttpCall poll(const BotApi& api, std::int64_t offset, int timeout_s);

struct PolledUpdate {
  std::int64_t update_id = 0;
  std::vector<conversation::InboundEvent> events;
};

struct PollResult {
  std::vector<PolledUpdate> updates;  ///< in Telegram's order
  std::int64_t next_offset = 0;       ///< for the next poll, once all of them are committed; unchanged on a problem
  std::optional<Problem> problem;  ///< "conflict" (webhook set, or a second poller), "unauthorised", "throttled", …
  std::int64_t wait_ms = 0;        ///< before the next poll
  bool fatal = false;              ///< polling on is of no use until somebody acts: alarm
};

[[nodiscard]] PollResult parse_poll(const HttpAnswer& answer, std::int64_t offset);

}  // namespace sahut::adapters::telegram
