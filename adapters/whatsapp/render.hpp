// A message of ours as the body of POST /{phone_number_id}/messages. Limits: Meta, "messages" reference; where sources
// disagree (body of a list: 1024 or 4096) the smaller one.
#pragma once

#include <string>

#include "adapters/channel.hpp"

namespace sahut::adapters::whatsapp {

constexpr std::size_t longest_body = 4096;              ///< code points of a plain text
constexpr std::size_t longest_interactive_body = 1024;  ///< code points beside buttons or a list
constexpr std::size_t longest_caption = 1024;           ///< code points below a picture or document

/// Buttons if there are at most three with titles that fit; else a list of at most ten rows; else, and whenever the
/// text is too long to stand beside either, numbers in a plain text. Any message gives a valid body.
[[nodiscard]] std::string render_body(const Delivery& delivery);

/// An approved template without parameters: all that WhatsApp takes outside its window.
[[nodiscard]] std::string render_template(const Delivery& delivery, const std::string& name,
                                          const std::string& language);
/// The blue ticks on a message of the resident.
[[nodiscard]] std::string render_read_mark(const std::string& external_id);
/// "typing …" for at most 25 seconds; Meta takes it only together with the blue ticks.
[[nodiscard]] std::string render_typing(const std::string& external_id);

}  // namespace sahut::adapters::whatsapp
