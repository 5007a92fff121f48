// Meta's side of a WhatsApp channel as we ask about it and set it up: calls only; what their answers mean is in
// examine.hpp. The token travels in the Authorization header, and for debug_token also in the address: URLs of this
// file are secrets.
#pragma once

#include <string>

#include "adapters/channel.hpp"

namespace sahut::adapters::whatsapp {

constexpr const char* default_api_base = "https://graph.facebook.com/v25.0";

struct Account {
  std::string api_base;  ///< with the version, without a slash at the end
  std::string phone_number_id;
  std::string access_token;
  std::string waba_id;  ///< WhatsApp Business Account; may be empty
};

/// REQUIRES: settings that make_channel accepts.
[[nodiscard]] Account account_of(const ChannelSettings& settings);

/// The number, its state and what keeps Meta from sending (Meta: business-phone-numbers, support/health-status).
[[nodiscard]] HttpCall ask_number(const Account& account);
/// Which callback URLs this number's messages go to (Meta: webhooks/override).
[[nodiscard]] HttpCall ask_callback(const Account& account);
/// Whose token it is, what it may do, how long (Meta: debug_token).
[[nodiscard]] HttpCall ask_token(const Account& account);
/// Which apps hear of this WhatsApp account. REQUIRES: waba_id.
[[nodiscard]] HttpCall ask_subscriptions(const Account& account);
/// Makes the token's app hear of it; repeated, it changes nothing. REQUIRES: waba_id.
[[nodiscard]] HttpCall subscribe(const Account& account);

}  // namespace sahut::adapters::whatsapp
