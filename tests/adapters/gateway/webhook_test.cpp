// Is it the gateway's? Four schemes, row by row.
#include <gtest/gtest.h>

#include "adapters/gateway/base64.hpp"
#include "adapters/hmac.hpp"
#include "tests/adapters/described.hpp"

namespace sahut::adapters::gateway::test {
namespace {

using namespace sahut::adapters::test;

const std::string body = R"({"event":"x","data":{}})";

std::string mac(const std::string& secret, Digest digest, const std::string& bytes = body) {
  return to_hex(HmacKey(secret, digest).sign(bytes));
}

void expect(const Channel& channel, const Headers& headers, int status, const char* what) {
  const auto verdict = channel.receive(post(body, headers), noon);
  EXPECT_EQ(verdict.status, status) << what;
  EXPECT_EQ(verdict.events.empty(), status != 200) << what;
}

TEST(GatewayWebhook, waha_signs_with_sha512) {
  const auto channel = made("gateway", {{"profile", "waha"},
                                        {"secret", "kunci"},
                                        {"secret", "kunci-baru"},
                                        {"api_key", "k"},
                                        {"api_base", "http://waha:3000"}});
  expect(*channel, {{"x-webhook-hmac", mac("kunci", Digest::sha512)}}, 200, "right");
  expect(*channel, {{"X-Webhook-Hmac", mac("kunci-baru", Digest::sha512)}}, 200, "the other secret");
  expect(*channel, {{"X-Webhook-Hmac", mac("lain", Digest::sha512)}}, 401, "wrong secret");
  expect(*channel, {{"X-Webhook-Hmac", mac("kunci", Digest::sha256)}, {"X-Webhook-Hmac-Algorithm", "sha256"}}, 401,
         "the weaker digest");
  expect(*channel, {{"X-Webhook-Hmac", mac("kunci", Digest::sha512, "{}")}}, 401, "another body");
  expect(*channel, {}, 401, "none");
}

TEST(GatewayWebhook, gowa_signs_as_meta_does) {
  const auto channel = made("gateway", {{"profile", "gowa"},
                                        {"secret", "kunci"},
                                        {"username", "a"},
                                        {"password", "b"},
                                        {"device_id", "d"},
                                        {"api_base", "http://gowa:3000"}});
  expect(*channel, {{"X-Hub-Signature-256", "sha256=" + mac("kunci", Digest::sha256)}}, 200, "right");
  expect(*channel, {{"X-Hub-Signature-256", mac("kunci", Digest::sha256)}}, 401, "no prefix");
  expect(*channel, {{"X-Hub-Signature-256", "sha256=" + mac("secret", Digest::sha256)}}, 401, "the default secret");
}

/// base64url without padding, by way of the standard alphabet.
std::string encoded(const std::string& bytes) {
  std::string text = base64(bytes);
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  while (text.ends_with('=')) text.pop_back();
  return text;
}

std::string token(const std::string& header, const std::string& payload, const std::string& secret) {
  const std::string signed_part = encoded(header) + "." + encoded(payload);
  return "Bearer " + signed_part + "." + encoded(HmacKey(secret, Digest::sha256).sign(signed_part));
}

TEST(GatewayWebhook, evolution_shows_a_token_that_is_signed_and_fresh) {
  const auto channel = made("gateway", {{"profile", "evolution"},
                                        {"secret", "kunci"},
                                        {"api_key", "k"},
                                        {"instance", "kota"},
                                        {"api_base", "http://evo:8080"}});
  const std::string hs256 = R"({"alg":"HS256","typ":"JWT"})";
  const auto expiring = [](std::int64_t seconds) {
    return R"({"app":"evolution","exp":)" + std::to_string(noon_s + seconds) + "}";
  };
  struct Row {
    const char* what;
    std::string authorization;
    int status;
  };
  const Row rows[] = {{"fresh", token(hs256, expiring(600), "kunci"), 200},
                      {"just expired: clocks differ", token(hs256, expiring(-30), "kunci"), 200},
                      {"expired", token(hs256, expiring(-61), "kunci"), 401},
                      {"without an expiry", token(hs256, "{}", "kunci"), 401},
                      {"an expiry beyond reason", token(hs256, R"({"exp":9223372036854775807})", "kunci"), 401},
                      {"wrong secret", token(hs256, expiring(600), "lain"), 401},
                      {"another algorithm", token(R"({"alg":"HS512"})", expiring(600), "kunci"), 401},
                      {"no algorithm", token(R"({"alg":"none"})", expiring(600), "kunci"), 401},
                      {"unsigned", "Bearer " + encoded(R"({"alg":"none"})") + "." + encoded(expiring(600)) + ".", 401},
                      {"two parts", "Bearer a.b", 401},
                      {"four parts", token(hs256, expiring(600), "kunci") + ".x", 401},
                      {"not a token", "Bearer kunci", 401},
                      {"another scheme", "Basic " + token(hs256, expiring(600), "kunci").substr(7), 401},
                      {"empty", "", 401}};
  for (const Row& row : rows) expect(*channel, {{"Authorization", row.authorization}}, row.status, row.what);
}

TEST(GatewayWebhook, fonnte_is_known_by_its_address) {
  const auto channel = made("gateway", {{"profile", "fonnte"}, {"secret", "delapan-belas-huruf"}, {"api_key", "k"}});
  WebhookRequest request = post(body);
  for (const char* const wrong : {"", "delapan-belas-huru", "delapan-belas-huruF"}) {
    request.path_secret = wrong;
    EXPECT_EQ(channel->receive(request, noon).status, 401) << wrong;
  }
  request.path_secret = "delapan-belas-huruf";
  EXPECT_EQ(channel->receive(request, noon).status, 200);
  request.method = "GET";
  EXPECT_EQ(channel->receive(request, noon).status, 405);
}

TEST(GatewayWebhook, answers_400_to_an_authentic_body_that_is_not_json) {
  const auto channel = made("gateway", {{"profile", "fonnte"}, {"secret", "delapan-belas-huruf"}, {"api_key", "k"}});
  WebhookRequest request = post("sender=62855");
  request.path_secret = "delapan-belas-huruf";
  EXPECT_EQ(channel->receive(request, noon).status, 400);
}

TEST(GatewayBase64, reads_strictly_what_a_token_may_hold) {
  EXPECT_EQ(base64("Aladdin:open sesame"), "QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(from_base64url("QWxhZGRpbg"), "Aladdin");
  EXPECT_EQ(from_base64url("-_-_"), "\xFB\xFF\xBF");
  EXPECT_EQ(from_base64url(""), "");
  for (const char* const bad : {"QWxh=", "A", "QW xh", "+/+/"}) EXPECT_FALSE(from_base64url(bad)) << bad;
}

}  // namespace
}  // namespace sahut::adapters::gateway::test
