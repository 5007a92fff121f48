// Telling Telegram where we are, for `sahut setup telegram`, and asking it what it knows: calls, and their answers as
// values. What they mean is in examine.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http_call.hpp"
#include "adapters/telegram/bot_api.hpp"
#include "values/problem.hpp"
#include "values/time.hpp"

namespace sahut::adapters::telegram {

/// Telegram's own conditions for a webhook address: https, a port of 443, 80, 88 or 8443, a host the internet reaches
/// by IPv4.
enum class AddressFault { none, not_https, wrong_port, private_address };
[[nodiscard]] AddressFault fault_of_webhook_url(std::string_view url);

[[nodiscard]] HttpCall get_me(const BotApi& api);
[[nodiscard]] HttpCall set_webhook(const BotApi& api, const std::string& url, const std::string& secret_token);
[[nodiscard]] HttpCall delete_webhook(const BotApi& api);
[[nodiscard]] HttpCall get_webhook_info(const BotApi& api);

struct BotIdentity {
  std::int64_t id = 0;
  std::string username;  ///< without "@"
  std::string name;
};
[[nodiscard]] Result<BotIdentity> parse_get_me(const HttpAnswer& answer);

/// True as Telegram says it of setWebhook and deleteWebhook.
[[nodiscard]] Result<bool> parse_done(const HttpAnswer& answer);

struct WebhookInfo {
  std::string url;  ///< empty: none is set
  std::int64_t pending_updates = 0;
  UnixMillis last_error_at;
  std::string last_error;
  std::vector<std::string> allowed_updates;  ///< empty: Telegram's default
};
[[nodiscard]] Result<WebhookInfo> parse_webhook_info(const HttpAnswer& answer);

}  // namespace sahut::adapters::telegram
