// Files to and from Meta.
#include "adapters/whatsapp/media.hpp"

#include "adapters/json_reader.hpp"
#include "tests/adapters/whatsapp/sample.hpp"

namespace sahut::adapters::whatsapp::test {
namespace {

using Step = MediaStep::Kind;

std::shared_ptr<const Channel> number_with_files() {
  return made("whatsapp", settings);
}

HttpAnswer of_meta(int status, std::string body) {
  HttpAnswer answer;
  answer.status = status;
  answer.body = std::move(body);
  return answer;
}

TEST(WhatsAppMedia, is_asked_for_by_its_id_and_fetched_with_the_token_from_meta_alone) {
  const auto channel = number_with_files();
  const auto first = channel->seek_media(R"({"media_id":"77","mime_type":"image/jpeg"})");
  ASSERT_TRUE(first);
  EXPECT_EQ(first->url, "https://graph.example/v25.0/77?phone_number_id=555000111222");
  EXPECT_EQ(find_header(first->headers, "authorization"), "Bearer EAAtoken");
  EXPECT_FALSE(channel->seek_media(R"({"latitude":1,"longitude":2})"));
  EXPECT_FALSE(channel->seek_media(""));

  struct Row {
    const char* url;
    bool asked;
  };
  const Row rows[] = {{"https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", true},
                      {"https://graph.example/dl/1", true},
                      {"http://lookaside.fbsbx.com/x", false},
                      {"https://lookaside.fbsbx.com.evil.example/x", false},
                      {"https://lookaside.fbsbx.com:8443/x", false},
                      {"https://127.0.0.1/x", false},
                      {"https://graph.example@evil.example/x", false}};
  for (const Row& row : rows) {
    const MediaStep step = channel->next_media_step(of_meta(200, Json{{"url", row.url}}.dump()), 0);
    EXPECT_EQ(step.kind, row.asked ? Step::call : Step::never) << row.url;
    EXPECT_EQ(step.reason, row.asked ? "" : "foreign_host") << row.url;
    if (row.asked) {
      EXPECT_EQ(find_header(step.call.headers, "authorization"), "Bearer EAAtoken");
    }
  }
  EXPECT_EQ(channel->next_media_step(of_meta(200, "bytes"), 1).content, "bytes");
}

TEST(WhatsAppMedia, trouble_on_the_way_has_its_name) {
  const auto channel = number_with_files();
  EXPECT_EQ(channel->next_media_step(of_meta(400, R"({"error":{"code":100}})"), 0).reason, "gone");
  EXPECT_EQ(channel->next_media_step(of_meta(401, R"({"error":{"code":190}})"), 0).kind, Step::later);
  EXPECT_EQ(channel->next_media_step(of_meta(200, "<html>"), 0).reason, "unreadable");
  EXPECT_EQ(channel->next_media_step(of_meta(404, ""), 1).reason, "gone");
}

Delivery carrying(std::string mime_type, std::size_t size) {
  Delivery delivery{.contact = "6285500112233", .correlation = "1", .quoted_id = "", .message = {"Ini, Bu", {}}};
  delivery.file = OutboundFile{"peta.png", std::move(mime_type), std::make_shared<const std::string>(size, 'x')};
  delivery.uploaded_id = "900";
  return delivery;
}

TEST(WhatsAppMedia, a_file_of_ours_is_uploaded_and_then_named) {
  const auto channel = number_with_files();
  const auto upload = channel->upload(carrying("image/png", 10));
  ASSERT_TRUE(upload);
  EXPECT_EQ(upload->url, "https://graph.example/v25.0/555000111222/media");
  EXPECT_FALSE(channel->upload({.contact = "62", .correlation = "", .quoted_id = "", .message = {"a", {}}}));
  const SendVerdict taken = channel->classify_upload(of_meta(200, R"({"id":"900"})"));
  EXPECT_EQ(taken.kind, SendVerdict::Kind::accepted);
  EXPECT_EQ(taken.external_id, "900");
  EXPECT_EQ(channel->classify_upload(of_meta(500, "")).kind, SendVerdict::Kind::retry);
  EXPECT_FALSE(channel->classify_upload(of_meta(500, "")).may_have_arrived) << "an upload twice is no message twice";
  EXPECT_EQ(channel->classify_upload(of_meta(200, "{}")).kind, SendVerdict::Kind::retry);

  const auto body = [&](const Delivery& delivery) { return Json::parse(channel->render(delivery).body); };
  EXPECT_EQ(body(carrying("image/png", 10))["image"], Json::parse(R"({"id":"900","caption":"Ini, Bu"})"));
  EXPECT_EQ(body(carrying("image/png", most_picture_bytes + 1))["document"]["filename"], "peta.png")
      << "Meta takes no larger picture";
  EXPECT_EQ(body(carrying("application/pdf", 10))["type"], "document");
}

TEST(WhatsAppMedia, a_place_and_the_sign_of_writing) {
  Delivery delivery{.contact = "6285500112233", .correlation = "1", .quoted_id = "", .message = {}};
  delivery.place = conversation::Position{-1.25, 116.5, "Kantor", ""};
  const Json body = Json::parse(number_with_files()->render(delivery).body);
  EXPECT_EQ(body["type"], "location");
  EXPECT_EQ(body["location"], Json::parse(R"({"latitude":-1.25,"longitude":116.5,"name":"Kantor"})"));
  const auto typing = number_with_files()->typing("6285500112233", "wamid.A");
  ASSERT_TRUE(typing);
  EXPECT_EQ(Json::parse(typing->body)["typing_indicator"]["type"], "text");
}

}  // namespace
}  // namespace sahut::adapters::whatsapp::test
