// One element of `messages`: what a resident did on WhatsApp, as an event. Forms: Meta's webhook reference (messages),
// as of 2026-11.
#pragma once

#include "adapters/json_reader.hpp"
#include "adapters/whatsapp/identity.hpp"
#include "conversation/event.hpp"
#include "values/time.hpp"

namespace sahut::adapters::whatsapp {

/// A message, a moved contact, or Ignored with "broken_item" (no id, nobody, or no content of its type), "group",
/// "reaction" or "system". Any JSON is accepted; nothing is thrown.
[[nodiscard]] conversation::InboundEvent read_message(const Json& message, const Contacts& contacts, UnixMillis now);

}  // namespace sahut::adapters::whatsapp
