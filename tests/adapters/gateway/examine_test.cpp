// What each gateway says of its session → what the operator is told.
#include "tests/adapters/described.hpp"
#include "tests/adapters/examined.hpp"

namespace sahut::adapters::gateway::test {
namespace {

using namespace sahut::adapters::test;

std::shared_ptr<const Channel> gateway(const std::string& profile) {
  ChannelSettings settings = {{"profile", profile}, {"secret", "delapan-belas-huruf"}};
  if (profile != "fonnte") settings.emplace("api_base", "http://127.0.0.1:3000");
  if (profile == "gowa") {
    settings.insert({{"username", "test"}, {"password", "test"}, {"device_id", "kota"}});
  } else {
    settings.emplace("api_key", "kunci");
  }
  if (profile == "evolution") settings.emplace("instance", "kota");
  return made("gateway", settings);
}

struct ExaminationRow {
  const char* profile;
  HttpAnswer answer;
  Codes codes;
  std::string url = "https://kota.example/webhooks/gw";
  UnixMillis last_received_at = noon;
};

std::vector<ExaminationRow> rows() {
  const HttpAnswer waha_works = answered(200, R"({"name":"default","status":"WORKING"})");
  const HttpAnswer fonnte_works =
      answered(200, R"({"device":"62542","device_status":"connect","quota":"78","status":true})");
  return {
      {"waha", waha_works, {"session_ok"}},
      {"waha", answered(200, R"({"status":"SCAN_QR_CODE"})"), {"scan_qr"}},
      {"waha", answered(200, R"({"status":"STARTING"})"), {"starting"}},
      {"waha", answered(200, R"({"status":"STOPPED"})"), {"stopped"}},
      {"waha", answered(200, R"({"status":"FAILED"})"), {"failed"}},
      {"waha", answered(200, R"({"status":"SOMETHING_NEW"})"), {"state_unknown"}},
      {"waha", answered(401, R"({"message":"Unauthorized","statusCode":401})"), {"key_refused"}},
      {"waha", answered(404, R"({"message":"Session not found"})"), {"session_unknown"}},
      {"waha", answered(200, "<html>"), {"api_strange"}},
      {"waha", answered(500, "{}"), {"api_strange"}},
      {"waha", answered(200, "{}"), {"api_strange"}},
      {"waha", silent("cannot connect: Connection refused"), {"api_unreachable"}},
      {"waha", waha_works, {"session_ok", "nothing_received"}, "", {}},
      {"waha", waha_works, {"session_ok"}, ""},
      {"gowa",
       answered(200, R"({"code":"SUCCESS","results":{"is_connected":true,"is_logged_in":true}})"),
       {"session_ok"}},
      {"gowa",
       answered(200, R"({"code":"SUCCESS","results":{"is_connected":true,"is_logged_in":false}})"),
       {"scan_qr"}},
      {"gowa",
       answered(200, R"({"code":"SUCCESS","results":{"is_connected":false,"is_logged_in":false}})"),
       {"disconnected"}},
      {"gowa", answered(401, "Unauthorized"), {"key_refused"}},
      {"gowa", answered(404, R"({"code":"DEVICE_NOT_FOUND"})"), {"session_unknown"}},
      {"evolution", answered(200, R"({"instance":{"instanceName":"kota","state":"open"}})"), {"session_ok"}},
      {"evolution", answered(200, R"({"instance":{"instanceName":"kota","state":"connecting"}})"), {"scan_qr"}},
      {"evolution", answered(200, R"({"instance":{"instanceName":"kota","state":"close"}})"), {"disconnected"}},
      {"evolution", answered(200, R"({"instance":{"instanceName":"kota","state":"new"}})"), {"state_unknown"}},
      {"evolution", answered(404, R"({"status":404,"error":"Not Found"})"), {"session_unknown"}},
      {"fonnte", fonnte_works, {"session_ok"}},
      {"fonnte", answered(200, R"({"device_status":"disconnect","quota":"78","status":true})"), {"disconnected"}},
      {"fonnte", answered(200, R"({"device_status":"connect","quota":"0","status":true})"), {"quota_empty"}},
      {"fonnte", answered(200, R"({"reason":"token invalid","status":false})"), {"key_refused"}},
      {"fonnte", fonnte_works, {"session_ok", "no_public_url"}, ""},
      {"fonnte", fonnte_works, {"session_ok", "not_https"}, "http://kota.example/webhooks/gw/•••"},
  };
}

std::vector<Check> examined(const ExaminationRow& row) {
  const auto channel = gateway(row.profile);
  EXPECT_EQ(channel->probes().size(), 1u);
  const HttpAnswer answers[] = {row.answer};
  return channel->examine(answers, {.webhook_url = row.url, .now = noon, .last_received_at = row.last_received_at});
}

TEST(GatewayExamination, every_state_has_its_finding) {
  for (const ExaminationRow& row : rows())
    EXPECT_EQ(codes_of(examined(row)), row.codes) << row.profile << " " << row.answer.body;
}

TEST(GatewayExamination, every_row_of_the_table_was_reached) {
  std::set<std::string> reached;
  for (const ExaminationRow& row : rows()) reached.insert(row.codes.begin(), row.codes.end());
  expect_every_finding("gateway", reached);
}

TEST(GatewayExamination, each_is_asked_in_its_own_words) {
  struct Question {
    const char* profile;
    const char* call;
    const char* header;
    const char* value;
  };
  const Question questions[] = {
      {"waha", "GET http://127.0.0.1:3000/api/sessions/default", "X-Api-Key", "kunci"},
      {"gowa", "GET http://127.0.0.1:3000/app/status", "X-Device-Id", "kota"},
      {"evolution", "GET http://127.0.0.1:3000/instance/connectionState/kota", "apikey", "kunci"},
      {"fonnte", "POST https://api.fonnte.com/device", "Authorization", "kunci"}};
  for (const Question& question : questions) {
    const HttpCall call = gateway(question.profile)->probes()[0].call;
    EXPECT_EQ(call.method + " " + call.url, question.call);
    EXPECT_EQ(find_header(call.headers, question.header), question.value) << question.profile;
  }
  EXPECT_EQ(find_header(gateway("gowa")->probes()[0].call.headers, "Authorization"), "Basic dGVzdDp0ZXN0");
}

TEST(GatewayExamination, a_session_that_cannot_stand_in_a_path_is_refused) {
  const auto channel = make_channel("gw", "gateway",
                                    {{"profile", "waha"},
                                     {"secret", "delapan-belas-huruf"},
                                     {"api_base", "http://127.0.0.1:3000"},
                                     {"api_key", "kunci"},
                                     {"session", "a/../b"}});
  ASSERT_FALSE(channel.ok());
  EXPECT_EQ(channel.problem().where, "channels.gw.session");
}

}  // namespace
}  // namespace sahut::adapters::gateway::test
