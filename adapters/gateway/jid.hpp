// WhatsApp's own addresses as gateways show them: "6281200000001@c.us", "…@s.whatsapp.net", "…@lid" (an anonymous
// number, not a phone), "…@g.us" (group), "…@newsletter", "status@broadcast".
#pragma once

#include <string>
#include <string_view>

namespace sahut::adapters::gateway {

enum class JidKind { person, group, broadcast, newsletter, unknown };
[[nodiscard]] JidKind kind_of(std::string_view jid);

/// A resident's key: the digits of a phone number, a @lid as given (only so can it be answered). Empty unless it is a
/// person. A device behind the number (":12") is dropped.
[[nodiscard]] std::string contact_key(std::string_view jid);

/// The address to send to: `phone_suffix` is put behind bare digits, anything else goes as it is.
[[nodiscard]] std::string address_of(const std::string& contact, const std::string& phone_suffix);

/// The part behind the last `separator`; all of it if there is none or the separator is empty. WAHA names a message by
/// chat and id, and delivers one message under two chats (@lid and @c.us): only the last part stays the same
/// (devlikeapro/waha #1816, #1309, #1627).
[[nodiscard]] std::string after_last(const std::string& id, const std::string& separator);

}  // namespace sahut::adapters::gateway
