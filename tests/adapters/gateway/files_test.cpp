// Files and places to and from the gateways.
#include <gtest/gtest.h>

#include "adapters/gateway/base64.hpp"
#include "adapters/gateway/render.hpp"
#include "tests/adapters/described.hpp"

namespace sahut::adapters::gateway::test {
namespace {

using namespace sahut::adapters::test;
using Step = MediaStep::Kind;

std::shared_ptr<const Channel> gateway_with_files(const std::string& profile) {
  ChannelSettings settings = {{"profile", profile}, {"secret", "delapan-belas-huruf"}};
  if (profile != "fonnte") settings.emplace("api_base", "http://gateway.local:3000/sub");
  if (profile == "gowa") {
    settings.insert({{"username", "u"}, {"password", "p"}, {"device_id", "kota"}});
  } else {
    settings.emplace("api_key", "kunci");
  }
  if (profile == "evolution") settings.emplace("instance", "kota");
  return made("gateway", settings);
}

Delivery with_file(const char* mime_type) {
  Delivery delivery{.contact = "6285500112233", .correlation = "1", .quoted_id = "", .message = {"Ini, Bu", {}}};
  delivery.file = OutboundFile{"peta.png", mime_type, std::make_shared<const std::string>("PNG!")};
  return delivery;
}

TEST(GatewayFiles, a_picture_in_each_ones_words) {
  const HttpCall waha = gateway_with_files("waha")->render(with_file("image/png"));
  EXPECT_EQ(waha.url, "http://gateway.local:3000/sub/api/sendImage");
  EXPECT_EQ(Json::parse(waha.body),
            Json::parse(R"({"session":"default","chatId":"6285500112233@c.us","caption":"Ini, Bu",
                            "file":{"mimetype":"image/png","filename":"peta.png","data":"UE5HIQ=="}})"));
  const HttpCall evolution = gateway_with_files("evolution")->render(with_file("application/pdf"));
  EXPECT_EQ(evolution.url, "http://gateway.local:3000/sub/message/sendMedia/kota");
  EXPECT_EQ(Json::parse(evolution.body)["mediatype"], "document");
  EXPECT_EQ(Json::parse(evolution.body)["media"], "UE5HIQ==");
  for (const auto& [profile, field] : {std::pair{"gowa", "image"}, {"fonnte", "file"}}) {
    const HttpCall form = gateway_with_files(profile)->render(with_file("image/png"));
    EXPECT_TRUE(find_header(form.headers, "content-type")->starts_with("multipart/form-data")) << profile;
    EXPECT_NE(form.body.find("name=\"" + std::string(field) + "\"; filename=\"peta.png\""), std::string::npos);
    EXPECT_NE(form.body.find("\r\n\r\nPNG!\r\n"), std::string::npos);
    EXPECT_NE(form.body.find("Ini, Bu"), std::string::npos);
  }
}

TEST(GatewayFiles, a_place_in_each_ones_words) {
  Delivery delivery{.contact = "6285500112233", .correlation = "1", .quoted_id = "", .message = {}};
  delivery.place = conversation::Position{-1.2485, 116.8659, "Kantor", "Jl. Contoh"};
  const auto body = [&](const char* profile) {
    return Json::parse(gateway_with_files(profile)->render(delivery).body);
  };
  EXPECT_EQ(body("waha")["latitude"], -1.2485);
  EXPECT_EQ(body("waha")["title"], "Kantor");
  EXPECT_EQ(body("evolution")["longitude"], 116.8659);
  EXPECT_EQ(body("gowa")["latitude"], "-1.248500");
  EXPECT_EQ(body("fonnte")["location"], "-1.248500,116.865900");
}

TEST(GatewayFiles, are_asked_only_of_the_gateway_and_of_hosts_of_its_profile) {
  struct Row {
    const char* profile;
    const char* attachment;
    const char* url;  ///< nullptr: nobody is asked
    bool with_key;
  };
  const Row rows[] = {
      {"waha", R"({"url":"http://gateway.local:3000/api/files/a.jpg"})", "http://gateway.local:3000/api/files/a.jpg",
       true},
      {"waha", R"({"url":"http://localhost:3000/api/files/a.jpg"})", "http://gateway.local:3000/api/files/a.jpg", true},
      {"waha", R"({"url":"http://169.254.169.254/latest"})", nullptr, false},
      {"waha", R"({"url":"http://gateway.local:3000@evil.example/a"})", nullptr, false},
      {"waha", R"({"url":"https://evil.example/a.jpg"})", nullptr, false},
      {"waha", R"({"mime_type":"image/jpeg"})", nullptr, false},
      {"gowa", R"({"url":"statics/media/a.jpe"})", "http://gateway.local:3000/sub/statics/media/a.jpe", true},
      {"gowa", R"({"url":"../../etc/passwd"})", nullptr, false},
      {"gowa", R"({"url":"//evil.example/a"})", "http://gateway.local:3000/sub//evil.example/a", true},
      {"fonnte", R"({"url":"https://md.fonnte.com/a.jpg"})", "https://md.fonnte.com/a.jpg", false},
      {"fonnte", R"({"url":"http://md.fonnte.com/a.jpg"})", nullptr, false},
      {"fonnte", R"({"url":"https://md.fonnte.com.evil.example/a.jpg"})", nullptr, false},
      {"waha", "not json", nullptr, false},
  };
  for (const Row& row : rows) {
    const auto call = gateway_with_files(row.profile)->seek_media(row.attachment);
    ASSERT_EQ(call.has_value(), row.url != nullptr) << row.attachment;
    if (!call) continue;
    EXPECT_EQ(call->url, row.url);
    EXPECT_EQ(call->method, "GET");
    EXPECT_EQ(!call->headers.empty(), row.with_key) << row.attachment;
  }
}

TEST(GatewayFiles, evolution_gives_a_file_as_base64) {
  const auto channel = gateway_with_files("evolution");
  const auto call = channel->seek_media(R"({"media_id":"3AE1"})");
  ASSERT_TRUE(call);
  EXPECT_EQ(call->url, "http://gateway.local:3000/sub/chat/getBase64FromMediaMessage/kota");
  EXPECT_EQ(Json::parse(call->body), Json::parse(R"({"message":{"key":{"id":"3AE1"}}})"));
  HttpAnswer answer;
  answer.status = 201;
  answer.body = R"({"base64":"UE5HIQ==","mimetype":"image/png"})";
  EXPECT_EQ(channel->next_media_step(answer, 0).content, "PNG!");
  answer.body = R"({"base64":"%%%%"})";
  EXPECT_EQ(channel->next_media_step(answer, 0).reason, "unreadable");
  answer.body = "<html>";
  EXPECT_EQ(channel->next_media_step(answer, 0).reason, "unreadable");
}

TEST(GatewayFiles, base64_is_read_strictly) {
  for (const std::string& text : std::vector<std::string>{"", "a", "ab", "abc", "abcd", std::string("\0\xFF\x7F", 3)}) {
    EXPECT_EQ(from_base64(base64(text)), text);
  }
  EXPECT_FALSE(from_base64("abc"));
  EXPECT_FALSE(from_base64("ab*="));
}

TEST(GatewayFiles, signs_without_words) {
  const auto typing = gateway_with_files("waha")->typing("6285500112233", "3AB1");
  ASSERT_TRUE(typing);
  EXPECT_EQ(typing->url, "http://gateway.local:3000/sub/api/startTyping");
  const auto read = gateway_with_files("gowa")->mark_read("6285500112233", "3EB1/../x");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->url, "http://gateway.local:3000/sub/message/3EB1%2F..%2Fx/read");
  const auto evolution = gateway_with_files("evolution")->mark_read("1609@lid", "3AE1");
  ASSERT_TRUE(evolution);
  EXPECT_EQ(Json::parse(evolution->body)["readMessages"][0]["remoteJid"], "1609@lid");
  EXPECT_FALSE(gateway_with_files("fonnte")->mark_read("6285500112233", "1"));
}

}  // namespace
}  // namespace sahut::adapters::gateway::test
