#include <gtest/gtest.h>

#include "adapters/channel.hpp"
#include "adapters/gateway/profile.hpp"

namespace sahut::adapters {
namespace {

const ChannelSettings whatsapp = {{"phone_number_id", "555000111222"},
                                  {"access_token", "EAAtoken"},
                                  {"app_secret", "rahasia"},
                                  {"verify_token", "kata-kunci"}};
const ChannelSettings telegram = {{"bot_token", "4242:AbC-d_e"}, {"secret_token", "Rahasia_123"}};
const ChannelSettings gowa = {{"profile", "gowa"},   {"secret", "rahasia-kota"}, {"api_base", "http://127.0.0.1:3000"},
                              {"username", "admin"}, {"password", "sandi"},      {"device_id", "kota"}};
const ChannelSettings fonnte = {{"profile", "fonnte"}, {"secret", "delapan-belas-huruf"}, {"api_key", "tok"}};

ChannelSettings without(ChannelSettings settings, const std::string& key) {
  settings.erase(key);
  return settings;
}

ChannelSettings with(ChannelSettings settings, const std::string& key, const std::string& value) {
  settings.erase(key);
  settings.emplace(key, value);
  return settings;
}

struct Row {
  const char* kind;
  ChannelSettings settings;
  const char* code;  ///< "" = it can be made
  const char* where;
};

TEST(MakeChannel, is_made_or_says_which_setting_is_at_fault) {
  const Row rows[] = {
      {"whatsapp", whatsapp, "", ""},
      {"whatsapp", with(whatsapp, "kind", "whatsapp"), "", ""},
      {"whatsapp", without(whatsapp, "phone_number_id"), "missing_setting", "channels.kota.phone_number_id"},
      {"whatsapp", without(whatsapp, "access_token"), "missing_setting", "channels.kota.access_token"},
      {"whatsapp", without(whatsapp, "app_secret"), "missing_setting", "channels.kota.app_secret"},
      {"whatsapp", with(whatsapp, "app_secret", ""), "missing_setting", "channels.kota.app_secret"},
      {"whatsapp", without(whatsapp, "verify_token"), "missing_setting", "channels.kota.verify_token"},
      {"whatsapp", with(whatsapp, "phone_number_id", "+62 542"), "bad_setting", "channels.kota.phone_number_id"},
      {"whatsapp", with(whatsapp, "api_base", "graph.facebook.com"), "bad_setting", "channels.kota.api_base"},
      {"whatsapp", with(whatsapp, "access_token", "a\r\nX: y"), "bad_setting", "channels.kota.access_token"},
      {"whatsapp", with(whatsapp, "tokn", "x"), "unknown_setting", "channels.kota.tokn"},
      {"telegram", telegram, "", ""},
      {"telegram", without(telegram, "bot_token"), "missing_setting", "channels.kota.bot_token"},
      {"telegram", with(telegram, "bot_token", "4242:a/../b"), "bad_setting", "channels.kota.bot_token"},
      {"telegram", without(telegram, "secret_token"), "missing_setting", "channels.kota.secret_token"},
      {"telegram", with(telegram, "secret_token", "dua kata"), "bad_setting", "channels.kota.secret_token"},
      {"telegram", with(telegram, "mode", "push"), "bad_setting", "channels.kota.mode"},
      {"telegram", with(without(telegram, "secret_token"), "mode", "polling"), "", ""},
      {"telegram", with(with(telegram, "secret_token", ""), "mode", "polling"), "missing_setting",
       "channels.kota.secret_token"},
      {"gateway", gowa, "", ""},
      {"gateway", {}, "missing_setting", "channels.kota.profile"},
      {"gateway", with(gowa, "profile", "wablas"), "bad_setting", "channels.kota.profile"},
      {"gateway", without(gowa, "secret"), "missing_setting", "channels.kota.secret"},
      {"gateway", with(gowa, "secret", "secret"), "unsafe_secret", "channels.kota.secret"},
      {"gateway", without(gowa, "api_base"), "missing_setting", "channels.kota.api_base"},
      {"gateway", without(gowa, "password"), "missing_setting", "channels.kota.password"},
      {"gateway", with(gowa, "api_key", "x"), "unknown_setting", "channels.kota.api_key"},
      {"gateway", fonnte, "", ""},
      {"gateway", with(fonnte, "secret", "pendek"), "unsafe_secret", "channels.kota.secret"},
      {"gateway",
       {{"profile", "evolution"}, {"secret", "s"}, {"api_base", "http://evo"}, {"api_key", "k"}, {"instance", "a/b"}},
       "bad_setting",
       "channels.kota.instance"},
      {"webchat", {}, "", ""},
      {"webchat", {{"secret", "x"}}, "unknown_setting", "channels.kota.secret"},
      {"sms", {}, "unknown_kind", "channels.kota.kind"}};
  for (const Row& row : rows) {
    const auto channel = make_channel("kota", row.kind, row.settings);
    ASSERT_EQ(channel.ok(), row.code[0] == '\0')
        << row.kind << " " << row.where << " " << (channel.ok() ? "" : channel.problem().text());
    if (channel.ok()) {
      EXPECT_EQ(channel.value()->kind(), row.kind);
      continue;
    }
    EXPECT_EQ(channel.problem().code, row.code) << channel.problem().text();
    EXPECT_EQ(channel.problem().where, row.where) << channel.problem().text();
    EXPECT_NE(channel.problem().cure, "") << channel.problem().text();
  }
}

TEST(MakeChannel, takes_several_app_secrets_but_one_token) {
  ChannelSettings settings = whatsapp;
  settings.emplace("app_secret", "yang-baru");
  EXPECT_TRUE(make_channel("kota", "whatsapp", settings).ok());
  settings.emplace("access_token", "kedua");
  EXPECT_EQ(make_channel("kota", "whatsapp", settings).problem().code, "repeated_setting");
}

TEST(MakeChannel, never_puts_a_secret_into_a_problem) {
  const auto channel = make_channel("kota", "telegram", with(telegram, "secret_token", "rahasia yang bocor"));
  EXPECT_EQ(channel.problem().text().find("bocor"), std::string::npos);
}

TEST(Webchat, has_no_webhook_and_acknowledges_nothing) {
  const auto channel = make_channel("web", "webchat", {}).value();
  EXPECT_EQ(channel->receive({}, {}).status, 404);
  EXPECT_FALSE(channel->acknowledge("x"));
  EXPECT_THROW((void)channel->render({}), std::logic_error);
}

}  // namespace
}  // namespace sahut::adapters
