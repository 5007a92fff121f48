// The way of every inbound event into the house: one ledger step, then everybody who must know is told. Used by
// webhooks, polling and the web chat alike.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "conversation/event.hpp"
#include "server/inbound/inbound_step.hpp"
#include "server/state/services.hpp"
#include "storage/ledger_await.hpp"
#include "storage/repositories/contacts.hpp"

namespace sahut::server {

/// Returns after the commit is on disk (P1); throws storage::Error if it could not be made, and then nothing was
/// stored. `lane` groups the events of one contact; 0 where there are several.
boost::asio::awaitable<void> take_in(Services& services, InboundChannel channel,
                                     std::vector<conversation::InboundEvent> events, std::int64_t lane);

/// The title of a choice the bot offered last, so that the conversation shows what was tapped; empty if it did not.
[[nodiscard]] std::string title_of_choice(Services& services, const storage::ContactRecord& contact,
                                          const std::string& value);

}  // namespace sahut::server
