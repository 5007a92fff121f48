// What happened on a channel, in the words of the house. Adapters turn a channel's bytes into these; nothing above the
// adapters knows a channel's own form.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "values/time.hpp"

namespace sahut::conversation {

/// What a resident sent. `choice` is a tapped button or list row; everything without a text of its own is one of the
/// rest.
enum class MessageKind { text, choice, image, video, audio, document, sticker, location, contacts, order, other };
[[nodiscard]] std::string_view name_of(MessageKind kind);
/// There is a file behind it.
[[nodiscard]] bool is_file(MessageKind kind);

/// A message of a resident.
struct InboundMessage {
  std::string external_id;  ///< the channel's id of the message: the key of P2, never empty
  std::string contact;  ///< opaque key of the resident in this channel (digits of a phone, BSUID, chat id), never empty
  std::vector<std::string> aliases;  ///< other keys of the same resident in this channel (BSUID beside a phone)
  std::string contact_name;          ///< as the resident calls himself; may be empty
  UnixMillis sent_at;                ///< by the channel's clock; 0 = unknown
  MessageKind kind = MessageKind::text;
  std::string text;         ///< text, caption or title of the tapped choice; valid UTF-8, at most 64 KiB; may be empty
  std::string choice;       ///< value of the tapped choice: client input, may be forged; empty unless kind is choice
  std::string quoted_id;    ///< external id of the message it answers; may be empty
  std::string acknowledge;  ///< token the channel wants acknowledged (Telegram callback id); may be empty
  std::string attachment;  ///< JSON object of what the channel understands (media id …), and of a place (position.hpp)
  bool answerable = true;  ///< false: kept as evidence and never answered (edit, unsupported kind, order …)
};

enum class DeliveryState { pending, sent, delivered, read, failed };
[[nodiscard]] std::string_view name_of(DeliveryState state);

/// What a channel says of a message of ours.
struct DeliveryUpdate {
  std::string external_id;  ///< the channel's id of our message
  std::string correlation;  ///< our own id where the channel carries one back, else empty
  DeliveryState state = DeliveryState::sent;
  UnixMillis at;
  std::string error_code;  ///< the channel's, for failed
  std::string error_text;  ///< in the channel's words, without personal data
  std::string pricing =
      {};  ///< WhatsApp: "regular" (billed) or "free_customer_service" …; comes with sent or delivered
};

/// A resident's key in the channel changed; the history moves along.
struct ContactMoved {
  std::string external_id;  ///< dedupe key
  std::string from;
  std::string to;
  std::vector<std::string> aliases = {};  ///< further keys the resident has from now on (the new BSUID beside a phone)
};

/// A resident blocked us (until the next message of theirs).
struct ContactUnreachable {
  std::string contact;
  UnixMillis at;
};

/// The gateway says that its own connection to WhatsApp is lost or back.
struct ChannelHealth {
  bool up = false;
  std::string detail;
};

/// Authentic, understood or not, and nothing to do: kept out of the store, counted by reason.
struct Ignored {
  std::string reason;  ///< a stable word: "group", "reaction", "own_message", "unknown_kind", …
};

using InboundEvent =
    std::variant<InboundMessage, DeliveryUpdate, ContactMoved, ContactUnreachable, ChannelHealth, Ignored>;

}  // namespace sahut::conversation
