// A message of ours as the arguments of sendMessage (Bot API 10.1).
#pragma once

#include "adapters/channel.hpp"
#include "adapters/json_reader.hpp"

namespace sahut::adapters::telegram {

constexpr std::size_t longest_message_utf16 = 4096;
constexpr std::size_t longest_callback_bytes = 64;

/// Choices are inline buttons, one a row; where a value does not fit callback_data they are numbers in the text. Any
/// message gives valid arguments.
[[nodiscard]] Json send_message_arguments(const Delivery& delivery);

}  // namespace sahut::adapters::telegram
