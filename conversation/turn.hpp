// The turn: one resident message in, one outcome out. Pure: same arguments, same outcome, on every machine and every
// run. Nothing here reads a clock, a file, a socket or the store; what must happen is described in the outcome and done
// by the step that called.
#pragma once

#include <string_view>

#include "conversation/decision.hpp"
#include "conversation/event.hpp"
#include "conversation/memory.hpp"
#include "conversation/sentences.hpp"
#include "knowledge/snapshot.hpp"

namespace sahut::conversation {

/// What the turn needs to know of the thread.
struct Thread {
  bool owned_by_people = false;  ///< an officer owns it: the bot is silent (P4)
  /// A queue owns it and nobody has taken it yet: what the bot is sure of is still answered, so that nobody waits for
  /// something that is known; all else is the officer's, and the resident is told now and then that one will come.
  bool waits_for_people = false;
  BotMemory memory;
  std::string office = {};  ///< name of the office whose link this message opened; empty if it opened none
  std::string place = {};  ///< where this message's pin lies, in the city's words; empty if it has none or nobody knows
};

/// `local_date`: today in the city, YYYY-MM-DD: an entry is only told while it is valid.
/// Never throws but std::bad_alloc; microseconds, bounded by nlu::max_text_bytes.
[[nodiscard]] Outcome take_turn(const Thread& before, const InboundMessage& message,
                                const knowledge::Snapshot& snapshot, const Sentences& sentences,
                                std::string_view local_date);

}  // namespace sahut::conversation
