// WhatsApp webhooks of our own making: own numbers, own words.
#pragma once

#include <string>

#include "adapters/channel.hpp"
#include "adapters/hmac.hpp"
#include "tests/adapters/described.hpp"

namespace sahut::adapters::whatsapp::test {

using namespace sahut::adapters::test;  // NOLINT: a header of tests

inline const ChannelSettings settings = {
    {"phone_number_id", "555000111222"}, {"access_token", "EAAtoken"},   {"app_secret", "rahasia-lama"},
    {"app_secret", "rahasia-baru"},      {"verify_token", "kata-kunci"}, {"api_base", "https://graph.example/v25.0/"}};

/// A body with one change for our number; `value` are further members of it.
inline std::string body(const std::string& value) {
  return R"({"object":"whatsapp_business_account","entry":[{"id":"9","changes":[{"field":"messages","value":{)"
         R"("messaging_product":"whatsapp","metadata":{"display_phone_number":"62542","phone_number_id":"555000111222"})" +
         (value.empty() ? "" : "," + value) + "}}]}]}";
}

inline constexpr const char* wati =
    R"("contacts":[{"profile":{"name":"Wati"},"wa_id":"6285500112233","user_id":"ID.wati1"}])";

/// A message of Wati at noon with these members besides.
inline std::string of_wati(const std::string& members, const std::string& id = "wamid.A") {
  std::string text = wati;
  text += R"(,"messages":[{"from":"6285500112233","from_user_id":"ID.wati1","timestamp":"1795485600","id":")";
  text += id;
  text += "\",";
  text += members;
  text += "}]";
  return text;
}

inline std::string signature(std::string_view bytes, std::string_view secret = "rahasia-baru") {
  return "sha256=" + to_hex(HmacKey(secret, Digest::sha256).sign(bytes));
}

inline WebhookRequest signed_post(std::string_view bytes) {
  return post(bytes, {{"x-hub-signature-256", signature(bytes)}});
}

}  // namespace sahut::adapters::whatsapp::test
