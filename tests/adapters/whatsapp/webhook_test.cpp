// Is it Meta's? Before a byte of the body is believed.
#include <gtest/gtest.h>

#include "tests/adapters/whatsapp/sample.hpp"

namespace sahut::adapters::whatsapp::test {
namespace {

const std::string question = body(of_wati(R"("type":"text","text":{"body":"KTP — é"})"));

TEST(WhatsAppWebhook, believes_a_signature_by_either_secret) {
  const auto channel = made("whatsapp", settings);
  for (const char* const secret : {"rahasia-lama", "rahasia-baru"}) {
    const auto verdict = channel->receive(post(question, {{"X-Hub-Signature-256", signature(question, secret)}}), noon);
    EXPECT_EQ(verdict.status, 200) << secret;
    EXPECT_EQ(verdict.events.size(), 1U) << secret;
  }
}

TEST(WhatsAppWebhook, refuses_every_other_signature) {
  const auto channel = made("whatsapp", settings);
  const std::string good = signature(question);
  std::string upper = good;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  const Headers rows[] = {{},
                          {{"X-Hub-Signature-256", signature(question, "lain")}},
                          {{"X-Hub-Signature-256", signature(question + " ")}},
                          {{"X-Hub-Signature-256", good.substr(7)}},
                          {{"X-Hub-Signature-256", good.substr(0, 40)}},
                          {{"X-Hub-Signature-256", "sha256="}},
                          {{"X-Hub-Signature-256", upper}},
                          {{"X-Hub-Signature-256", ""}},
                          {{"X-Hub-Signature-256", good}, {"X-Hub-Signature-256", good}},
                          {{"X-Hub-Signature", "sha1=b6"}}};
  for (const Headers& headers : rows) {
    const auto verdict = channel->receive(post(question, headers), noon);
    EXPECT_EQ(verdict.status, 401);
    EXPECT_TRUE(verdict.events.empty());
    EXPECT_EQ(verdict.reason, "bad_signature");
  }
}

TEST(WhatsAppWebhook, answers_400_to_a_signed_body_that_is_not_json) {
  const auto channel = made("whatsapp", settings);
  for (const std::string& bytes :
       {std::string("ini {bukan"), std::string("[]"), std::string(100'000, '['), std::string("[1e999]")}) {
    const auto verdict = channel->receive(signed_post(bytes), noon);
    EXPECT_EQ(verdict.status, 400);
    EXPECT_TRUE(verdict.events.empty());
  }
}

struct Handshake {
  std::map<std::string, std::string> query;
  int status;
  const char* says;
};

TEST(WhatsAppWebhook, shakes_hands_with_the_right_token_only) {
  const auto channel = made("whatsapp", settings);
  const Handshake rows[] = {
      {{{"hub.mode", "subscribe"}, {"hub.challenge", "1158"}, {"hub.verify_token", "kata-kunci"}}, 200, "1158"},
      {{{"hub.mode", "subscribe"}, {"hub.challenge", "1158"}, {"hub.verify_token", "salah"}}, 403, "verify token"},
      {{{"hub.mode", "subscribe"}, {"hub.challenge", "1158"}}, 403, "verify token"},
      {{{"hub.mode", "unsubscribe"}, {"hub.challenge", "1158"}, {"hub.verify_token", "kata-kunci"}},
       403,
       "verify token"},
      {{{"hub.mode", "subscribe"}, {"hub.verify_token", "kata-kunci"}}, 403, "verify token"},
      {{}, 403, "callback URL"}};
  for (const Handshake& row : rows) {
    WebhookRequest request;
    request.method = "GET";
    request.query = row.query;
    const auto verdict = channel->receive(request, noon);
    EXPECT_EQ(verdict.status, row.status);
    EXPECT_NE(verdict.body.find(row.says), std::string::npos) << verdict.body;
    EXPECT_EQ(verdict.body.find("1158") == std::string::npos, row.status != 200);
  }
}

TEST(WhatsAppWebhook, keeps_to_the_pace_of_meta) {
  const Pace pace = made("whatsapp", settings)->pace();
  EXPECT_EQ(pace.contact_burst, 45);
  EXPECT_EQ(pace.contact_interval_ms, 6000);
  EXPECT_EQ(pace.channel_per_second, 80);
}

}  // namespace
}  // namespace sahut::adapters::whatsapp::test
