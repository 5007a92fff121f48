#include "bench/webhooks.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <ctime>
#include <string_view>

namespace sahut::bench {
namespace {

std::string body_of(std::size_t number, std::size_t contact, std::string_view run, std::string_view now) {
  const std::string phone = "62812" + std::to_string(10'000'000 + contact);
  std::string body =
      R"({"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":)"
      R"({"messaging_product":"whatsapp","metadata":{"display_phone_number":"6254270001",)"
      R"("phone_number_id":"110000000000001"},"contacts":[{"profile":{"name":"X"},"wa_id":")";
  body.append(phone).append(R"("}],"messages":[{"from":")").append(phone).append(R"(","id":"wamid.bench)");
  body.append(run).append("x").append(std::to_string(number)).append(R"(","timestamp":")").append(now);
  return body.append(R"(","type":"text","text":{"body":"ktp ilang gmn ngurusnya min"}}]}}]}]})");
}

std::string signature_of(std::string_view body, std::string_view secret) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(body.data()), body.size(), digest.data(), &size);
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    text += digits[digest[i] >> 4U];
    text += digits[digest[i] & 15U];
  }
  return text;
}

}  // namespace

std::vector<std::string> signed_webhooks(const WebhookPlan& plan) {
  const std::string now = std::to_string(std::time(nullptr));
  timespec moment{};
  clock_gettime(CLOCK_REALTIME, &moment);
  const std::string run = std::to_string(moment.tv_sec) + std::to_string(moment.tv_nsec);  // ids of two runs differ
  std::vector<std::string> requests;
  requests.reserve(plan.messages);
  for (std::size_t i = 0; i < plan.messages; ++i) {
    const std::string body = body_of(i, i % plan.contacts, run, now);
    requests.push_back("POST " + plan.path + " HTTP/1.1\r\nHost: " + plan.host +
                       "\r\nUser-Agent: facebookexternalua\r\nAccept: */*\r\nContent-Type: application/json\r\n"
                       "X-Hub-Signature-256: sha256=" +
                       signature_of(body, plan.app_secret) + "\r\nContent-Length: " + std::to_string(body.size()) +
                       "\r\n\r\n" + body);
  }
  return requests;
}

}  // namespace sahut::bench
