// Greetings, thanks, goodbyes, "ok", insults: what of a message asks for nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "conversation/cues.hpp"
#include "knowledge/snapshot.hpp"

namespace sahut::conversation {

enum class SmallTalkKind : std::uint8_t { none, acknowledgement, greeting, goodbye, thanks, abuse };
[[nodiscard]] std::string_view name_of(SmallTalkKind kind);
/// The kind of that name; none for names it doesn't know.
[[nodiscard]] SmallTalkKind small_talk_named(std::string_view name);

/// What the message is if it is nothing but small talk, else none. Where it is several things the later in the order of
/// SmallTalkKind counts. A mere "min" or "pak" greets.
[[nodiscard]] SmallTalkKind only_small_talk(const CuedText& text);

/// An insult that is one wherever it stands.
[[nodiscard]] bool has_abuse(const CuedText& text);

/// The message without the small talk at its beginning and end; the whole of it if nothing else were left.
[[nodiscard]] std::string without_small_talk(const CuedText& text);

/// The city's own entry for this kind of small talk, or null.
[[nodiscard]] const knowledge::PublishedEntry* small_talk_entry(SmallTalkKind kind,
                                                                const knowledge::Snapshot& snapshot);

/// The entry is one of those: it is no subject and no second question.
[[nodiscard]] bool is_small_talk(const knowledge::PublishedEntry& entry, const knowledge::Snapshot& snapshot);

}  // namespace sahut::conversation
