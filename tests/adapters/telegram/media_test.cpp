// Files to and from Telegram.
#include "adapters/telegram/media.hpp"

#include <gtest/gtest.h>

#include "tests/adapters/described.hpp"

namespace sahut::adapters::telegram::test {
namespace {

using namespace sahut::adapters::test;
using Step = MediaStep::Kind;

std::shared_ptr<const Channel> bot_with_files() {
  return made("telegram",
              {{"bot_token", "123456:AAbb"}, {"secret_token", "kata"}, {"api_base", "https://bot.example"}});
}

HttpAnswer of_telegram(int status, std::string body) {
  HttpAnswer answer;
  answer.status = status;
  answer.body = std::move(body);
  return answer;
}

TEST(TelegramMedia, is_had_by_its_path_below_the_bots_files) {
  const auto call = bot_with_files()->seek_media(R"({"file_id":"AgAC"})");
  ASSERT_TRUE(call);
  EXPECT_EQ(call->url, "https://bot.example/bot123456:AAbb/getFile");
  const MediaStep step =
      bot_with_files()->next_media_step(of_telegram(200, R"({"ok":true,"result":{"file_path":"photos/f.jpg"}})"), 0);
  ASSERT_EQ(step.kind, Step::call);
  EXPECT_EQ(step.call.url, "https://bot.example/file/bot123456:AAbb/photos/f.jpg");
  for (const char* path : {"../x", "/etc/passwd", "a?b", ""}) {
    const Json body = {{"ok", true}, {"result", {{"file_path", path}}}};
    EXPECT_EQ(bot_with_files()->next_media_step(of_telegram(200, body.dump()), 0).reason, "unreadable") << path;
  }
  EXPECT_EQ(bot_with_files()
                ->next_media_step(of_telegram(400, R"({"description":"Bad Request: file is too big"})"), 0)
                .reason,
            "too_big");
  EXPECT_EQ(
      bot_with_files()->next_media_step(of_telegram(400, R"({"description":"Bad Request: wrong file_id"})"), 0).reason,
      "gone");
}

TEST(TelegramMedia, files_go_as_forms_and_places_as_venues) {
  Delivery delivery{.contact = "77", .correlation = "1", .quoted_id = "m:77:5:9", .message = {"*Ini* & itu", {}}};
  delivery.file = OutboundFile{"a.png", "image/png", std::make_shared<const std::string>("PNG!")};
  const HttpCall photo = bot_with_files()->render(delivery);
  EXPECT_EQ(photo.url, "https://bot.example/bot123456:AAbb/sendPhoto");
  EXPECT_NE(photo.body.find("<b>Ini</b> &amp; itu"), std::string::npos);
  EXPECT_NE(photo.body.find(R"("message_id":5)"), std::string::npos);
  delivery.file->mime_type = "application/pdf";
  EXPECT_TRUE(bot_with_files()->render(delivery).url.ends_with("/sendDocument"));
  Delivery place{.contact = "77", .correlation = "1", .quoted_id = "", .message = {}};
  place.place = conversation::Position{-1.25, 116.5, "", ""};
  const Json venue = Json::parse(bot_with_files()->render(place).body);
  EXPECT_EQ(venue["title"], "Lokasi");
  EXPECT_EQ(venue["chat_id"], 77);
  EXPECT_EQ(Json::parse(bot_with_files()->typing("77", "")->body)["action"], "typing");
}

}  // namespace
}  // namespace sahut::adapters::telegram::test
