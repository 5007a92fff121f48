// A message of ours as the body of POST /{phone_number_id}/messages. Limits: Meta, "messages" reference; where sources
// disagree (body of a list: 1024 or 4096) the smaller one.
#pragma once

#include <string>

#include "adapters/channel.hpp"

namespace sahut::adapters::whatsapp {

constexpr std::size_t longest_body = 4096;              ///< code points of a plain text
constexpr std::size_t longest_interactive_body = 1024;  ///< code points beside buttons or a list

/// Buttons if there are at most three with titles that fit; else a list of at most ten rows; else, and whenever the
/// text is too long to stand beside either, numbers in a plain text. Any message gives a valid body.
[[nodiscard]] std::string render_body(const Delivery& delivery);

}  // namespace sahut::adapters::whatsapp
