#include "adapters/telegram/registration.hpp"

#include <algorithm>
#include <array>

#include "adapters/message_time.hpp"
#include "adapters/telegram/answer.hpp"

namespace sahut::adapters::telegram {
namespace {

/// As many calls at once as Telegram makes by default; order holds within a chat anyway.
constexpr int connections = 40;

/// The part between "https://" and the next "/".
std::string_view authority_of(std::string_view url) {
  url.remove_prefix(std::string_view("https://").size());
  return url.substr(0, url.find('/'));
}

/// False for names and addresses that mean something in one network only (RFC 1918, loopback) and for IPv6. What DNS
/// says of a name is Telegram's to find out.
bool reachable_by_ipv4(std::string_view host) {
  constexpr std::array<std::string_view, 5> inside = {"127.", "10.", "192.168.", "169.254.", "["};
  if (host.empty() || host == "localhost" || host.ends_with(".local")) return false;
  if (std::any_of(inside.begin(), inside.end(), [&](std::string_view start) { return host.starts_with(start); })) {
    return false;
  }
  for (int second = 16; second < 32; ++second) {
    if (host.starts_with("172." + std::to_string(second) + ".")) return false;
  }
  return true;
}

}  // namespace

AddressFault fault_of_webhook_url(std::string_view url) {
  if (!url.starts_with("https://")) return AddressFault::not_https;
  const std::string_view authority = authority_of(url);
  const std::size_t colon = authority.rfind(':');
  const std::string_view host = authority.substr(0, colon);
  if (colon != std::string_view::npos && !host.starts_with("[")) {
    const std::string_view port = authority.substr(colon + 1);
    constexpr std::array<std::string_view, 4> ports = {"443", "80", "88", "8443"};
    if (std::find(ports.begin(), ports.end(), port) == ports.end()) return AddressFault::wrong_port;
  }
  return reachable_by_ipv4(host) ? AddressFault::none : AddressFault::private_address;
}

HttpCall get_me(const BotApi& api) {
  return api.call("getMe", Json::object());
}

HttpCall set_webhook(const BotApi& api, const std::string& url, const std::string& secret_token) {
  return api.call("setWebhook", {{"url", url},
                                 {"secret_token", secret_token},
                                 {"max_connections", connections},
                                 {"allowed_updates", wanted_updates_json()}});
}

HttpCall delete_webhook(const BotApi& api) {
  // What waits at Telegram is kept: residents wrote it.
  return api.call("deleteWebhook", {{"drop_pending_updates", false}});
}

HttpCall get_webhook_info(const BotApi& api) {
  return api.call("getWebhookInfo", Json::object());
}

Result<BotIdentity> parse_get_me(const HttpAnswer& answer) {
  const Result<Json> result = result_of(answer);
  if (!result) return result.problem();
  return BotIdentity{integer_of(member(result.value(), "id")).value_or(0), word_of(member(result.value(), "username")),
                     name_of(member(result.value(), "first_name"))};
}

Result<bool> parse_done(const HttpAnswer& answer) {
  const Result<Json> result = result_of(answer);
  if (!result) return result.problem();
  return flag_of(result.value());
}

Result<WebhookInfo> parse_webhook_info(const HttpAnswer& answer) {
  const Result<Json> result = result_of(answer);
  if (!result) return result.problem();
  const Json& value = result.value();
  WebhookInfo info;
  info.url = text_of(member(value, "url"));
  info.pending_updates = integer_of(member(value, "pending_update_count")).value_or(0);
  info.last_error_at = moment_of(integer_of(member(value, "last_error_date")));
  info.last_error = name_of(member(value, "last_error_message"));
  for (const Json& kind : elements(member(value, "allowed_updates"))) info.allowed_updates.push_back(word_of(kind));
  return info;
}

}  // namespace sahut::adapters::telegram
