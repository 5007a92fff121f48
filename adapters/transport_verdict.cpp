#include "adapters/transport_verdict.hpp"

namespace sahut::adapters {

std::optional<SendVerdict> verdict_of_transport(const HttpAnswer& answer) {
  if (answer.failure == TransportFailure::none) return std::nullopt;
  SendVerdict verdict;
  verdict.kind = SendVerdict::Kind::retry;
  verdict.may_have_arrived = answer.failure == TransportFailure::broken;
  verdict.error_code = verdict.may_have_arrived ? "no_answer" : "not_reached";
  verdict.error_text = answer.failure_text;
  return verdict;
}

SendVerdict verdict_of_status(const HttpAnswer& answer) {
  SendVerdict verdict;
  verdict.error_code = "http_" + std::to_string(answer.status);
  verdict.error_text = "The service answered with HTTP status " + std::to_string(answer.status) + ".";
  if (answer.status == 401 || answer.status == 403 || answer.status == 404) {
    verdict.kind = SendVerdict::Kind::channel_down;
  } else if (answer.status == 429) {
    verdict.kind = SendVerdict::Kind::wait;
    verdict.whole_channel = true;
    verdict.retry_after_ms = retry_after_ms(answer.headers).value_or(default_wait_ms);
  } else if (answer.status >= 400 && answer.status < 500 && answer.status != 408) {
    verdict.kind = SendVerdict::Kind::refused;
  } else {
    verdict.kind = SendVerdict::Kind::retry;
    verdict.may_have_arrived = true;
    if (const auto wait = retry_after_ms(answer.headers)) verdict.retry_after_ms = *wait;
  }
  return verdict;
}

}  // namespace sahut::adapters
