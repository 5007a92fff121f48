#include "adapters/telegram/polling.hpp"

#include <algorithm>

#include "adapters/telegram/answer.hpp"
#include "adapters/telegram/update.hpp"
#include "adapters/transport_verdict.hpp"

namespace sahut::adapters::telegram {
namespace {

/// An answer is read up to 1 MiB; the longest update (4,096 escaped characters, quoted once more) takes some 60 KB.
constexpr int updates_a_poll = 15;
constexpr int longest_timeout_s = 50;
/// The line must stay open a little longer than Telegram holds the question.
constexpr int spare_ms = 15'000;

}  // namespace

HttpCall poll(const BotApi& api, std::int64_t offset, int timeout_s) {
  const int timeout = std::clamp(timeout_s, 0, longest_timeout_s);
  HttpCall call = api.call("getUpdates", {{"offset", offset},
                                          {"limit", updates_a_poll},
                                          {"timeout", timeout},
                                          {"allowed_updates", wanted_updates_json()}});
  call.timeout_ms = timeout * 1000 + spare_ms;
  return call;
}

PollResult parse_poll(const HttpAnswer& answer, std::int64_t offset) {
  PollResult poll;
  poll.next_offset = offset;
  const Result<Json> result = result_of(answer);
  if (!result) {
    poll.problem = result.problem();
    poll.fatal = result.problem().code == "unauthorised" || result.problem().code == "conflict";
    poll.wait_ms = throttled_ms(answer).value_or(default_wait_ms);
    return poll;
  }
  for (const Json& update : elements(result.value())) {
    const auto id = integer_of(member(update, "update_id"));
    if (!id) continue;  // cannot be confirmed and cannot be named
    poll.updates.push_back({*id, read_update(update)});
    poll.next_offset = std::max(poll.next_offset, *id + 1);
  }
  return poll;
}

}  // namespace sahut::adapters::telegram
