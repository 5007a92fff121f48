// Bytes → events: what Telegram delivers, row by row.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "adapters/telegram/update.hpp"
#include "tests/adapters/described.hpp"

namespace sahut::adapters::telegram::test {
namespace {

using namespace sahut::adapters::test;

const ChannelSettings settings = {
    {"bot_token", "4242:AbC-d_e"}, {"secret_token", "Rahasia_123"}, {"secret_token", "Baru_456"}};

/// A message of Wati in her private chat, with these members besides.
std::string of_wati(const std::string& members, const std::string& kind = "message") {
  std::string text = R"({"update_id":70001,")";
  text += kind;
  text +=
      R"(":{"message_id":8,"date":1795485600,"from":{"id":8801,"is_bot":false,"first_name":"Wati","last_name":"S"},)";
  text += R"("chat":{"id":8801,"type":"private"},)";
  text += members;
  text += "}}";
  return text;
}

struct UpdateRow {
  const char* what;
  std::string body;
  std::string event;
};

const std::string from_wati = "message m:8801:8:70001 from 8801 \"Wati S\" @1795485600 ";

const UpdateRow update_rows[] = {
    {"text", of_wati(R"("text":"min mau urus KK")"), from_wati + "text \"min mau urus KK\""},
    {"text with markup", of_wati(R"("text":"<b>*_[x](y)</b> & \"x\"")"),
     from_wati + "text \"<b>*_[x](y)</b> & \"x\"\""},
    {"start", of_wati(R"("text":"/start","entities":[{"type":"bot_command","offset":0,"length":6}])"),
     from_wati + "text \"/start\""},
    {"start from a link", of_wati(R"("text":"/start ktp-kel_baru")"),
     from_wati + R"(text "/start" {"start":"ktp-kel_baru"})"},
    {"start in the long form", of_wati(R"("text":"/start@kota_bot x")"), from_wati + R"(text "/start" {"start":"x"})"},
    {"a word that only begins like it", of_wati(R"("text":"/starter kit")"), from_wati + "text \"/starter kit\""},
    {"quoting", of_wati(R"("text":"ini?","reply_to_message":{"message_id":5})"),
     from_wati + "text \"ini?\" quotes=m:8801:5"},
    {"photo: the largest",
     of_wati(R"("photo":[{"file_id":"kecil"},{"file_id":"besar","file_size":9}],"caption":"berlubang")"),
     from_wati + R"(image "berlubang" {"file_id":"besar","file_size":9})"},
    {"voice", of_wati(R"("voice":{"file_id":"v","duration":4,"mime_type":"audio/ogg"})"),
     from_wati + R"(audio {"duration":4,"file_id":"v","mime_type":"audio/ogg"})"},
    {"audio", of_wati(R"("audio":{"file_id":"v"})"), from_wati + R"(audio {"file_id":"v"})"},
    {"video", of_wati(R"("video":{"file_id":"v"},"caption":"banjir")"),
     from_wati + R"(video "banjir" {"file_id":"v"})"},
    {"round video", of_wati(R"("video_note":{"file_id":"v"})"), from_wati + R"(video {"file_id":"v"})"},
    {"animation, which is a document too", of_wati(R"("animation":{"file_id":"a"},"document":{"file_id":"d"})"),
     from_wati + R"(video {"file_id":"a"})"},
    {"document", of_wati(R"("document":{"file_id":"d","file_name":"../kk.pdf"})"),
     from_wati + R"(document {"file_id":"d","file_name":"../kk.pdf"})"},
    {"sticker", of_wati(R"("sticker":{"file_id":"s"})"), from_wati + R"(sticker {"file_id":"s"})"},
    {"location", of_wati(R"("location":{"latitude":-1.25,"longitude":116.5})"),
     from_wati + R"(location {"latitude":-1.25,"longitude":116.5})"},
    {"venue",
     of_wati(
         R"("venue":{"location":{"latitude":1,"longitude":2},"title":"Pasar","address":"Jl. A"},"location":{"latitude":1,"longitude":2})"),
     from_wati + R"(location {"address":"Jl. A","latitude":1.0,"longitude":2.0,"name":"Pasar"})"},
    {"own contact", of_wati(R"("contact":{"phone_number":"+62855","first_name":"Wati","user_id":8801})"),
     from_wati + R"(contacts {"contacts":[{"name":"Wati","phones":["+62855"]}],"own":true})"},
    {"somebody's contact", of_wati(R"("contact":{"phone_number":"+62855","first_name":"RT"})"),
     from_wati + R"(contacts {"contacts":[{"name":"RT","phones":["+62855"]}],"own":false})"},
    {"poll", of_wati(R"("poll":{"id":"1"})"), from_wati + R"(other {"type":"poll"} silent)"},
    {"service message", of_wati(R"("pinned_message":{})"), "ignored service_message"},
    {"edited", of_wati(R"("edit_date":1795485700,"text":"KTP hilang")", "edited_message"),
     "message m:8801:8:70001 from 8801 \"Wati S\" @1795485700 text \"KTP hilang\" quotes=m:8801:8 silent"},
    {"tapped button",
     R"({"update_id":7,"callback_query":{"id":"cq1","from":{"id":8801,"first_name":"Wati"},"data":"e:kk","message":{"message_id":9,"date":1795485500,"chat":{"id":8801,"type":"private"},"reply_markup":{"inline_keyboard":[[{"text":"KTP","callback_data":"e:ktp"}],[{"text":"KK","callback_data":"e:kk"}]]}}}})",
     "message cb:cq1:7 from 8801 \"Wati\" choice \"KK\" choice=e:kk quotes=m:8801:9 ack=cq1"},
    {"button of a message no longer accessible",
     R"({"update_id":7,"callback_query":{"id":"cq1","from":{"id":8801},"data":"e:kk","message":{"message_id":9,"date":0,"chat":{"id":8801,"type":"private"}}}})",
     "message cb:cq1:7 from 8801 choice choice=e:kk quotes=m:8801:9 ack=cq1"},
    {"button without its message", R"({"update_id":7,"callback_query":{"id":"cq1","from":{"id":8801},"data":"e:kk"}})",
     "message cb:cq1:7 from 8801 choice choice=e:kk ack=cq1"},
    {"button in a group",
     R"({"update_id":7,"callback_query":{"id":"cq1","from":{"id":8801},"data":"e:kk","message":{"message_id":9,"chat":{"id":-100,"type":"group"}}}})",
     "ignored group"},
    {"game button", R"({"update_id":7,"callback_query":{"id":"cq1","from":{"id":8801},"game_short_name":"x"}})",
     "ignored unknown_kind"},
    {"blocked",
     R"({"update_id":7,"my_chat_member":{"chat":{"id":8801,"type":"private"},"date":1795485600,"new_chat_member":{"status":"kicked"}}})",
     "unreachable 8801 @1795485600"},
    {"unblocked",
     R"({"update_id":7,"my_chat_member":{"chat":{"id":8801,"type":"private"},"date":1795485600,"new_chat_member":{"status":"member"}}})",
     "ignored unblocked"},
    {"thrown out of a group",
     R"({"update_id":7,"my_chat_member":{"chat":{"id":-1,"type":"group"},"new_chat_member":{"status":"kicked"}}})",
     "ignored group"},
    {"moved group",
     R"({"update_id":7,"message":{"message_id":1,"chat":{"id":-12,"type":"group"},"migrate_to_chat_id":-10012}})",
     "moved moved:7 -12 -> -10012"},
    {"group",
     R"({"update_id":7,"message":{"message_id":1,"from":{"id":8801},"chat":{"id":-10012,"type":"supergroup"},"date":1,"text":"halo"}})",
     "ignored group"},
    {"channel", R"({"update_id":7,"channel_post":{"message_id":1,"chat":{"id":-1,"type":"channel"}}})",
     "ignored channel"},
    {"another bot",
     R"({"update_id":7,"message":{"message_id":1,"from":{"id":88,"is_bot":true},"chat":{"id":88,"type":"private"},"text":"halo"}})",
     "ignored bot"},
    {"an id past 32 bits",
     R"({"update_id":7,"message":{"message_id":1,"from":{"id":4503599627370495},"chat":{"id":4503599627370495,"type":"private"},"text":"a"}})",
     "message m:4503599627370495:1:7 from 4503599627370495 text \"a\""},
    {"a kind of the future", R"({"update_id":7,"hologram":{"a":1}})", "ignored unknown_kind"},
    {"only an id", R"({"update_id":7})", "ignored unknown_kind"},
    {"wrong types", R"({"update_id":"abc","message":{"message_id":"1","chat":"x","text":5}})", "ignored broken_item"},
    {"wrong types inside", R"({"update_id":7,"message":{"message_id":1,"chat":{"id":"x"},"text":5}})",
     "ignored broken_item"},
    {"a text of the wrong type", of_wati(R"("text":5)"), "ignored service_message"},
    {"nobody", R"({"update_id":7,"message":{"message_id":1,"chat":{"id":5,"type":"private"},"text":"a"}})",
     "ignored broken_item"},
    {"an array", "[1]", "ignored broken_item"},
};

TEST(TelegramIncoming, every_kind_of_update) {
  for (const UpdateRow& row : update_rows) {
    const auto events = parse(row.body);
    ASSERT_TRUE(events.ok()) << row.what;
    EXPECT_EQ(described(events.value()), std::vector<std::string>{row.event}) << row.what;
  }
}

TEST(TelegramIncoming, a_repeated_update_keeps_its_name_and_a_new_one_gets_another) {
  const std::string first = of_wati(R"("text":"a")");
  std::string renumbered = first;
  renumbered.replace(renumbered.find("70001"), 5, "70002");
  const auto id_of = [](const std::string& body) {
    return std::get<conversation::InboundMessage>(parse(body).value().front()).external_id;
  };
  EXPECT_EQ(id_of(first), id_of(first));
  EXPECT_NE(id_of(first), id_of(renumbered));
}

TEST(TelegramWebhook, believes_the_secret_only) {
  const auto channel = made("telegram", settings);
  const std::string body = of_wati(R"("text":"a")");
  const char* const name = "X-Telegram-Bot-Api-Secret-Token";
  EXPECT_EQ(channel->receive(post(body, {{name, "Rahasia_123"}}), noon).events.size(), 1U);
  EXPECT_EQ(channel->receive(post(body, {{name, "Baru_456"}}), noon).events.size(), 1U);
  const Headers refused[] = {{},
                             {{name, ""}},
                             {{name, "RAHASIA_123"}},
                             {{name, "Rahasia_12"}},
                             {{name, "Rahasia_123"}, {name, "Rahasia_123"}},
                             {{"Authorization", "Rahasia_123"}}};
  for (const Headers& headers : refused) {
    const auto verdict = channel->receive(post(body, headers), noon);
    EXPECT_EQ(verdict.status, 401);
    EXPECT_TRUE(verdict.events.empty());
  }
}

TEST(TelegramWebhook, answers_200_to_anything_authentic_that_is_json) {
  const auto channel = made("telegram", settings);
  const Headers headers = {{"x-telegram-bot-api-secret-token", "Rahasia_123"}};
  for (const UpdateRow& row : update_rows)
    EXPECT_EQ(channel->receive(post(row.body, headers), noon).status, 200) << row.what;
  EXPECT_EQ(channel->receive(post("update_id=1", headers), noon).status, 400);
  EXPECT_EQ(channel->receive({.method = "GET", .path_secret = {}, .query = {}, .headers = {}, .body = {}}, noon).status,
            405);
}

TEST(TelegramWebhook, believes_nothing_while_polling_without_a_secret) {
  const auto channel = made("telegram", {{"bot_token", "4242:AbC"}, {"mode", "polling"}});
  EXPECT_EQ(channel->receive(post("{}", {{"X-Telegram-Bot-Api-Secret-Token", ""}}), noon).status, 401);
}

RC_GTEST_PROP(TelegramIncoming, survives_any_damage, ()) {
  std::string bytes = update_rows[*rc::gen::inRange<std::size_t>(0, std::size(update_rows))].body;
  for (int n = *rc::gen::inRange(1, 6); n > 0 && !bytes.empty(); --n) {
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
    if (*rc::gen::arbitrary<bool>()) {
      bytes[at] = *rc::gen::arbitrary<char>();
    } else {
      bytes.erase(at, *rc::gen::inRange<std::size_t>(1, 20));
    }
  }
  const auto events = parse(bytes);
  if (events) RC_ASSERT(events.value().size() == 1U);
}

}  // namespace
}  // namespace sahut::adapters::telegram::test
