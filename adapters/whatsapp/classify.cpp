#include "adapters/whatsapp/classify.hpp"

#include "adapters/json_reader.hpp"
#include "adapters/transport_verdict.hpp"
#include "adapters/whatsapp/status.hpp"

namespace sahut::adapters::whatsapp {
namespace {

SendVerdict accepted_or_doubt(const Json& body) {
  SendVerdict verdict;
  const Json::array_t& messages = elements(member(body, "messages"));
  if (!messages.empty()) verdict.external_id = word_of(member(messages.front(), "id"));
  if (!verdict.external_id.empty()) {
    verdict.kind = SendVerdict::Kind::accepted;
    return verdict;
  }
  verdict.kind = SendVerdict::Kind::retry;
  verdict.may_have_arrived = true;
  verdict.error_code = "no_message_id";
  verdict.error_text = "WhatsApp accepted the request but named no message.";
  return verdict;
}

}  // namespace

SendVerdict classify(const HttpAnswer& answer, const ErrorTable& table) {
  if (const auto verdict = verdict_of_transport(answer)) return *verdict;
  const Result<Json> parsed = parse_json(answer.body);
  const Json body = parsed ? parsed.value() : Json();
  const Json& error = member(body, "error");
  const auto code = integer_of(member(error, "code"));
  if (!code) {
    return answer.status >= 200 && answer.status < 300 ? accepted_or_doubt(body) : verdict_of_status(answer);
  }

  SendVerdict verdict;
  verdict.error_code = std::to_string(*code);
  const std::string words = error_words(error);
  const ErrorMeaning* const meaning = table.find(*code, integer_of(member(error, "error_subcode")).value_or(0));
  if (meaning == nullptr) {
    verdict.kind = SendVerdict::Kind::retry;
    verdict.may_have_arrived = answer.status >= 500;
    verdict.error_text = "Unknown WhatsApp error " + verdict.error_code + ": " + words;
    return verdict;
  }
  verdict.kind = meaning->kind;
  // Meta's servers may have failed after they took it.
  verdict.may_have_arrived = verdict.kind == SendVerdict::Kind::retry && answer.status >= 500;
  verdict.error_text = meaning->meaning + (words.empty() ? "" : " " + words);
  if (verdict.kind == SendVerdict::Kind::wait) {
    verdict.whole_channel = meaning->whole_channel;
    verdict.retry_after_ms = retry_after_ms(answer.headers).value_or(meaning->wait_ms);
  }
  return verdict;
}

}  // namespace sahut::adapters::whatsapp
