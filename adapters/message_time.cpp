#include "adapters/message_time.hpp"

namespace sahut::adapters {
namespace {

constexpr std::int64_t first_milliseconds = 100'000'000'000;
constexpr std::int64_t year_2100_ms = 4'102'444'800'000;
constexpr std::int64_t answer_window_ms = 24LL * 3600 * 1000;

}  // namespace

UnixMillis moment_of(std::optional<std::int64_t> seconds_or_ms) {
  if (!seconds_or_ms || *seconds_or_ms <= 0) return {};
  const std::int64_t ms = *seconds_or_ms < first_milliseconds ? *seconds_or_ms * 1000 : *seconds_or_ms;
  return ms < year_2100_ms ? UnixMillis{ms} : UnixMillis{};
}

bool too_old_to_answer(UnixMillis sent_at, UnixMillis now) {
  return sent_at.known() && now.ms_since(sent_at) > answer_window_ms;
}

}  // namespace sahut::adapters
