// What Meta and Telegram would post to us when the simulated resident writes: the whole signed call, ready to be made.
// Pure: ids and moments come in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "adapters/http_call.hpp"
#include "conversation/outbound.hpp"
#include "values/time.hpp"

namespace sahut::server {

/// What the resident did on the phone: exactly one of the three.
struct PhoneInput {
  std::string text;
  std::optional<conversation::Choice> choice;
  bool from_menu = false;  ///< the choice was a row of WhatsApp's list, not a button
  struct Location {
    double latitude = 0;
    double longitude = 0;
  };
  std::optional<Location> location;
};

struct PhoneResident {
  std::string address;  ///< digits of a number, or a chat id
  std::string name;
};

struct WhatsAppDemoAccount {
  std::string phone_number_id;
  std::string app_secret;
};

[[nodiscard]] adapters::HttpCall whatsapp_webhook(const std::string& url, const WhatsAppDemoAccount& account,
                                                  const PhoneResident& resident, const PhoneInput& input,
                                                  const std::string& message_id, UnixMillis now);
/// A report on a message of ours: "delivered" or "read".
[[nodiscard]] adapters::HttpCall whatsapp_status_webhook(const std::string& url, const WhatsAppDemoAccount& account,
                                                         const PhoneResident& resident, const std::string& message_id,
                                                         const std::string& state, UnixMillis now);
[[nodiscard]] adapters::HttpCall telegram_webhook(const std::string& url, const std::string& secret_token,
                                                  const PhoneResident& resident, const PhoneInput& input,
                                                  std::int64_t update_id, UnixMillis now);

}  // namespace sahut::server
