// What a Telegram bot's own answers say about its state.
#pragma once

#include <span>
#include <vector>

#include "adapters/examination.hpp"
#include "adapters/telegram/bot_api.hpp"

namespace sahut::adapters::telegram {

/// getMe and getWebhookInfo.
[[nodiscard]] std::vector<Probe> probes(const BotApi& api);

/// The token, then the webhook (or that none is in the way of polling), then what Telegram says of its deliveries.
/// REQUIRES: the answers to probes(), in that order.
[[nodiscard]] std::vector<Check> examine(std::span<const HttpAnswer> answers, const Settings& settings,
                                         const ExaminationContext& context);

/// Of getMe alone.
[[nodiscard]] Check check_token(const HttpAnswer& answer);

/// Of setWebhook or deleteWebhook: nothing if Telegram did it.
[[nodiscard]] std::optional<Check> refusal_of_registration(const HttpAnswer& answer);

/// Of deleteWebhook after which polling may begin: done, or why not.
[[nodiscard]] Check judge_removal(const HttpAnswer& answer);

/// What is wrong with our address before Telegram is asked: nothing if it may be registered.
[[nodiscard]] std::optional<Check> check_address(const std::string& webhook_url);

}  // namespace sahut::adapters::telegram
