// getMe and getWebhookInfo as Telegram answers them → what the operator is told.
#include "adapters/telegram/examine.hpp"

#include "tests/adapters/described.hpp"
#include "tests/adapters/examined.hpp"

namespace sahut::adapters::telegram::test {
namespace {

using namespace sahut::adapters::test;

const std::string here = "https://kota.example/webhooks/tg";

HttpAnswer me() {
  return answered(
      200, R"({"ok":true,"result":{"id":4242,"is_bot":true,"first_name":"Kota","username":"layanan_kota_bot"}})");
}
HttpAnswer refused(int status, const std::string& words) {
  return answered(status,
                  R"({"ok":false,"error_code":)" + std::to_string(status) + R"(,"description":")" + words + "\"}");
}
HttpAnswer info(const std::string& members) {
  return answered(200, R"({"ok":true,"result":{)" + members + "}}");
}
/// A webhook that is ours, with a last error of ten minutes ago.
HttpAnswer failing(const std::string& words, int pending = 7) {
  return info(R"("url":")" + here + R"(","pending_update_count":)" + std::to_string(pending) +
              R"(,"last_error_date":)" + std::to_string(noon_s - 600) + R"(,"last_error_message":")" + words + "\"");
}
const std::string ours = R"("url":"https://kota.example/webhooks/tg","pending_update_count":0)";
const std::string none = R"("url":"","pending_update_count":0)";

struct ExaminationRow {
  const char* mode;
  std::string url;
  HttpAnswer me;
  HttpAnswer info;
  Codes codes;
};

