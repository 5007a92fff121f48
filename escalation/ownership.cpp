#include "escalation/ownership.hpp"

#include <array>
#include <stdexcept>
#include <utility>

namespace sahut::escalation {
namespace {

constexpr std::array<std::pair<ThreadState, std::string_view>, 4> state_names = {{
    {ThreadState::bot, "bot"},
    {ThreadState::waiting, "waiting"},
    {ThreadState::claimed, "claimed"},
    {ThreadState::resolved, "resolved"},
}};

/// What forbids an officer to act on this thread at all.
std::optional<Problem> obstacle(const Ownership& before, UserId agent) {
  switch (before.state) {
    case ThreadState::bot:
      return Problem{"not_escalated", "", "The bot is handling this conversation; nobody was asked for.", ""};
    case ThreadState::resolved:
      return Problem{"already_resolved", "", "This conversation is already completed.",
                     "A new message of the resident opens a new one."};
    case ThreadState::claimed:
      if (before.agent != agent) {
        return Problem{"owned_by_another", "", "Another officer has taken this conversation.",
                       "Reload to see who; ask them to release it."};
      }
      return std::nullopt;
    case ThreadState::waiting:
      return std::nullopt;
  }
  return std::nullopt;
}

Result<Ownership> taken(const Ownership& before, UserId agent) {
  if (auto problem = obstacle(before, agent)) return *problem;
  return Ownership{ThreadState::claimed, before.office, agent};
}

/// Steps that only the owner may take.
std::optional<Problem> not_the_owner(const Ownership& before, UserId agent) {
  if (auto problem = obstacle(before, agent)) return problem;
  if (before.state == ThreadState::waiting) {
    return Problem{"not_claimed", "", "Nobody has taken this conversation yet.", "Take it first."};
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(ThreadState state) {
  for (const auto& [value, name] : state_names) {
    if (value == state) return name;
  }
  return "bot";
}

ThreadState state_named(std::string_view name) {
  for (const auto& [value, known] : state_names) {
    if (known == name) return value;
  }
  throw std::invalid_argument("unknown thread state " + std::string(name));
}

Ownership hand_over(const Ownership& before, std::string_view office) {
  if (before.state != ThreadState::bot) return before;
  return {ThreadState::waiting, std::string(office), {}};
}

Result<Ownership> claim(const Ownership& before, UserId agent) {
  return taken(before, agent);
}
Result<Ownership> reply(const Ownership& before, UserId agent) {
  return taken(before, agent);
}

Result<Ownership> release(const Ownership& before, UserId agent) {
  if (auto problem = not_the_owner(before, agent)) return *problem;
  return Ownership{ThreadState::waiting, before.office, {}};
}

Result<Ownership> transfer(const Ownership& before, UserId agent, std::string_view office) {
  if (auto problem = obstacle(before, agent)) return *problem;
  return Ownership{ThreadState::waiting, std::string(office), {}};
}

Result<Ownership> resolve(const Ownership& before, UserId agent) {
  if (auto problem = not_the_owner(before, agent)) return *problem;
  return Ownership{ThreadState::resolved, before.office, agent};
}

}  // namespace sahut::escalation
