#include "adapters/telegram/examine.hpp"

#include <algorithm>
#include <string>

#include "adapters/findings.hpp"
#include "adapters/telegram/answer.hpp"
#include "adapters/telegram/registration.hpp"
#include "values/masking.hpp"

namespace sahut::adapters::telegram {
namespace {

constexpr std::string_view channel = "telegram";

/// Telegram keeps the last error for ever; one that is older than this and was not repeated says nothing of today.
constexpr std::int64_t recent_ms = 3600 * 1000;
constexpr std::int64_t many_pending = 100;

/// Scheme and host: what follows may be another program's secret.
std::string short_url(const std::string& url) {
  const std::size_t scheme = url.find("://");
  const std::size_t end = url.find('/', scheme == std::string::npos ? 0 : scheme + 3);
  return end == std::string::npos ? url : url.substr(0, end + 1) + "…";
}

Check unanswered(const HttpAnswer& answer, const Problem& problem) {
  if (problem.code == "unreachable") return found(channel, "api_unreachable", {{"detail", answer.failure_text}});
  if (problem.code == "throttled") return found(channel, "api_throttled");
  if (problem.code == "unavailable") {
    return found(channel, "api_strange", {{"status", std::to_string(answer.status)}});
  }
  return found(channel, "token_refused");
}

Check check_webhook(const WebhookInfo& info, Mode mode, const std::string& expected) {
  const Words words = {{"url", short_url(info.url)}};
  if (mode == Mode::polling) return found(channel, info.url.empty() ? "polling_ok" : "webhook_blocks_polling", words);
  if (auto address = check_address(expected); address && !(expected.empty() && !info.url.empty())) {
    return *std::move(address);
  }
  if (expected.empty()) return found(channel, "webhook_unverified", words);
  if (info.url.empty()) return found(channel, "webhook_missing");
  return found(channel, info.url == expected ? "webhook_ok" : "webhook_elsewhere", words);
}

/// The last delivery that failed, if nothing came since.
std::optional<Check> check_delivery(const WebhookInfo& info, const ExaminationContext& context) {
  if (!info.last_error_at.known() || context.now.ms_since(info.last_error_at) >= recent_ms) return std::nullopt;
  if (context.last_received_at > info.last_error_at) return std::nullopt;
  const std::string waiting =
      info.pending_updates > 0 ? std::to_string(info.pending_updates) + " pesan menunggu di Telegram." : "";
  const Words words = {{"waiting", waiting}, {"words", mask_numbers(info.last_error)}};
  if (auto check = recognised(channel, "delivery", info.last_error, words)) return check;
  return found(channel, "delivery_other", words);
}

std::string missing_updates(const WebhookInfo& info) {
  std::string missing;
  if (info.allowed_updates.empty()) return missing;  // Telegram's default holds all of ours
  for (const char* const kind : wanted_updates) {
    const auto& allowed = info.allowed_updates;
    if (std::find(allowed.begin(), allowed.end(), kind) == allowed.end()) {
      missing += (missing.empty() ? "" : ", ") + std::string(kind);
    }
  }
  return missing;
}

}  // namespace

std::vector<Probe> probes(const BotApi& api) {
  std::vector<Probe> all;
  all.push_back({"getMe", get_me(api)});
  all.push_back({"getWebhookInfo", get_webhook_info(api)});
  return all;
}

Check check_token(const HttpAnswer& answer) {
  const auto me = parse_get_me(answer);
  if (!me.ok()) return unanswered(answer, me.problem());
  return found(channel, "token_ok", {{"bot", me->username}});
}

std::optional<Check> check_address(const std::string& webhook_url) {
  if (webhook_url.empty()) return found(channel, "no_public_url");
  switch (fault_of_webhook_url(webhook_url)) {
    case AddressFault::not_https:
      return found(channel, "not_https");
    case AddressFault::wrong_port:
      return found(channel, "wrong_port");
    case AddressFault::private_address:
      return found(channel, "private_address");
    case AddressFault::none:
      break;
  }
  return std::nullopt;
}

std::optional<Check> refusal_of_registration(const HttpAnswer& answer) {
  const auto done = parse_done(answer);
  if (done.ok()) return std::nullopt;
  if (done.problem().code != "refused") return unanswered(answer, done.problem());
  const std::string said = description_of(answer);
  const Words words = {{"words", mask_numbers(said)}};
  if (auto check = recognised(channel, "registration", said, words)) return check;
  return found(channel, "register_refused", words);
}

Check judge_removal(const HttpAnswer& answer) {
  auto refusal = refusal_of_registration(answer);
  return refusal ? *std::move(refusal) : found(channel, "webhook_removed");
}

std::vector<Check> examine(std::span<const HttpAnswer> answers, const Settings& settings,
                           const ExaminationContext& context) {
  std::vector<Check> checks;
  checks.push_back(check_token(answers[0]));
  if (checks.front().status != Check::Status::ok) return checks;  // every other answer is the same
  const auto info = parse_webhook_info(answers[1]);
  if (!info.ok()) {
    checks.push_back(info.problem().code == "refused"
                         ? found(channel, "info_refused", {{"words", description_of(answers[1])}})
                         : unanswered(answers[1], info.problem()));
    return checks;
  }
  checks.push_back(check_webhook(*info, settings.mode, context.webhook_url));
  if (settings.mode == Mode::webhook && !info->url.empty()) {
    if (auto delivery = check_delivery(*info, context)) checks.push_back(*std::move(delivery));
    if (const std::string kinds = missing_updates(*info); !kinds.empty()) {
      checks.push_back(found(channel, "updates_missing", {{"kinds", kinds}}));
    }
  }
  if (info->pending_updates > many_pending) {
    checks.push_back(found(channel, "backlog", {{"count", std::to_string(info->pending_updates)}}));
  }
  return checks;
}

}  // namespace sahut::adapters::telegram
