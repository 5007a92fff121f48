// What one webhook, poll or web message does to the store: everything from "is it new?" to the reply waiting in the
// outbox, inside one ledger step. The decisions are conversation's and escalation's; here they become rows.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "conversation/event.hpp"
#include "conversation/sentences.hpp"
#include "escalation/city.hpp"
#include "knowledge/snapshot.hpp"
#include "storage/connection.hpp"
#include "storage/repositories/records.hpp"
#include "values/id.hpp"
#include "values/time.hpp"

namespace sahut::server {

/// What a step reads besides the store. All of it outlives the step.
struct InboundContext {
  IdMaker& ids;
  const knowledge::Snapshot& snapshot;
  const escalation::City& city;
  const conversation::Sentences& sentences;
  std::string_view case_prefix;  ///< "BPN"
  bool fetch_media = true;       ///< residents' files are wanted
};

/// The channel the events came through.
struct InboundChannel {
  std::string name;
  bool local = false;  ///< replies are read from the store (web chat), nothing leaves through the outbox
};

/// What must be told to others once the step is committed.
struct InboundEffects {
  bool outbox = false;                        ///< rows were added for this channel
  bool media = false;                         ///< a file is to be fetched
  std::vector<storage::LiveEvent> live;       ///< for signed-in pages
  std::vector<ContactId> contacts_with_news;  ///< for residents' pages
  std::vector<std::string> actions;           ///< how each turn ended: for the counters
  std::int64_t duplicates = 0;
  std::int64_t failed = 0;  ///< events that could not be taken; the others were
  std::vector<conversation::ChannelHealth> health;
};

/// Takes the events in order. One that cannot be taken does not cost the others (each has its own savepoint when there
/// are several). Throws storage::Error when the store itself fails: then nothing of the step stands.
[[nodiscard]] InboundEffects take_events(storage::Connection& connection, const InboundChannel& channel,
                                         std::span<const conversation::InboundEvent> events, UnixMillis now,
                                         const InboundContext& context);

}  // namespace sahut::server
