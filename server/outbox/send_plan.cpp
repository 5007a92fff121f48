#include "server/outbox/send_plan.hpp"

#include <algorithm>

namespace sahut::server {
namespace {

constexpr std::int64_t first_pause_ms = 1000;
constexpr std::int64_t channel_down_pause_ms = 60'000;

/// 1, 2, 4 … seconds, at most five minutes, spread over half of it.
std::int64_t backoff_ms(std::int64_t attempts, double jitter) {
  const auto doublings = std::min<std::int64_t>(attempts - 1, 12);
  const std::int64_t full = std::min(first_pause_ms << doublings, longest_pause_ms);
  return full / 2 + static_cast<std::int64_t>(static_cast<double>(full) / 2 * jitter);
}

}  // namespace

SendPlan plan_after(const adapters::SendVerdict& verdict, const SendHistory& history, UnixMillis now, double jitter) {
  using Kind = adapters::SendVerdict::Kind;
  SendPlan plan;
  plan.may_have_arrived = verdict.may_have_arrived;
  switch (verdict.kind) {
    case Kind::accepted:
      plan.outcome = "accepted";
      return plan;
    case Kind::refused:
      plan.kind = SendPlan::Kind::bury;
      plan.outcome = "refused";
      return plan;
    case Kind::window_closed:
      plan.kind = SendPlan::Kind::bury;
      plan.outcome = "window_closed";
      return plan;
    case Kind::unreachable:
      plan.kind = SendPlan::Kind::bury;
      plan.contact_unreachable = true;
      plan.outcome = "unreachable";
      return plan;
    case Kind::moved:
      plan.kind = SendPlan::Kind::again;
      plan.ready_at = now;
      plan.outcome = "moved";
      return plan;
    case Kind::wait:
      plan.ready_at = now.plus_ms(std::max<std::int64_t>(verdict.retry_after_ms, first_pause_ms));
      if (verdict.whole_channel) plan.channel_paused_until = plan.ready_at;
      plan.outcome = "throttled";
      break;
    case Kind::channel_down:
      plan.ready_at = now.plus_ms(channel_down_pause_ms);
      plan.channel_paused_until = plan.ready_at;
      plan.channel_down = true;
      plan.outcome = "channel_down";
      break;
    case Kind::retry:
      plan.ready_at = now.plus_ms(std::max(backoff_ms(history.attempts, jitter), verdict.retry_after_ms));
      plan.outcome = "retry";
      break;
  }
  plan.kind = SendPlan::Kind::again;
  if (!history.by_officer && plan.ready_at.ms_since(history.created_at) > answer_useful_ms) {
    plan.kind = SendPlan::Kind::bury;
    plan.outcome = "too_old";
  }
  return plan;
}

}  // namespace sahut::server
