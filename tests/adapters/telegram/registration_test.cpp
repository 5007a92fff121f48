// Polling and registration: the calls, and every answer explained.
#include "adapters/telegram/registration.hpp"

#include <gtest/gtest.h>

#include "adapters/telegram/polling.hpp"
#include "tests/adapters/described.hpp"
#include "tests/adapters/examined.hpp"

namespace sahut::adapters::telegram::test {
namespace {

using namespace sahut::adapters::test;

const BotApi api{"https://api.example", "4242:AbC"};

TEST(TelegramPolling, asks_from_an_offset_and_holds_the_line) {
  const HttpCall call = poll(api, 70002, 25);
  EXPECT_EQ(call.url, "https://api.example/bot4242:AbC/getUpdates");
  EXPECT_EQ(
      Json::parse(call.body),
      Json::parse(
          R"({"offset":70002,"limit":15,"timeout":25,"allowed_updates":["message","edited_message","callback_query","my_chat_member"]})"));
  EXPECT_GE(call.timeout_ms, 35'000);
  EXPECT_EQ(Json::parse(poll(api, 0, 600).body)["timeout"], 50);
}

TEST(TelegramPolling, gives_events_by_update_and_the_next_offset) {
  const auto result = parse_poll(
      answered(
          200,
          R"({"ok":true,"result":[{"update_id":70005,"message":{"message_id":1,"from":{"id":8801},"chat":{"id":8801,"type":"private"},"text":"a"}},{"x":1},{"update_id":70004}]})"),
      70000);
  EXPECT_FALSE(result.problem);
  ASSERT_EQ(result.updates.size(), 2U);
  EXPECT_EQ(result.updates[0].update_id, 70005);
  EXPECT_EQ(described(result.updates[0].events),
            std::vector<std::string>{"message m:8801:1:70005 from 8801 text \"a\""});
  EXPECT_EQ(result.next_offset, 70006);
}

TEST(TelegramPolling, nothing_new_leaves_the_offset) {
  const auto result = parse_poll(answered(200, R"({"ok":true,"result":[]})"), 70000);
  EXPECT_FALSE(result.problem);
  EXPECT_EQ(result.next_offset, 70000);
}

struct Trouble {
  HttpAnswer answer;
  const char* code;
  bool fatal;
};

TEST(TelegramPolling, says_what_is_wrong_and_keeps_the_offset) {
  HttpAnswer silent;
  silent.failure = TransportFailure::never_left;
  const Trouble rows[] = {
      {answered(409,
                R"({"ok":false,"error_code":409,"description":"Conflict: terminated by other getUpdates request"})"),
       "conflict", true},
      {answered(401, R"({"ok":false,"error_code":401,"description":"Unauthorized"})"), "unauthorised", true},
      {answered(404, R"({"ok":false,"error_code":404,"description":"Not Found"})"), "unauthorised", true},
      {answered(429, R"({"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":7}})"), "throttled",
       false},
      {answered(400, R"({"ok":false,"error_code":400,"description":"x"})"), "refused", false},
      {answered(502, "<html>"), "unavailable", false},
      {answered(200, "<html>"), "unavailable", false},
      {silent, "unreachable", false}};
  for (const Trouble& row : rows) {
    const auto result = parse_poll(row.answer, 70000);
    ASSERT_TRUE(result.problem) << row.code;
    EXPECT_EQ(result.problem->code, row.code);
    EXPECT_EQ(result.fatal, row.fatal) << row.code;
    EXPECT_EQ(result.next_offset, 70000) << row.code;
    EXPECT_GT(result.wait_ms, 0) << row.code;
  }
  EXPECT_EQ(parse_poll(rows[3].answer, 0).wait_ms, 7000);
}

TEST(TelegramRegistration, tells_telegram_where_we_are) {
  const HttpCall call = set_webhook(api, "https://kota.example/webhooks/tg", "Rahasia_123");
  EXPECT_EQ(call.url, "https://api.example/bot4242:AbC/setWebhook");
  EXPECT_EQ(
      Json::parse(call.body),
      Json::parse(
          R"({"url":"https://kota.example/webhooks/tg","secret_token":"Rahasia_123","max_connections":40,"allowed_updates":["message","edited_message","callback_query","my_chat_member"]})"));
  EXPECT_EQ(delete_webhook(api).body, R"({"drop_pending_updates":false})");
  EXPECT_EQ(get_me(api).url, "https://api.example/bot4242:AbC/getMe");
  EXPECT_EQ(get_webhook_info(api).url, "https://api.example/bot4242:AbC/getWebhookInfo");
}

TEST(TelegramRegistration, reads_who_the_bot_is) {
  const auto me = parse_get_me(
      answered(200, R"({"ok":true,"result":{"id":4242,"is_bot":true,"first_name":"Kota","username":"kota_bot"}})"));
  ASSERT_TRUE(me.ok());
  EXPECT_EQ(me->id, 4242);
  EXPECT_EQ(me->username, "kota_bot");
  EXPECT_EQ(parse_get_me(answered(401, R"({"ok":false,"error_code":401,"description":"Unauthorized"})")).problem().code,
            "unauthorised");
  EXPECT_TRUE(parse_done(answered(200, R"({"ok":true,"result":true})")).value());
}

TEST(TelegramRegistration, reads_what_telegram_knows_of_our_webhook) {
  const auto info = parse_webhook_info(answered(
      200,
      R"({"ok":true,"result":{"url":"https://kota.example/webhooks/tg","pending_update_count":7,"last_error_date":1795485000,"last_error_message":"Connection refused","allowed_updates":["message"]}})"));
  ASSERT_TRUE(info.ok());
  EXPECT_EQ(info->url, "https://kota.example/webhooks/tg");
  EXPECT_EQ(info->pending_updates, 7);
  EXPECT_EQ(info->last_error_at.value, 1'795'485'000'000);
  EXPECT_EQ(info->last_error, "Connection refused");
  EXPECT_EQ(info->allowed_updates, std::vector<std::string>{"message"});
}

}  // namespace
}  // namespace sahut::adapters::telegram::test
