// Is this request Meta's? The handshake of GET and the signature of POST, both before a byte of the body is believed.
#pragma once

#include <string>
#include <vector>

#include "adapters/channel.hpp"
#include "adapters/hmac.hpp"

namespace sahut::adapters::whatsapp {

/// Meta asks once each time the address or the token is edited: 200 with the bare challenge if the token is ours, else
/// 403. A person who opens the address in a browser is told in plain text what it is.
[[nodiscard]] WebhookVerdict answer_handshake(const WebhookRequest& request, const std::string& verify_token);

/// `X-Hub-Signature-256: sha256=` and 64 lowercase hexadecimal digits over the bytes as received, once. The older
/// SHA-1 header is not looked at. Also what GOWA sends.
[[nodiscard]] bool is_signed(const WebhookRequest& request, const HmacKeys& keys);

}  // namespace sahut::adapters::whatsapp
