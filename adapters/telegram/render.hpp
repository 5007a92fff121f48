// A message of ours as the arguments of sendMessage, sendPhoto, sendDocument or sendVenue (Bot API 10.1).
#pragma once

#include "adapters/channel.hpp"
#include "adapters/json_reader.hpp"
#include "adapters/telegram/bot_api.hpp"

namespace sahut::adapters::telegram {

constexpr std::size_t longest_message_utf16 = 4096;
constexpr std::size_t longest_caption_utf16 = 1024;
constexpr std::size_t longest_callback_bytes = 64;
/// Larger pictures are sent as documents.
constexpr std::size_t most_picture_bytes = 10u << 20;

/// Chat ids are 52-bit numbers; written as numbers they are what the specification asks for.
[[nodiscard]] Json chat_id(const std::string& contact);

/// Choices are inline buttons, one a row; where a value does not fit callback_data they are numbers in the text. Any
/// message gives valid arguments.
[[nodiscard]] Json send_message_arguments(const Delivery& delivery);
/// REQUIRES: delivery.place.
[[nodiscard]] Json send_place_arguments(const Delivery& delivery);
/// REQUIRES: delivery.file.
[[nodiscard]] HttpCall send_file(const BotApi& api, const Delivery& delivery);

}  // namespace sahut::adapters::telegram
