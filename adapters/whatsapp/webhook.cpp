#include "adapters/whatsapp/webhook.hpp"

namespace sahut::adapters::whatsapp {
namespace {

constexpr std::size_t longest_challenge = 1024;

std::string parameter(const WebhookRequest& request, const std::string& key) {
  const auto found = request.query.find(key);
  return found == request.query.end() ? std::string() : found->second;
}

}  // namespace

WebhookVerdict answer_handshake(const WebhookRequest& request, const std::string& verify_token) {
  WebhookVerdict verdict;
  const std::string mode = parameter(request, "hub.mode");
  const std::string challenge = parameter(request, "hub.challenge");
  if (mode == "subscribe" && same_secret(parameter(request, "hub.verify_token"), verify_token) && !challenge.empty() &&
      challenge.size() <= longest_challenge) {
    verdict.body = challenge;
    return verdict;
  }
  verdict.status = 403;
  verdict.reason = mode.empty() ? "handshake_without_parameters" : "handshake_with_wrong_token";
  verdict.body = mode.empty()
                     ? "This is the address WhatsApp delivers messages to. Enter it in Meta's app dashboard as the "
                       "callback URL, with the verify_token of this channel; there is nothing to see here."
                     : "The verify token is not the verify_token of this channel.";
  return verdict;
}

bool is_signed(const WebhookRequest& request, const HmacKeys& keys) {
  constexpr std::string_view prefix = "sha256=";
  const auto header = find_only_header(request.headers, "X-Hub-Signature-256");
  return header && header->starts_with(prefix) && keys.made_hex(header->substr(prefix.size()), request.body);
}

}  // namespace sahut::adapters::whatsapp
