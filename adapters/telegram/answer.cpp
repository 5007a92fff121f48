#include "adapters/telegram/answer.hpp"

namespace sahut::adapters::telegram {
namespace {

Json body_of(const HttpAnswer& answer) {
  auto parsed = parse_json(answer.body);
  return parsed ? std::move(parsed).value() : Json();
}

}  // namespace

Result<Json> result_of(const HttpAnswer& answer) {
  if (answer.failure != TransportFailure::none) {
    return Problem{"unreachable", "", "Telegram did not answer: " + answer.failure_text + ".",
                   "Check that this machine reaches api.telegram.org on port 443, or set api_base."};
  }
  const Json body = body_of(answer);
  if (flag_of(member(body, "ok")) && !member(body, "result").is_null()) return member(body, "result");

  const std::string words = name_of(member(body, "description"));
  const auto status = integer_of(member(body, "error_code")).value_or(answer.status);
  if (status == 401 || status == 404) {
    return Problem{"unauthorised", "", "Telegram does not know this bot token (" + words + ").",
                   "Copy bot_token anew from @BotFather; /revoke makes old ones invalid. Check api_base if it is set."};
  }
  if (status == 409) {
    return Problem{
        "conflict", "", "Somebody else receives this bot's messages: " + words + ".",
        "Run one server a bot. With mode = \"polling\", no webhook may be set: `sahut setup telegram` removes it."};
  }
  if (status == 429) {
    return Problem{"throttled", "", "Telegram asks for a pause: " + words + ".", "Wait and try again."};
  }
  if (status >= 400 && status < 500) return Problem{"refused", "", "Telegram refused: " + words + ".", ""};
  return Problem{"unavailable", "", "The answer is not Telegram's (HTTP status " + std::to_string(answer.status) + ").",
                 "Try again in a minute. If it stays, check api_base and any proxy in between."};
}

std::string description_of(const HttpAnswer& answer) {
  return name_of(member(body_of(answer), "description"));
}

std::optional<std::int64_t> throttled_ms(const HttpAnswer& answer) {
  const auto wait_s = integer_of(member(body_of(answer), "parameters", "retry_after"));
  if (wait_s && *wait_s >= 0 && *wait_s <= longest_retry_after_s) return *wait_s * 1000;
  return retry_after_ms(answer.headers);
}

}  // namespace sahut::adapters::telegram
