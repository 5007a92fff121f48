#include "adapters/whatsapp/account.hpp"

namespace sahut::adapters::whatsapp {
namespace {

std::string first_of(const ChannelSettings& settings, const std::string& key, const std::string& otherwise) {
  const auto setting = settings.find(key);
  return setting == settings.end() || setting->second.empty() ? otherwise : setting->second;
}

HttpCall call(const Account& account, const std::string& method, const std::string& path) {
  HttpCall call;
  call.method = method;
  call.url = account.api_base + path;
  call.headers = {{"Authorization", "Bearer " + account.access_token}};
  return call;
}

}  // namespace

Account account_of(const ChannelSettings& settings) {
  Account account{.api_base = first_of(settings, "api_base", default_api_base),
                  .phone_number_id = first_of(settings, "phone_number_id", ""),
                  .access_token = first_of(settings, "access_token", ""),
                  .waba_id = first_of(settings, "waba_id", "")};
  while (account.api_base.ends_with('/')) account.api_base.pop_back();
  return account;
}

HttpCall ask_number(const Account& account) {
  return call(account, "GET",
              "/" + account.phone_number_id +
                  "?fields=display_phone_number,verified_name,status,platform_type,quality_rating,health_status");
}

HttpCall ask_callback(const Account& account) {
  return call(account, "GET", "/" + account.phone_number_id + "?fields=webhook_configuration");
}

HttpCall ask_token(const Account& account) {
  return call(account, "GET", "/debug_token?input_token=" + percent_encoded(account.access_token));
}

HttpCall ask_subscriptions(const Account& account) {
  return call(account, "GET", "/" + account.waba_id + "/subscribed_apps");
}

HttpCall subscribe(const Account& account) {
  return call(account, "POST", "/" + account.waba_id + "/subscribed_apps");
}

}  // namespace sahut::adapters::whatsapp
