// What a simulated phone shows of a call that was meant for Meta or Telegram. Pure: the body of the call in, a bubble
// out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conversation/outbound.hpp"

namespace sahut::server {

struct Bubble {
  std::string text;  ///< *bold* as WhatsApp writes it
  std::vector<conversation::Choice> choices;
  std::string menu;        ///< title of WhatsApp's list button; empty: the choices are buttons
  bool is_notice = false;  ///< a template, not words of the house
};

/// Of POST /{phone_number_id}/messages; nothing for what is no message (read marks, typing).
[[nodiscard]] std::optional<Bubble> whatsapp_bubble(std::string_view body);
/// The id of the message that POST /{phone_number_id}/messages calls read; nothing for all else.
[[nodiscard]] std::optional<std::string> whatsapp_message_read(std::string_view body);
/// Of the methods that show something in a chat; nothing for all others.
[[nodiscard]] std::optional<Bubble> telegram_bubble(std::string_view method, std::string_view body);

}  // namespace sahut::server
