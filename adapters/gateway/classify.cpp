#include "adapters/gateway/classify.hpp"

#include <algorithm>

#include "adapters/gateway/jid.hpp"
#include "adapters/transport_verdict.hpp"

namespace sahut::adapters::gateway {
namespace {

constexpr std::size_t longest_refusal = 4096;  ///< bytes of an error body that are looked through

std::string small(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

}  // namespace

SendVerdict classify(const HttpAnswer& answer, const SendRules& rules) {
  if (const auto verdict = verdict_of_transport(answer)) return *verdict;
  const Result<Json> parsed = parse_json(answer.body);
  const Json body = parsed ? parsed.value() : Json();
  const bool good_status = answer.status >= 200 && answer.status < 300;
  const bool said_no = rules.failed && at(body, *rules.failed).is_boolean() && !flag_of(at(body, *rules.failed));
  if (good_status && !said_no) {
    SendVerdict verdict;
    verdict.kind = SendVerdict::Kind::accepted;
    verdict.external_id = after_last(first_word(body, rules.id), rules.id_after_last);
    return verdict;
  }
  SendVerdict verdict = verdict_of_status(answer);
  if (good_status) {
    verdict.kind = SendVerdict::Kind::refused;
    verdict.may_have_arrived = false;
    verdict.error_code = "refused";
    verdict.error_text = "The gateway refused the message.";
  }
  if (answer.status == 429) return verdict;
  const std::string words = small(answer.body.substr(0, longest_refusal));
  const auto failure = std::find_if(rules.failures.begin(), rules.failures.end(),
                                    [&](const Failure& one) { return words.find(one.words) != std::string::npos; });
  if (failure != rules.failures.end()) {
    verdict.kind = failure->kind;
    verdict.may_have_arrived = false;
    verdict.error_text = failure->meaning;
  }
  return verdict;
}

}  // namespace sahut::adapters::gateway
