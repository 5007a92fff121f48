#include "adapters/telegram/registration.hpp"

#include <algorithm>
#include <array>

#include "adapters/message_time.hpp"
#include "adapters/telegram/answer.hpp"

namespace sahut::adapters::telegram {
namespace {

/// As many calls at once as Telegram makes by default; order holds within a chat anyway.
constexpr int connections = 40;
constexpr std::int64_t recent_ms = 3600 * 1000;
constexpr std::int64_t many_pending = 100;

/// The part between "https://" and the next "/".
std::string_view authority_of(std::string_view url) {
  url.remove_prefix(std::string_view("https://").size());
  return url.substr(0, url.find('/'));
}

std::string cure_of_delivery(const std::string& error) {
  struct Row {
    std::string_view words;
    std::string_view cure;
  };
  constexpr std::array<Row, 7> rows = {
      {{"certificate",
        "The certificate must be valid and its chain complete; test it with a browser on another network."},
       {"SSL", "The certificate must be valid and its chain complete; test it with a browser on another network."},
       {"Connection refused", "Nothing listens at public_url: check the reverse proxy and the firewall."},
       {"timed out", "The address did not answer in time: check the firewall and the server's load."},
       {"401", "Telegram sends another secret_token than the configured one: run `sahut setup telegram` again."},
       {"404", "The path is wrong: public_url must lead to this server, and the channel's name must match."},
       {"resolve host", "The host name of public_url is not in the public DNS."}}};
  for (const Row& row : rows) {
    if (error.find(row.words) != std::string::npos) return std::string(row.cure);
  }
  return "See the server's log of that minute.";
}

}  // namespace

std::optional<Problem> check_webhook_url(const std::string& url) {
  const auto bad = [&](std::string what, std::string cure) {
    return Problem{"bad_webhook_url", "server.public_url", std::move(what), std::move(cure)};
  };
  if (!url.starts_with("https://")) {
    return bad("Telegram calls https:// addresses only.",
               "Put a reverse proxy with a certificate before the server, or use mode = \"polling\".");
  }
  const std::string_view authority = authority_of(url);
  const std::size_t colon = authority.rfind(':');
  const std::string_view host = authority.substr(0, colon);
  if (colon != std::string_view::npos) {
    const std::string_view port = authority.substr(colon + 1);
    constexpr std::array<std::string_view, 4> ports = {"443", "80", "88", "8443"};
    if (std::find(ports.begin(), ports.end(), port) == ports.end()) {
      return bad("Telegram calls the ports 443, 80, 88 and 8443 only.", "Let the reverse proxy listen on one of them.");
    }
  }
  if (host.empty() || host == "localhost" || host.starts_with("127.") || host.starts_with("10.") ||
      host.starts_with("192.168.") || host.starts_with("[")) {
    return bad("This address cannot be reached from the internet by IPv4.",
               "Use a public host name, or mode = \"polling\".");
  }
  return std::nullopt;
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

std::vector<Problem> diagnose(const WebhookInfo& info, const std::string& expected_url, UnixMillis now) {
  std::vector<Problem> problems;
  if (info.url != expected_url) {
    if (expected_url.empty()) {
      problems.push_back({"webhook_is_set", "", "A webhook is set, so polling gets nothing.",
                          "Run `sahut setup telegram`: it removes the webhook."});
    } else {
      problems.push_back({"other_webhook", "",
                          info.url.empty() ? "No webhook is set." : "Telegram delivers to another address.",
                          "Run `sahut setup telegram`."});
    }
  }
  if (info.last_error_at.known() && now.ms_since(info.last_error_at) < recent_ms) {
    problems.push_back({"delivery_fails", "", "Telegram's last delivery failed: " + info.last_error + ".",
                        cure_of_delivery(info.last_error)});
  }
  if (info.pending_updates > many_pending) {
    problems.push_back({"pending", "", std::to_string(info.pending_updates) + " updates wait at Telegram.",
                        "They come by themselves once deliveries succeed; Telegram drops them after 24 hours."});
  }
  for (const char* const kind : wanted_updates) {
    const auto& allowed = info.allowed_updates;
    if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), kind) == allowed.end()) {
      problems.push_back({"updates_missing", "", std::string("Telegram was told not to send \"") + kind + "\".",
                          "Run `sahut setup telegram`."});
    }
  }
  return problems;
}

}  // namespace sahut::adapters::telegram
