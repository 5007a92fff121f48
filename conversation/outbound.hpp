// What the house wants said to a resident, before a channel gives it its own form.
#pragma once

#include <string>
#include <vector>

namespace sahut::conversation {

/// One choice a resident can tap. Where a channel has no buttons the adapter numbers them in the text.
struct Choice {
  std::string title;  ///< as residents speak; 20 characters fit a WhatsApp button, 24 a list row
  std::string value;  ///< what comes back in InboundMessage::choice; at most 64 bytes (Telegram's callback data)
  bool operator==(const Choice&) const = default;
};

/// One message of ours: at most one bubble for one answer (WhatsApp bills each).
struct OutboundMessage {
  std::string text;  ///< UTF-8; *bold* as WhatsApp writes it; adapters convert or strip
  std::vector<Choice> choices;
  bool operator==(const OutboundMessage&) const = default;
};

}  // namespace sahut::conversation
