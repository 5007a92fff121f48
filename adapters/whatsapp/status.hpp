// One element of `statuses`: what became of a message of ours. They come unordered, repeated, and now and then before
// the answer to the send itself; the store lets a state only rise.
#pragma once

#include "adapters/json_reader.hpp"
#include "conversation/event.hpp"

namespace sahut::adapters::whatsapp {

/// A delivery update, or Ignored with "broken_item" or "unknown_status".
[[nodiscard]] conversation::InboundEvent read_status(const Json& status);

/// What Meta says of an error object: its details, else its message or title, with every long number masked (Meta
/// quotes phone numbers in some).
[[nodiscard]] std::string error_words(const Json& error);

}  // namespace sahut::adapters::whatsapp
