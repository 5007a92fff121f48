// Who owns a thread: the bot, an office's queue, or one officer. The only place that says which step follows which
// (P4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "values/id.hpp"
#include "values/problem.hpp"

namespace sahut::escalation {

enum class ThreadState { bot, waiting, claimed, resolved };
[[nodiscard]] std::string_view name_of(ThreadState state);
/// Throws std::invalid_argument for a word the store should not hold.
[[nodiscard]] ThreadState state_named(std::string_view name);

struct Ownership {
  ThreadState state = ThreadState::bot;
  std::string office;  ///< set in waiting and claimed, kept in resolved
  UserId agent;        ///< set in claimed, kept in resolved
  bool operator==(const Ownership&) const = default;
};

// Each step returns the new ownership or a Problem whose code is one of:
//   "owned_by_another" (409)  "not_claimed" (409)  "already_resolved" (409)  "not_escalated" (409)

/// The bot gives the thread to an office's queue. Handing over twice changes nothing.
[[nodiscard]] Ownership hand_over(const Ownership& before, std::string_view office);
/// An officer takes it; claiming one's own again changes nothing.
[[nodiscard]] Result<Ownership> claim(const Ownership& before, UserId agent);
/// An officer's answer: whoever answers an unclaimed thread owns it from then on.
[[nodiscard]] Result<Ownership> reply(const Ownership& before, UserId agent);
/// Back to the queue of the same office.
[[nodiscard]] Result<Ownership> release(const Ownership& before, UserId agent);
/// To the queue of another office; never into the hands of somebody who may be absent.
[[nodiscard]] Result<Ownership> transfer(const Ownership& before, UserId agent, std::string_view office);
[[nodiscard]] Result<Ownership> resolve(const Ownership& before, UserId agent);

}  // namespace sahut::escalation
