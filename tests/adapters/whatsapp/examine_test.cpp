// Meta's answers about a number, its token, its callback URL and its subscription → what the operator is told.
#include "adapters/whatsapp/examine.hpp"

#include "adapters/whatsapp/test_message.hpp"
#include "tests/adapters/described.hpp"
#include "tests/adapters/examined.hpp"

namespace sahut::adapters::whatsapp::test {
namespace {

using namespace sahut::adapters::test;

const std::string here = "https://kota.example/webhooks/wa";

HttpAnswer number(const std::string& members = R"("status":"CONNECTED")", Headers headers = {}) {
  return answered(
      200, R"({"id":"555","display_phone_number":"+62 542 7000001","verified_name":"Layanan Kota",)" + members + "}",
      std::move(headers));
}
HttpAnswer error(int code, int subcode = 0, int status = 400) {
  return answered(status, R"({"error":{"message":"refused","type":"OAuthException","code":)" + std::to_string(code) +
                              R"(,"error_subcode":)" + std::to_string(subcode) + "}}");
}
HttpAnswer token(const std::string& members) {
  return answered(200, R"({"data":{)" + members + "}}");
}
const std::string scopes =
    R"("is_valid":true,"app_id":"77","scopes":["whatsapp_business_messaging","whatsapp_business_management"])";
const HttpAnswer good_token = token(scopes + R"(,"expires_at":0)");
HttpAnswer callback(const std::string& url) {
  return answered(200, R"({"webhook_configuration":{"application":")" + url + R"("},"id":"555"})");
}
HttpAnswer subscribed_by(const std::string& app) {
  return answered(200, R"({"data":[{"whatsapp_business_api_data":{"id":")" + app + R"(","name":"Sahut"}}]})");
}
HttpAnswer health(const std::string& ability, const std::string& members) {
  return number(R"("status":"CONNECTED","health_status":{"can_send_message":")" + ability +
                R"(","entities":[{"entity_type":"WABA","id":"1","can_send_message":")" + ability + "\"" + members +
                "}]}");
}

struct ExaminationRow {
  HttpAnswer number;
  HttpAnswer token;
  HttpAnswer callback;
  HttpAnswer subscription;
  Codes codes;
  std::string url = here;
  std::string waba_id = "220";
  UnixMillis last_received_at = noon;
  std::string api_base = "https://graph.facebook.com/v25.0";
};

/// All is well but the number's answer.
ExaminationRow about_number(HttpAnswer answer, Codes of_number) {
  Codes codes = {"token_ok"};
  codes.insert(codes.end(), of_number.begin(), of_number.end());
  codes.insert(codes.end(), {"subscribed", "callback_ok"});
  return {std::move(answer), good_token, callback(here), subscribed_by("77"), codes};
}
ExaminationRow about_token(HttpAnswer answer, const std::string& code) {
  return {number(),
          std::move(answer),
          callback(here),
          subscribed_by("77"),
          {code, "number_ok", "subscribed", "callback_ok"}};
}
ExaminationRow about_subscription(HttpAnswer answer, const std::string& code) {
  return {number(), good_token, callback(here), std::move(answer), {"token_ok", "number_ok", code, "callback_ok"}};
}
ExaminationRow about_callback(HttpAnswer answer, const std::string& code, const std::string& url = here) {
  ExaminationRow row{
      number(), good_token, std::move(answer), subscribed_by("77"), {"token_ok", "number_ok", "subscribed"}};
  if (!code.empty()) row.codes.push_back(code);
  row.url = url;
  return row;
}
/// The number's answer is about the token: nothing more can be known.
ExaminationRow dead(HttpAnswer answer, const std::string& code) {
  return {answer, answer, answer, answer, {code}};
}

std::vector<ExaminationRow> rows() {
  std::vector<ExaminationRow> all = {
      about_number(number(), {"number_ok"}),
      // the token
      dead(error(190, 463, 401), "token_expired"),
      dead(error(190, 460, 401), "token_password"),
      dead(error(190, 0, 401), "token_refused"),
      dead(error(0, 0, 401), "token_refused"),
      dead(error(10, 0, 403), "token_scopes"),
      dead(error(200, 0, 403), "token_scopes"),
      dead(error(131005, 0, 403), "token_scopes"),
      dead(silent("cannot connect: Connection refused"), "api_unreachable"),
      dead(answered(200, "<html>"), "api_strange"),
      dead(answered(503, "busy"), "api_strange"),
      about_token(token(scopes + R"(,"expires_at":1796695200)"), "token_expires_soon"),
      about_token(token(scopes + R"(,"expires_at":1806695200)"), "token_ok"),
      about_token(token(R"("is_valid":false,"error":{"code":190,"subcode":463,"message":"expired"})"), "token_expired"),
      about_token(token(R"("is_valid":false)"), "token_refused"),
      about_token(token(R"("is_valid":true,"app_id":"77","scopes":["whatsapp_business_messaging"])"), "token_scopes"),
      about_token(error(100), "token_unknown"),
      about_token(error(190, 463, 401), "token_expired"),
      // the number
      about_number(error(100, 33), {"number_unknown"}),
      about_number(error(33), {"number_unknown"}),
      about_number(error(803), {"number_unknown"}),
      about_number(error(133010), {"number_not_registered"}),
      about_number(error(368, 0, 403), {"account_locked"}),
      about_number(error(131031), {"account_locked"}),
      about_number(error(131042), {"no_payment"}),
      about_number(error(80007), {"api_throttled"}),
      about_number(error(2, 0, 500), {"api_passing"}),
      about_number(error(2635), {"version_too_old"}),
      about_number(error(987654), {"number_error"}),
      about_number(number(R"("status":"PENDING")"), {"number_not_registered"}),
      about_number(number(R"("status":"CONNECTED","platform_type":"NOT_APPLICABLE")"), {"number_not_registered"}),
      about_number(number(R"("status":"CONNECTED","platform_type":"ON_PREMISE")"), {"number_elsewhere"}),
      about_number(number(R"("status":"BANNED")"), {"number_banned"}),
      about_number(number(R"("status":"FLAGGED")"), {"number_restricted"}),
      about_number(number(R"("status":"MIGRATED")"), {"number_unknown"}),
      about_number(number(R"("status":"CONNECTED","quality_rating":"RED")"), {"number_ok", "quality_low"}),
      about_number(number(R"("status":"CONNECTED","quality_rating":"YELLOW")"), {"number_ok", "quality_middle"}),
      about_number(number(R"("status":"CONNECTED","quality_rating":"GREEN")"), {"number_ok"}),
      // what keeps Meta from sending
      about_number(health("AVAILABLE", ""), {"number_ok"}),
      about_number(health("BLOCKED", R"(,"errors":[{"error_code":141006,"error_description":"payment"}])"),
                   {"number_ok", "no_payment"}),
      about_number(health("LIMITED", R"(,"errors":[{"error_code":141010,"error_description":"verify"}])"),
                   {"number_ok", "business_unverified"}),
      about_number(health("BLOCKED", R"(,"errors":[{"error_code":1,"error_description":"new"}])"),
                   {"number_ok", "health_blocked"}),
      about_number(health("BLOCKED", ""), {"number_ok", "health_blocked"}),
      about_number(health("LIMITED", R"(,"additional_info":["Your display name has not been approved yet."])"),
                   {"number_ok", "health_limited"}),
      about_number(health("LIMITED", R"(,"errors":[{"error_code":138024,"error_description":"SIP"}])"), {"number_ok"}),
      about_number(number(R"("status":"CONNECTED")", {{"facebook-api-version", "v26.0"}}),
                   {"number_ok", "version_moved"}),
      about_number(number(R"("status":"CONNECTED")", {{"facebook-api-version", "v25.0"}}), {"number_ok"}),
      // who hears of the account
      about_subscription(answered(200, R"({"data":[]})"), "not_subscribed"),
      about_subscription(subscribed_by("88"), "not_subscribed"),
      about_subscription(error(100, 33), "waba_unknown"),
      about_subscription(error(10, 0, 403), "waba_unknown"),
      about_subscription(error(2, 0, 500), "subscription_error"),
      // where messages go
      about_callback(callback(""), "callback_missing"),
      about_callback(callback("https://lama.example/rahasia"), "callback_elsewhere"),
      about_callback(error(100), ""),
      about_callback(callback(here), "no_public_url", ""),
      about_callback(callback(here), "not_https", "http://kota.example/webhooks/wa"),
      about_callback(callback(here), "plus_in_address", "https://kota.example/+62/webhooks/wa"),
  };
  ExaminationRow without_waba = about_subscription({}, "waba_missing");
  without_waba.waba_id = "";
  without_waba.subscription = {};
  all.push_back(without_waba);
  ExaminationRow quiet = about_number(number(), {"number_ok"});
  quiet.last_received_at = {};
  quiet.codes.push_back("nothing_received");
  all.push_back(quiet);
  return all;
}

std::vector<Check> examined(const ExaminationRow& row) {
  ChannelSettings settings = {{"phone_number_id", "555"},
                              {"access_token", "EAA/+"},
                              {"app_secret", "rahasia"},
                              {"verify_token", "kata"},
                              {"api_base", row.api_base}};
  if (!row.waba_id.empty()) settings.emplace("waba_id", row.waba_id);
  const auto channel = made("whatsapp", settings);
  std::vector<HttpAnswer> answers = {row.number, row.token, row.callback};
  if (!row.waba_id.empty()) answers.push_back(row.subscription);
  EXPECT_EQ(channel->probes().size(), answers.size());
  return channel->examine(answers, {.webhook_url = row.url, .now = noon, .last_received_at = row.last_received_at});
}

TEST(WhatsAppExamination, every_state_has_its_finding) {
  for (const ExaminationRow& row : rows()) {
    EXPECT_EQ(codes_of(examined(row)), row.codes)
        << row.number.body << row.token.body << row.callback.body << row.subscription.body << row.url;
  }
}

TEST(WhatsAppExamination, asks_by_get_with_the_token_and_never_writes) {
  const auto channel = made("whatsapp", {{"phone_number_id", "555"},
                                         {"access_token", "EAA/+"},
                                         {"app_secret", "rahasia"},
                                         {"verify_token", "kata"},
                                         {"waba_id", "220"}});
  std::vector<std::string> urls;
  for (const Probe& probe : channel->probes()) {
    EXPECT_EQ(probe.call.method, "GET");
    EXPECT_EQ(find_header(probe.call.headers, "Authorization"), "Bearer EAA/+");
    urls.push_back(probe.call.url.substr(0, probe.call.url.find("fields=")));
  }
  const std::string base = "https://graph.facebook.com/v25.0";
  EXPECT_EQ(urls, (std::vector<std::string>{base + "/555?", base + "/debug_token?input_token=EAA%2F%2B", base + "/555?",
                                            base + "/220/subscribed_apps"}));
}

TEST(WhatsAppExamination, names_what_the_operator_must_look_for) {
  const auto soon = examined(about_token(token(scopes + R"(,"expires_at":1796695200)"), ""))[0];
  EXPECT_EQ(soon.what, "Token akses berakhir dalam 14 hari.");
  EXPECT_EQ(examined(about_number(number(), {}))[1].what, "Nomor +62 542 7000001 (Layanan Kota) terhubung.");
  const auto elsewhere = examined(about_callback(callback("https://lama.example/rahasia"), ""))[3];
  EXPECT_EQ(elsewhere.what, "Meta mengirim pesan nomor ini ke server lain: https://lama.example.");
  EXPECT_NE(elsewhere.cure.find(here), std::string::npos);
  ExaminationRow row = about_token(
      token(scopes + R"(,"granular_scopes":[{"scope":"whatsapp_business_management","target_ids":["220"]}])"), "");
  row.waba_id = "";
  EXPECT_NE(examined(row)[2].what.find("Token ini mengenal: 220."), std::string::npos) << examined(row)[2].what;
}

TEST(WhatsAppExamination, subscribing_is_done_or_explained) {
  EXPECT_FALSE(refusal_of_subscription(answered(200, R"({"success":true})")));
  EXPECT_EQ(refusal_of_subscription(answered(200, R"({"success":false})"))->code, "subscription_error");
  EXPECT_EQ(refusal_of_subscription(error(100, 33))->code, "waba_unknown");
  EXPECT_EQ(refusal_of_subscription(error(190, 463, 401))->code, "token_expired");
  const HttpCall call = subscribe({"https://graph.facebook.com/v25.0", "555", "EAA", "220"});
  EXPECT_EQ(call.method + " " + call.url, "POST https://graph.facebook.com/v25.0/220/subscribed_apps");
}

std::vector<Check> test_findings() {
  SendVerdict verdict;
  verdict.kind = SendVerdict::Kind::accepted;
  std::vector<Check> all = {judge_send(verdict)};
  verdict.kind = SendVerdict::Kind::window_closed;
  all.push_back(judge_send(verdict));
  verdict.kind = SendVerdict::Kind::channel_down;
  verdict.error_text = "The account is locked.";
  all.push_back(judge_send(verdict));
  all.push_back(judge_report("delivered", ""));
  all.push_back(judge_report("failed", ""));
  all.push_back(no_report(30));
  return all;
}

TEST(WhatsAppExamination, a_test_message_says_what_became_of_it) {
  EXPECT_EQ(codes_of(test_findings()),
            (Codes{"test_taken", "test_window", "test_refused", "test_delivered", "test_failed", "test_unseen"}));
  EXPECT_EQ(judge_report("failed", "Nomor salah.").what, "Pesan uji tidak dapat diantar: Nomor salah.");
}

TEST(WhatsAppExamination, every_row_of_the_table_was_reached) {
  std::set<std::string> reached;
  for (const ExaminationRow& row : rows()) reached.insert(row.codes.begin(), row.codes.end());
  for (const Check& check : test_findings()) reached.insert(check.code);
  expect_every_finding("whatsapp", reached);
}

TEST(WhatsAppTestMessage, numbers_are_read_as_people_write_them) {
  for (const char* const text : {"6281200000001", "+6281200000001", "081200000001", "+62 812-0000-0001"}) {
    EXPECT_EQ(number_of(text), "6281200000001") << text;
  }
  for (const char* const text : {"", "12345", "nomor", "+081200000001", "1234567890123456", "62812x"}) {
    EXPECT_FALSE(number_of(text)) << text;
  }
}

}  // namespace
}  // namespace sahut::adapters::whatsapp::test