const std::vector<ExaminationRow>& rows() {
  static const std::vector<ExaminationRow> all = {
      {"webhook", here, me(), info(ours), {"token_ok", "webhook_ok"}},
      {"webhook", here, refused(401, "Unauthorized"), info(ours), {"token_refused"}},
      {"webhook", here, refused(404, "Not Found"), info(ours), {"token_refused"}},
      {"webhook", here, refused(429, "Too Many Requests: retry after 5"), info(ours), {"api_throttled"}},
      {"webhook", here, answered(502, "<html>"), info(ours), {"api_strange"}},
      {"webhook", here, answered(200, "<html>"), info(ours), {"api_strange"}},
      {"webhook", here, silent("cannot connect: Connection refused"), silent("x"), {"api_unreachable"}},
      {"webhook", here, me(), silent("no answer in time", TransportFailure::broken), {"token_ok", "api_unreachable"}},
      {"webhook", here, me(), refused(400, "Bad Request: x"), {"token_ok", "info_refused"}},
      // where Telegram delivers
      {"webhook", here, me(), info(none), {"token_ok", "webhook_missing"}},
      {"webhook", here, me(), info(R"("url":"https://lama.example/rahasia/tg")"), {"token_ok", "webhook_elsewhere"}},
      {"webhook", "", me(), info(none), {"token_ok", "no_public_url"}},
      {"webhook", "", me(), info(ours), {"token_ok", "webhook_unverified"}},
      {"webhook", "http://kota.example/webhooks/tg", me(), info(none), {"token_ok", "not_https"}},
      {"webhook", "https://kota.example:8080/webhooks/tg", me(), info(none), {"token_ok", "wrong_port"}},
      {"webhook", "https://192.168.1.5/webhooks/tg", me(), info(none), {"token_ok", "private_address"}},
      {"webhook", "https://172.20.0.4/webhooks/tg", me(), info(none), {"token_ok", "private_address"}},
      {"webhook", "https://localhost/webhooks/tg", me(), info(none), {"token_ok", "private_address"}},
      {"polling", "", me(), info(none), {"token_ok", "polling_ok"}},
      {"polling", here, me(), info(ours), {"token_ok", "webhook_blocks_polling"}},
      {"polling", "", me(), info(R"("url":"","pending_update_count":500)"), {"token_ok", "polling_ok", "backlog"}},
      // what Telegram says of its deliveries, in its own words
      {"webhook",
       here,
       me(),
       failing("SSL error {error:0A000086:SSL routines::certificate verify failed}"),
       {"token_ok", "webhook_ok", "delivery_certificate"}},
      {"webhook", here, me(), failing("Connection refused"), {"token_ok", "webhook_ok", "delivery_refused"}},
      {"webhook", here, me(), failing("Connection timed out"), {"token_ok", "webhook_ok", "delivery_slow"}},
      {"webhook", here, me(), failing("Read timeout expired"), {"token_ok", "webhook_ok", "delivery_slow"}},
      {"webhook", here, me(), failing("Connection reset by peer"), {"token_ok", "webhook_ok", "delivery_broken"}},
      {"webhook",
       here,
       me(),
       failing("Failed to resolve host: Name or service not known"),
       {"token_ok", "webhook_ok", "delivery_host"}},
      {"webhook",
       here,
       me(),
       failing("IP address 10.0.0.1 is reserved"),
       {"token_ok", "webhook_ok", "delivery_private"}},
      {"webhook",
       here,
       me(),
       failing("Wrong response from the webhook: 401 Unauthorized"),
       {"token_ok", "webhook_ok", "delivery_401"}},
      {"webhook",
       here,
       me(),
       failing("Wrong response from the webhook: 403 Forbidden"),
       {"token_ok", "webhook_ok", "delivery_403"}},
      {"webhook",
       here,
       me(),
       failing("Wrong response from the webhook: 404 Not Found"),
       {"token_ok", "webhook_ok", "delivery_404"}},
      {"webhook",
       here,
       me(),
       failing("Wrong response from the webhook: 413 Request Entity Too Large"),
       {"token_ok", "webhook_ok", "delivery_413"}},
      {"webhook",
       here,
       me(),
       failing("Wrong response from the webhook: 301 Moved Permanently"),
       {"token_ok", "webhook_ok", "delivery_redirect"}},
      {"webhook",
       here,
       me(),
       failing("Wrong response from the webhook: 502 Bad Gateway"),
       {"token_ok", "webhook_ok", "delivery_down"}},
      {"webhook",
       here,
       me(),
       failing("Wrong response from the webhook: 504 Gateway Timeout"),
       {"token_ok", "webhook_ok", "delivery_down"}},
      {"webhook",
       here,
       me(),
       failing("Something Telegram never said before"),
       {"token_ok", "webhook_ok", "delivery_other"}},
      {"webhook",
       here,
       me(),
       failing("Connection refused", 500),
       {"token_ok", "webhook_ok", "delivery_refused", "backlog"}},
      {"webhook",
       here,
       me(),
       info(ours + R"(,"allowed_updates":["message","edited_message","my_chat_member"])"),
       {"token_ok", "webhook_ok", "updates_missing"}},
      {"webhook",
       here,
       me(),
       info(ours + R"(,"last_error_date":1795399200,"last_error_message":"of yesterday")"),
       {"token_ok", "webhook_ok"}},
  };
  return all;
}

std::vector<Check> examined(const ExaminationRow& row, UnixMillis last_received_at = {}) {
  const auto channel =
      made("telegram", {{"bot_token", "4242:AbC"}, {"secret_token", "Rahasia_123"}, {"mode", row.mode}});
  EXPECT_EQ(channel->probes().size(), 2u);
  const HttpAnswer answers[] = {row.me, row.info};
  return channel->examine(answers, {.webhook_url = row.url, .now = noon, .last_received_at = last_received_at});
}

TEST(TelegramExamination, every_state_has_its_finding) {
  for (const ExaminationRow& row : rows()) {
    EXPECT_EQ(codes_of(examined(row)), row.codes) << row.mode << " " << row.url << " " << row.me.body << row.info.body;
  }
}

struct Refusal {
  const char* words;
  const char* code;
};
constexpr Refusal refusals[] = {
    {"Bad Request: bad webhook: HTTPS url must be provided for webhook", "register_https"},
    {"Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443", "register_port"},
    {"Bad Request: bad webhook: Failed to resolve host: Name or service not known", "register_host"},
    {"Bad Request: bad webhook: IP address 10.0.0.1 is reserved", "register_private"},
    {"Bad Request: bad webhook: something new", "register_refused"}};

TEST(TelegramExamination, a_refused_registration_is_explained) {
  for (const Refusal& row : refusals) {
    const auto check = refusal_of_registration(refused(400, row.words));
    ASSERT_TRUE(check) << row.words;
    EXPECT_EQ(codes_of({*check}), Codes{row.code}) << row.words;
  }
  EXPECT_EQ(refusal_of_registration(refused(401, "Unauthorized"))->code, "token_refused");
  const HttpAnswer done = answered(200, R"({"ok":true,"result":true})");
  EXPECT_FALSE(refusal_of_registration(done));
  EXPECT_EQ(codes_of({judge_removal(done)}), Codes{"webhook_removed"});
  EXPECT_EQ(judge_removal(refused(401, "Unauthorized")).code, "token_refused");
}

TEST(TelegramExamination, every_row_of_the_table_was_reached) {
  std::set<std::string> reached = {"webhook_removed"};
  for (const ExaminationRow& row : rows()) reached.insert(row.codes.begin(), row.codes.end());
  for (const Refusal& row : refusals) reached.insert(row.code);
  expect_every_finding("telegram", reached);
}

TEST(TelegramExamination, an_error_that_was_followed_by_a_delivery_is_over) {
  const ExaminationRow row{"webhook", here, me(), failing("Connection refused"), {}};
  EXPECT_EQ(codes_of(examined(row, noon.plus_minutes(-1))), (Codes{"token_ok", "webhook_ok"}));
  EXPECT_EQ(codes_of(examined(row, noon.plus_minutes(-30))), (Codes{"token_ok", "webhook_ok", "delivery_refused"}));
}

TEST(TelegramExamination, says_how_many_wait_and_hides_the_rest_of_a_foreign_address) {
  EXPECT_EQ(examined({"webhook", here, me(), failing("Wrong response from the webhook: 403 Forbidden"), {}})[2].what,
            "Kiriman Telegram ditolak (403) oleh sesuatu di depan server, biasanya firewall web. 7 pesan menunggu di "
            "Telegram.");
  const auto elsewhere = examined({"webhook", here, me(), info(R"("url":"https://lama.example/rahasia/tg")"), {}})[1];
  EXPECT_NE(elsewhere.what.find("https://lama.example/…"), std::string::npos) << elsewhere.what;
  EXPECT_EQ(elsewhere.what.find("rahasia"), std::string::npos) << elsewhere.what;
}

}  // namespace
}  // namespace sahut::adapters::telegram::test
