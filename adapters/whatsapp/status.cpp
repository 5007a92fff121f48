#include "adapters/whatsapp/status.hpp"

#include <map>

#include "adapters/message_time.hpp"
#include "values/masking.hpp"

namespace sahut::adapters::whatsapp {

using conversation::DeliveryState;
using conversation::DeliveryUpdate;
using conversation::Ignored;

std::string error_words(const Json& error) {
  for (const Json* words :
       {&member(error, "error_data", "details"), &member(error, "message"), &member(error, "title")}) {
    if (const std::string text = name_of(*words); !text.empty()) return mask_numbers(text);
  }
  return {};
}

conversation::InboundEvent read_status(const Json& status) {
  static const std::map<std::string, DeliveryState, std::less<>> states = {
      {"sent", DeliveryState::sent},
      {"delivered", DeliveryState::delivered},
      {"read", DeliveryState::read},
      {"played", DeliveryState::read},  // of a voice message
      {"failed", DeliveryState::failed}};
  DeliveryUpdate update;
  update.external_id = word_of(member(status, "id"));
  if (update.external_id.empty()) return Ignored{"broken_item"};
  const auto state = states.find(word_of(member(status, "status")));
  if (state == states.end()) return Ignored{"unknown_status"};
  update.state = state->second;
  update.at = moment_of(integer_of(member(status, "timestamp")));
  update.correlation = word_of(member(status, "biz_opaque_callback_data"));
  update.pricing = word_of(member(status, "pricing", "type"));
  if (update.state == DeliveryState::failed) {
    const Json::array_t& errors = elements(member(status, "errors"));
    const Json& error = errors.empty() ? member(Json(), "") : errors.front();
    if (const auto code = integer_of(member(error, "code"))) update.error_code = std::to_string(*code);
    update.error_text = error_words(error);
  }
  return update;
}

}  // namespace sahut::adapters::whatsapp
