// Message → request, answer → verdict, and the profiles themselves.
#include <gtest/gtest.h>

#include "adapters/gateway/profile.hpp"
#include "adapters/numbered_choices.hpp"
#include "adapters/tab_table.hpp"
#include "tests/adapters/described.hpp"
#include "tests/adapters/examined.hpp"

namespace sahut::adapters::gateway::test {
namespace {

using namespace sahut::adapters::test;
using Kind = SendVerdict::Kind;

std::shared_ptr<const Channel> sending_gateway(const std::string& profile) {
  ChannelSettings settings = {{"profile", profile}, {"secret", "delapan-belas-huruf"}};
  const std::string url = "http://127.0.0.1:3000/";
  if (profile != "fonnte") settings.emplace("api_base", url);
  if (profile == "gowa") {
    settings.insert({{"username", "Aladdin"}, {"password", "open sesame"}, {"device_id", "kota"}});
  } else {
    settings.emplace("api_key", "kunci");
  }
  if (profile == "evolution") settings.emplace("instance", "kota");
  return made("gateway", settings);
}

TEST(GatewayOutgoing, each_in_its_own_words) {
  struct Row {
    const char* profile;
    const char* contact;
    const char* url;
    const char* header;
    const char* value;
    std::string body;
  };
  const Row rows[] = {{"waha", "6285500112233", "http://127.0.0.1:3000/api/sendText", "X-Api-Key", "kunci",
                       R"({"session":"default","chatId":"6285500112233@c.us","text":"*Halo* {api_key}"})"},
                      {"waha", "160900001111@lid", "http://127.0.0.1:3000/api/sendText", "X-Api-Key", "kunci",
                       R"({"session":"default","chatId":"160900001111@lid","text":"*Halo* {api_key}"})"},
                      {"gowa", "6285500112233", "http://127.0.0.1:3000/send/message", "Authorization",
                       "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
                       R"({"phone":"6285500112233@s.whatsapp.net","message":"*Halo* {api_key}"})"},
                      {"evolution", "6285500112233", "http://127.0.0.1:3000/message/sendText/kota", "apikey", "kunci",
                       R"({"number":"6285500112233","text":"*Halo* {api_key}"})"},
                      {"fonnte", "6285500112233", "https://api.fonnte.com/send", "Authorization", "kunci",
                       R"({"target":"6285500112233","message":"*Halo* {api_key}"})"}};
  for (const Row& row : rows) {
    const HttpCall call = sending_gateway(row.profile)->render({row.contact, "ob-1", "", {"*Halo* {api_key}", {}}});
    EXPECT_EQ(call.url, row.url) << row.profile;
    EXPECT_EQ(find_header(call.headers, row.header), row.value) << row.profile;
    EXPECT_EQ(find_header(call.headers, "content-type"), "application/json") << row.profile;
    EXPECT_EQ(Json::parse(call.body), Json::parse(row.body)) << row.profile;
  }
  EXPECT_EQ(find_header(sending_gateway("gowa")->render({"6285500112233", "", "", {"a", {}}}).headers, "X-Device-Id"),
            "kota");
}

TEST(GatewayOutgoing, choices_become_numbers) {
  const HttpCall call =
      sending_gateway("waha")->render({"6285500112233", "", "", {"Yang mana?", {{"KTP", "e:1"}, {"KK", "e:2"}}}});
  EXPECT_EQ(Json::parse(call.body)["text"], "Yang mana?\n\n" + channel_words("numbered_hint") + "\n1. KTP\n2. KK");
}

TEST(GatewayOutgoing, every_answer_has_its_verdict) {
  struct Row {
    const char* profile;
    HttpAnswer answer;
    Kind kind;
    const char* external_id;
  };
  HttpAnswer silent;
  silent.failure = TransportFailure::broken;
  const Row rows[] = {
      {"waha", answered(201, R"({"id":"true_6285500112233@c.us_3AB9"})"), Kind::accepted, "3AB9"},
      {"waha", answered(201, R"({"id":{"_serialized":"true_6285500112233@c.us_3AB9"}})"), Kind::accepted, "3AB9"},
      {"waha", answered(201, "{}"), Kind::accepted, ""},
      {"waha", answered(401, R"({"message":"Unauthorized","statusCode":401})"), Kind::channel_down, ""},
      {"waha",
       answered(422, R"({"error":"Session status is not as expected. Try again later","status":"SCAN_QR_CODE"})"),
       Kind::channel_down, ""},
      {"waha", answered(422, R"({"error":"Session status is not as expected","status":"STARTING"})"), Kind::retry, ""},
      {"waha", answered(422, R"({"statusCode":422,"message":["text missing"]})"), Kind::refused, ""},
      {"waha", answered(500, R"({"message":"x"})"), Kind::retry, ""},
      {"waha", silent, Kind::retry, ""},
      {"gowa", answered(200, R"({"code":"SUCCESS","results":{"message_id":"3EB9"}})"), Kind::accepted, "3EB9"},
      {"gowa", answered(500, R"({"code":"INVALID_JID","message":"phone 62855@s.whatsapp.net is not on whatsapp"})"),
       Kind::unreachable, ""},
      {"gowa", answered(401, R"({"code":"401"})"), Kind::channel_down, ""},
      {"evolution", answered(201, R"({"key":{"id":"3AE9"},"status":"PENDING"})"), Kind::accepted, "3AE9"},
      {"evolution", answered(400, R"({"status":400,"response":{"message":[{"exists":false,"number":"62855"}]}})"),
       Kind::unreachable, ""},
      {"evolution", answered(404, R"({"response":{"message":["The \"kota\" instance does not exist"]}})"),
       Kind::channel_down, ""},
      {"evolution", answered(500, R"({"response":{"message":"Error: Connection Closed"}})"), Kind::channel_down, ""},
      {"fonnte", answered(200, R"({"status":true,"id":["77"],"target":["62855"]})"), Kind::accepted, "77"},
      {"fonnte", answered(200, R"({"status":false,"reason":"unknown token"})"), Kind::channel_down, ""},
      {"fonnte", answered(200, R"({"status":false,"reason":"request invalid on disconnected device"})"),
       Kind::channel_down, ""},
      {"fonnte", answered(200, R"({"status":false,"reason":"target invalid"})"), Kind::unreachable, ""},
      {"fonnte", answered(200, R"({"status":false,"reason":"sesuatu"})"), Kind::refused, ""},
      {"fonnte", answered(429, "token"), Kind::wait, ""},
      {"fonnte", answered(503, "<html>"), Kind::retry, ""}};
  for (const Row& row : rows) {
    const SendVerdict verdict = sending_gateway(row.profile)->classify(row.answer);
    EXPECT_EQ(verdict.kind, row.kind) << row.profile << " " << row.answer.body;
    EXPECT_EQ(verdict.external_id, row.external_id) << row.profile << " " << row.answer.body;
    EXPECT_EQ(verdict.error_text.find("62855"), std::string::npos) << row.answer.body;
  }
}

