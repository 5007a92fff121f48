// Moments and spans as data. A moment is milliseconds since 1970-01-01 UTC, as it is stored; no code but server/clock
// reads the machine's clock (P8).
#pragma once

#include <compare>
#include <cstdint>

namespace sahut {

/// A moment: milliseconds since the Unix epoch, UTC. 0 means "not known".
struct UnixMillis {
  std::int64_t value = 0;

  auto operator<=>(const UnixMillis&) const = default;
  [[nodiscard]] bool known() const { return value != 0; }
  [[nodiscard]] UnixMillis plus_ms(std::int64_t ms) const { return {value + ms}; }
  [[nodiscard]] UnixMillis plus_seconds(std::int64_t seconds) const { return {value + seconds * 1000}; }
  [[nodiscard]] UnixMillis plus_minutes(std::int64_t minutes) const { return {value + minutes * 60'000}; }
  [[nodiscard]] UnixMillis plus_hours(std::int64_t hours) const { return {value + hours * 3'600'000}; }
  /// Milliseconds from `earlier` to this moment; negative if this is before it.
  [[nodiscard]] std::int64_t ms_since(UnixMillis earlier) const { return value - earlier.value; }
};

/// The only source of "now". One implementation reads the machine (server/clock.hpp), tests give their own.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual UnixMillis now() const = 0;
};

}  // namespace sahut
