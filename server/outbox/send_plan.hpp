// What to do with an outbox row after the channel answered: a function of the verdict, the row's age and attempts, and
// the moment. No I/O, no randomness of its own.
#pragma once

#include <cstdint>
#include <string>

#include "adapters/channel.hpp"
#include "values/time.hpp"

namespace sahut::server {

struct SendHistory {
  std::int64_t attempts = 1;  ///< this one included
  UnixMillis created_at;
  bool by_officer = false;  ///< an officer's words are never dropped for age
};

struct SendPlan {
  enum class Kind {
    done,   ///< the channel has it
    again,  ///< wait until `ready_at`, then send again
    bury,   ///< keep it for people to see; it does not leave
  };
  Kind kind = Kind::done;
  UnixMillis ready_at;
  UnixMillis channel_paused_until;  ///< 0 = the channel goes on
  bool contact_unreachable = false;
  bool channel_down = false;      ///< token, account or session is dead: alarm
  bool may_have_arrived = false;  ///< a repeat may be seen twice
  std::string outcome;            ///< one word for the counters
};

/// A bot's answer later than this helps nobody and is buried (the resident has asked again or found it elsewhere).
constexpr std::int64_t answer_useful_ms = 24LL * 3600 * 1000;
constexpr std::int64_t longest_pause_ms = 5LL * 60 * 1000;

/// `jitter`: 0..1, spreads retries so that they do not come in waves.
[[nodiscard]] SendPlan plan_after(const adapters::SendVerdict& verdict, const SendHistory& history, UnixMillis now,
                                  double jitter);

}  // namespace sahut::server