TEST(GatewayProfiles, the_four_of_the_product_are_sound) {
  EXPECT_EQ(profile_names(), (std::vector<std::string>{"evolution", "fonnte", "gowa", "waha"}));
  EXPECT_EQ(find_profile("wablas"), nullptr);
}

struct Change {
  const char* place;
  const char* value;
  const char* where;
};

TEST(GatewayProfiles, a_fault_names_file_and_key) {
  const Json good = Json::parse(channel_file("gateways/waha.json"));
  const Change changes[] = {{"/surprise", "1", "surprise"},
                            {"/message/typo", "1", "message.typo"},
                            {"/message/id", "[\"payload\"]", "message.id"},
                            {"/message/id", "[\"/a~\"]", "message.id"},
                            {"/message/id", "7", "message.id"},
                            {"/message/when", "[]", "message.when"},
                            {"/message/kinds/0/kind", "\"song\"", "message.kinds.kind"},
                            {"/authentication/scheme", "\"none\"", "authentication.scheme"},
                            {"/status/words/READ", "\"seen\"", "status.words"},
                            {"/send/failures/0/class", "\"maybe\"", "send.failures.class"},
                            {"/settings/0/key", "null", "settings.key"}};
  for (const Change& change : changes) {
    Json profile = good;
    profile[Json::json_pointer(change.place)] = Json::parse(change.value);
    const auto read = read_profile("x.json", profile.dump());
    ASSERT_FALSE(read.ok()) << change.place;
    EXPECT_NE(read.problem().where.find(change.where), std::string::npos) << read.problem().text();
    EXPECT_TRUE(read.problem().where.starts_with("x.json")) << read.problem().text();
  }
  for (const auto& [key, value] : good.items()) {
    if (key == "api_base" || key == "health" || key == "typing" || key == "read") continue;  // not every gateway has it
    Json profile = good;
    profile.erase(key);
    EXPECT_FALSE(read_profile("x.json", profile.dump()).ok()) << key;
  }
  EXPECT_FALSE(read_profile("x.json", "{").ok());
}

}  // namespace
}  // namespace sahut::adapters::gateway::test
