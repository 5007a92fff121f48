// What is inside a Message of the Bot API: text, media, place, contact.
#pragma once

#include "adapters/json_reader.hpp"
#include "conversation/event.hpp"

namespace sahut::adapters::telegram {

/// Fills kind, text, attachment and answerable. False if the message holds nothing a resident said (a service message).
/// "/start PAYLOAD", from a link t.me/BOT?start=PAYLOAD, becomes "/start" with {"start": PAYLOAD} in the attachment.
[[nodiscard]] bool read_content(const Json& message, conversation::InboundMessage& out);

}  // namespace sahut::adapters::telegram
