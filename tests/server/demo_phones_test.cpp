// The simulated phones speak as Meta and Telegram do: what the real adapters write becomes a bubble, and what is typed
// or tapped is taken by the real adapters.
#include <gtest/gtest.h>

#include "adapters/channel.hpp"
#include "server/demo/bubbles.hpp"
#include "server/demo/webhooks.hpp"

namespace sahut::server {
namespace {

using conversation::InboundMessage;

const PhoneResident siti{.address = "6280123456789", .name = "Siti"};
const PhoneResident budi{.address = "701234567", .name = "Budi"};
const WhatsAppDemoAccount account{.phone_number_id = "100000000000001", .app_secret = "rahasia"};
constexpr UnixMillis start_of_test{1'796'000'000'000};

std::shared_ptr<const adapters::Channel> whatsapp() {
  const adapters::ChannelSettings settings = {
      {"phone_number_id", account.phone_number_id}, {"access_token", "t"},
      {"app_secret", account.app_secret},           {"verify_token", "v"},
      {"ready_template", "jawaban_siap"},           {"api_base", "http://127.0.0.1:1/v25.0"}};
  return adapters::make_channel("wa", "whatsapp", settings).value();
}

std::shared_ptr<const adapters::Channel> telegram() {
  const adapters::ChannelSettings settings = {{"bot_token", "1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
                                              {"secret_token", "kunci"},
                                              {"api_base", "http://127.0.0.1:1"}};
  return adapters::make_channel("tg", "telegram", settings).value();
}

/// The one message a webhook of the phone brings.
InboundMessage taken(const adapters::Channel& channel, const adapters::HttpCall& call) {
  adapters::WebhookRequest request;
  request.method = "POST";
  request.headers = call.headers;
  request.body = call.body;
  adapters::WebhookVerdict verdict = channel.receive(request, start_of_test);
  EXPECT_EQ(verdict.status, 200) << verdict.reason;
  EXPECT_EQ(verdict.events.size(), 1u);
  const auto* message = verdict.events.empty() ? nullptr : std::get_if<InboundMessage>(&verdict.events.front());
  EXPECT_NE(message, nullptr) << call.body;
  return message == nullptr ? InboundMessage{} : *message;
}

adapters::Delivery delivery(const PhoneResident& to, conversation::OutboundMessage message) {
  return {.contact = to.address, .correlation = "1", .quoted_id = "", .message = std::move(message)};
}

PhoneInput typed(const std::string& text) {
  PhoneInput input;
  input.text = text;
  return input;
}

const std::vector<conversation::Choice> two = {{"KTP hilang", "entry:ktp-el-hilang"}, {"Bukan ini", "none"}};
const std::vector<conversation::Choice> four = {{"KTP hilang", "entry:ktp-el-hilang"},
                                                {"KTP rusak", "entry:ktp-el-rusak"},
                                                {"Perubahan data pada KTP elektronik", "entry:ktp-el-ubah"},
                                                {"Bukan ini", "none"}};

TEST(DemoPhones, WhatsAppShowsTextButtonsAndMenus) {
  const auto channel = whatsapp();
  const auto plain = whatsapp_bubble(channel->render(delivery(siti, {"*Gratis* & <cepat>", {}})).body);
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->text, "*Gratis* & <cepat>");
  const auto buttons = whatsapp_bubble(channel->render(delivery(siti, {"Yang mana?", two})).body);
  ASSERT_TRUE(buttons);
  EXPECT_EQ(buttons->choices, two);
  EXPECT_EQ(buttons->menu, "");
  const auto menu = whatsapp_bubble(channel->render(delivery(siti, {"Yang mana?", four})).body);
  ASSERT_TRUE(menu);
  EXPECT_EQ(menu->choices, four) << "also the title that is too long for a row";
  EXPECT_NE(menu->menu, "");
  adapters::Delivery notice = delivery(siti, {"", {}});
  notice.ready_notice = true;
  const auto shown = whatsapp_bubble(channel->render(notice).body);
  ASSERT_TRUE(shown);
  EXPECT_TRUE(shown->is_notice);
  EXPECT_FALSE(whatsapp_bubble(channel->mark_read("628", "wamid.1")->body)) << "a read mark is no bubble";
  EXPECT_EQ(whatsapp_message_read(channel->mark_read("628", "wamid.1")->body), "wamid.1");
  EXPECT_EQ(whatsapp_message_read(channel->render(delivery(siti, {"Baik.", {}})).body), std::nullopt);
  EXPECT_EQ(whatsapp_message_read(R"({"status":1})"), std::nullopt);
}

TEST(DemoPhones, TelegramShowsTextAndButtons) {
  const auto bubble =
      telegram_bubble("sendMessage", telegram()->render(delivery(budi, {"*Gratis* & <cepat>", four})).body);
  ASSERT_TRUE(bubble);
  EXPECT_EQ(bubble->text, "*Gratis* & <cepat>");
  EXPECT_EQ(bubble->choices, four);
}

TEST(DemoPhones, WhatIsTypedOnWhatsAppArrives) {
  const auto channel = whatsapp();
  const InboundMessage text =
      taken(*channel, whatsapp_webhook("u", account, siti, typed("ktp ilang gmn 😀"), "wamid.7", start_of_test));
  EXPECT_EQ(text.text, "ktp ilang gmn 😀");
  EXPECT_EQ(text.contact, siti.address);
  EXPECT_EQ(text.external_id, "wamid.7");
  EXPECT_EQ(text.contact_name, "Siti");
  for (const bool from_menu : {false, true}) {
    PhoneInput tap;
    tap.choice = two.front();
    tap.from_menu = from_menu;
    const InboundMessage choice = taken(*channel, whatsapp_webhook("u", account, siti, tap, "wamid.8", start_of_test));
    EXPECT_EQ(choice.choice, two.front().value);
    EXPECT_EQ(choice.text, two.front().title);
  }
  PhoneInput place;
  place.location = PhoneInput::Location{-1.26, 116.83};
  EXPECT_EQ(taken(*channel, whatsapp_webhook("u", account, siti, place, "wamid.9", start_of_test)).kind,
            conversation::MessageKind::location);
}

TEST(DemoPhones, WhatIsTypedOnTelegramArrives) {
  const auto channel = telegram();
  EXPECT_EQ(taken(*channel, telegram_webhook("u", "kunci", budi, typed("halo"), 11, start_of_test)).text, "halo");
  PhoneInput tap;
  tap.choice = two.front();
  const InboundMessage choice = taken(*channel, telegram_webhook("u", "kunci", budi, tap, 12, start_of_test));
  EXPECT_EQ(choice.choice, two.front().value);
  EXPECT_NE(choice.acknowledge, "");
}

TEST(DemoPhones, AReportOnAMessageIsTakenWithItsPrice) {
  const adapters::HttpCall call = whatsapp_status_webhook("u", account, siti, "wamid.5", "delivered", start_of_test);
  adapters::WebhookRequest request;
  request.method = "POST";
  request.headers = call.headers;
  request.body = call.body;
  const adapters::WebhookVerdict verdict = whatsapp()->receive(request, start_of_test);
  ASSERT_EQ(verdict.events.size(), 1u);
  const auto* update = std::get_if<conversation::DeliveryUpdate>(&verdict.events.front());
  ASSERT_NE(update, nullptr);
  EXPECT_EQ(update->state, conversation::DeliveryState::delivered);
  EXPECT_EQ(update->pricing, "free_customer_service");
}

TEST(DemoPhones, CallsThatAreNotOursShowNothing) {
  for (const char* body : {"", "[]", "{}", "{\"type\":\"text\"}", "{\"type\":\"interactive\",\"interactive\":{}}"}) {
    EXPECT_FALSE(whatsapp_bubble(body)) << body;
    EXPECT_FALSE(telegram_bubble("sendMessage", body)) << body;
  }
}

}  // namespace
}  // namespace sahut::server
