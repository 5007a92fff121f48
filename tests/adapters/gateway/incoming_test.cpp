// Bytes → events for each gateway, row by row.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "adapters/gateway/jid.hpp"
#include "adapters/gateway/parse.hpp"
#include "tests/adapters/described.hpp"

namespace sahut::adapters::gateway::test {
namespace {

using namespace sahut::adapters::test;

struct DeliveryRow {
  const char* what;
  std::string body;
  std::vector<std::string> events;
};

/// A WAHA body with this event and payload.
std::string waha(const std::string& event, const std::string& payload) {
  std::string text = R"({"id":"evt_1","event":")";
  text += event;
  text += R"(","session":"default","payload":{)";
  text += payload;
  text += "}}";
  return text;
}

std::string gowa(const std::string& event, const std::string& payload) {
  std::string text = R"({"event":")";
  text += event;
  text += R"(","device_id":"62542@s.whatsapp.net","payload":{)";
  text += payload;
  text += "}}";
  return text;
}

std::string evolution(const std::string& event, const std::string& data) {
  std::string text = R"({"event":")";
  text += event;
  text += R"(","instance":"kota","apikey":"RAHASIA","data":{)";
  text += data;
  text += "}}";
  return text;
}

const std::string waha_wati =
    R"("id":"false_6285500112233@c.us_3AB1","timestamp":1795485600,"from":"6285500112233@c.us","fromMe":false,"participant":null,)";
const std::string gowa_wati =
    R"("id":"3EB1","chat_id":"6285500112233@s.whatsapp.net","from":"6285500112233@s.whatsapp.net","from_name":"Wati","timestamp":"2026-11-24T02:00:00Z","is_from_me":false,)";
const std::string evolution_wati =
    R"("key":{"remoteJid":"6285500112233@s.whatsapp.net","fromMe":false,"id":"3AE1"},"pushName":"Wati","messageTimestamp":1795485600,)";

const DeliveryRow waha_rows[] = {
    {"text",
     waha("message", waha_wati + R"("body":"halo *min*","hasMedia":false,"media":null)"),
     {"message 3AB1 from 6285500112233 @1795485600 text \"halo *min*\""}},
    {"the same under a @lid has the same name",
     waha("message", R"("id":"false_160900001111@lid_3AB1","from":"160900001111@lid","body":"halo")"),
     {"message 3AB1 from 160900001111@lid text \"halo\""}},
    {"image",
     waha("message",
          waha_wati + R"("body":"lampu","hasMedia":true,"media":{"url":"http://waha/f.jpg","mimetype":"image/jpeg"})"),
     {R"(message 3AB1 from 6285500112233 @1795485600 image "lampu" {"mime_type":"image/jpeg","url":"http://waha/f.jpg"})"}},
    {"media that was not downloaded",
     waha("message", waha_wati + R"("body":"","hasMedia":true,"media":null)"),
     {"message 3AB1 from 6285500112233 @1795485600 document"}},
    {"voice",
     waha("message", waha_wati + R"("hasMedia":true,"media":{"mimetype":"audio/ogg; codecs=opus"})"),
     {R"(message 3AB1 from 6285500112233 @1795485600 audio {"mime_type":"audio/ogg; codecs=opus"})"}},
    {"place",
     waha("message", waha_wati + R"("location":{"latitude":-1.25,"longitude":116.5})"),
     {R"(message 3AB1 from 6285500112233 @1795485600 location {"latitude":-1.25,"longitude":116.5})"}},
    {"nothing in it", waha("message", waha_wati + R"("body":"")"), {"ignored no_content"}},
    {"own",
     waha("message.any", R"("id":"true_6285500112233@c.us_3AB2","from":"62542@c.us","fromMe":true,"body":"jawaban")"),
     {"ignored own_message"}},
    {"group",
     waha("message",
          R"("id":"false_1203@g.us_3AB3","from":"120300001111@g.us","participant":"6285500112233@c.us","body":"a")"),
     {"ignored group"}},
    {"story",
     waha("message", R"("id":"false_status@broadcast_3AB4","from":"status@broadcast","body":"a")"),
     {"ignored broadcast"}},
    {"newsletter", waha("message", R"("id":"x","from":"120300001111@newsletter","body":"a")"), {"ignored newsletter"}},
    {"unknown sender", waha("message", R"("id":"x","from":"siapa","body":"a")"), {"ignored unknown_sender"}},
    {"sender of the wrong type",
     waha("message", R"("id":"x","from":["6285500112233@c.us"],"body":"a")"),
     {"ignored unknown_sender"}},
    {"read",
     waha("message.ack", R"("id":"true_6285500112233@c.us_3AB9","ack":3,"ackName":"READ")"),
     {"update 3AB9 read @1795485600"}},
    {"an ack nobody knows",
     waha("message.ack", R"("id":"true_6285500112233@c.us_3AB9","ackName":"PENDING")"),
     {"ignored other_event"}},
    {"session lost", waha("session.status", R"("status":"SCAN_QR_CODE")"), {"health down SCAN_QR_CODE"}},
    {"session back", waha("session.status", R"("status":"WORKING")"), {"health up WORKING"}},
    {"session starting", waha("session.status", R"("status":"STARTING")"), {"ignored other_event"}},
    {"reaction", waha("message.reaction", waha_wati + R"("reaction":{"text":"x"})"), {"ignored other_event"}},
    {"older than a day",
     waha("message",
          R"("id":"false_6285500112233@c.us_3AB5","timestamp":1795399199,"from":"6285500112233@c.us","body":"a")"),
     {"message 3AB5 from 6285500112233 @1795399199 text \"a\" silent"}},
    {"no event", "{}", {"ignored other_event"}},
};

const DeliveryRow gowa_rows[] = {
    {"text",
     gowa("message", gowa_wati + R"("body":"halo")"),
     {"message 3EB1 from 6285500112233 \"Wati\" @1795485600 text \"halo\""}},
    {"the phone and its @lid",
     gowa("message", gowa_wati + R"("from_lid":"160900001111@lid","body":"halo")"),
     {"message 3EB1 from 6285500112233 (aka 160900001111@lid) \"Wati\" @1795485600 text \"halo\""}},
    {"a time with an offset",
     gowa("message",
          R"("id":"3EB1","chat_id":"6285500112233@s.whatsapp.net","timestamp":"2026-11-24T10:00:00+08:00","body":"a")"),
     {"message 3EB1 from 6285500112233 @1795485600 text \"a\""}},
    {"a time with fractions",
     gowa("message",
          R"("id":"3EB1","chat_id":"6285500112233@s.whatsapp.net","timestamp":"2026-11-24T02:00:00.250Z","body":"a")"),
     {"message 3EB1 from 6285500112233 @1795485600 text \"a\""}},
    {"image as an object",
     gowa("message", gowa_wati + R"("body":"tiang","image":{"path":"statics/a.jpeg","caption":"tiang"})"),
     {R"(message 3EB1 from 6285500112233 "Wati" @1795485600 image "tiang" {"url":"statics/a.jpeg"})"}},
    {"image as a text",
     gowa("message", gowa_wati + R"("image":"statics/a.jpeg")"),
     {R"(message 3EB1 from 6285500112233 "Wati" @1795485600 image {"url":"statics/a.jpeg"})"}},
    {"the sender is who is answered, whatever the chat is called",
     gowa("message",
          R"("id":"3EB1","chat_id":"62542@s.whatsapp.net","from":"6285500112233@s.whatsapp.net","body":"a")"),
     {"message 3EB1 from 6285500112233 text \"a\""}},
    {"several contacts",
     gowa("message", gowa_wati + R"("contacts_array":[{"displayName":"A"}])"),
     {"message 3EB1 from 6285500112233 \"Wati\" @1795485600 contacts"}},
    {"a newsletter chat",
     gowa("message", R"("id":"3EB1","chat_id":"1203@newsletter","from":"6285500112233@s.whatsapp.net","body":"a")"),
     {"ignored newsletter"}},
    {"own",
     gowa(
         "message",
         R"("id":"3EB2","chat_id":"6285500112233@s.whatsapp.net","from":"62542@s.whatsapp.net","is_from_me":true,"body":"a")"),
     {"ignored own_message"}},
    {"group, told by the chat",
     gowa(
         "message",
         R"("id":"3EB3","chat_id":"120300001111@g.us","from":"6285500112233@s.whatsapp.net","is_from_me":false,"body":"a")"),
     {"ignored group"}},
    {"reaction", gowa("message.reaction", gowa_wati + R"("reaction":"x")"), {"ignored other_event"}},
    {"read, several",
     gowa("message.ack", R"("ids":["3EB8","3EB9",7],"receipt_type":"read")"),
     {"update 3EB8 read @1795485600", "update 3EB9 read @1795485600"}},
};

const DeliveryRow evolution_rows[] = {
    {"text, and the apikey goes nowhere",
     evolution("messages.upsert", evolution_wati + R"("message":{"conversation":"halo"},"messageType":"conversation")"),
     {"message 3AE1 from 6285500112233 \"Wati\" @1795485600 text \"halo\""}},
    {"the older spelling of the event",
     evolution("MESSAGES_UPSERT", evolution_wati + R"("message":{"extendedTextMessage":{"text":"halo"}})"),
     {"message 3AE1 from 6285500112233 \"Wati\" @1795485600 text \"halo\""}},
    {"a @lid with its phone",
     evolution(
         "messages.upsert",
         R"("key":{"remoteJid":"160900001111@lid","remoteJidAlt":"6285500112233@s.whatsapp.net","fromMe":false,"id":"3AE2"},"message":{"conversation":"a"})"),
     {"message 3AE2 from 6285500112233 (aka 160900001111@lid) text \"a\""}},
    {"a @lid alone",
     evolution("messages.upsert",
               R"("key":{"remoteJid":"160900001111@lid","fromMe":false,"id":"3AE2"},"message":{"conversation":"a"})"),
     {"message 3AE2 from 160900001111@lid text \"a\""}},
    {"image",
     evolution(
         "messages.upsert",
         evolution_wati +
             R"("message":{"imageMessage":{"caption":"tiang","mimetype":"image/jpeg"}},"messageType":"imageMessage")"),
     {R"(message 3AE1 from 6285500112233 "Wati" @1795485600 image "tiang" {"media_id":"3AE1","mime_type":"image/jpeg"})"}},
    {"voice",
     evolution("messages.upsert", evolution_wati + R"("message":{"audioMessage":{"ptt":true}})"),
     {R"(message 3AE1 from 6285500112233 "Wati" @1795485600 audio {"media_id":"3AE1"})"}},
    {"reaction",
     evolution("messages.upsert",
               evolution_wati + R"("message":{"reactionMessage":{"text":"x"}},"messageType":"reactionMessage")"),
     {"ignored reaction"}},
    {"deletion",
     evolution("messages.upsert",
               evolution_wati + R"("message":{"protocolMessage":{"type":0}},"messageType":"protocolMessage")"),
     {"ignored service_message"}},
    {"own",
     evolution(
         "messages.upsert",
         R"("key":{"remoteJid":"6285500112233@s.whatsapp.net","fromMe":true,"id":"3AE3"},"message":{"conversation":"a"})"),
     {"ignored own_message"}},
    {"group",
     evolution(
         "messages.upsert",
         R"("key":{"remoteJid":"120300001111@g.us","fromMe":false,"id":"3AE4","participant":"6285500112233@s.whatsapp.net"},"message":{"conversation":"a"})"),
     {"ignored group"}},
    {"delivered",
     evolution("messages.update", R"("keyId":"3AE9","status":"DELIVERY_ACK")"),
     {"update 3AE9 delivered @1795485600"}},
    {"logged out", evolution("connection.update", R"("state":"close","statusReason":401)"), {"health down close"}},
    {"back", evolution("connection.update", R"("state":"open")"), {"health up open"}},
    {"typing", evolution("presence.update", R"("id":"x")"), {"ignored other_event"}},
};

const DeliveryRow fonnte_rows[] = {
    {"text",
     R"({"device":"62542","sender":"6285500112233","message":"halo","text":"non-button message","member":"","name":"Wati","location":"","timestamp":1795485600,"inboxid":991})",
     {"message 991 from 6285500112233 \"Wati\" @1795485600 text \"halo\""}},
    {"group",
     R"({"device":"62542","sender":"120300001111@g.us","message":"a","member":"6285500112233","name":"Wati"})",
     {"ignored group"}},
    {"group by its member",
     R"({"device":"62542","sender":"6285500112233","message":"a","member":"6285500112244","inboxid":1})",
     {"ignored group"}},
    {"image",
     R"({"device":"62542","sender":"6285500112233","message":"tiang","url":"https://f/x.jpg","filename":"x","extension":"jpg","inboxid":992})",
     {R"(message 992 from 6285500112233 image "tiang" {"extension":"jpg","file_name":"x","url":"https://f/x.jpg"})"}},
    {"delivered",
     R"({"device":"62542","id":"77","stateid":"s","status":"processed","state":"delivered"})",
     {"update 77 delivered @1795485600"}},
    {"disconnected", R"({"device":"62542","status":"disconnect","reason":"x"})", {"health down disconnect"}},
};

template <std::size_t N>
void check(const char* profile, const DeliveryRow (&rows)[N]) {
  ASSERT_NE(find_profile(profile), nullptr);
  for (const DeliveryRow& row : rows) {
    const auto events = parse(row.body, *find_profile(profile), noon);
    ASSERT_TRUE(events.ok()) << row.what;
    EXPECT_EQ(described(events.value()), row.events) << profile << ": " << row.what;
  }
}

TEST(GatewayIncoming, waha) {
  check("waha", waha_rows);
}
TEST(GatewayIncoming, gowa) {
  check("gowa", gowa_rows);
}
TEST(GatewayIncoming, evolution) {
  check("evolution", evolution_rows);
}
TEST(GatewayIncoming, fonnte) {
  check("fonnte", fonnte_rows);
}

TEST(GatewayIncoming, a_message_without_an_id_is_named_by_its_bytes) {
  const Profile& fonnte = *find_profile("fonnte");
  const auto id_of = [&](const std::string& body, UnixMillis now) {
    return std::get<conversation::InboundMessage>(parse(body, fonnte, now).value().front()).external_id;
  };
  const std::string dated = R"({"sender":"6285500112233","message":"ya","timestamp":1795485600})";
  const std::string undated = R"({"sender":"6285500112233","message":"ya"})";
  EXPECT_EQ(id_of(dated, noon), id_of(dated, noon.plus_minutes(5)));
  EXPECT_EQ(id_of(undated, noon), id_of(undated, noon.plus_seconds(20)));
  EXPECT_NE(id_of(undated, noon), id_of(undated, noon.plus_minutes(5)));
}

TEST(GatewayIncoming, refuses_what_is_no_object) {
  EXPECT_EQ(parse("[]", *find_profile("gowa"), noon).problem().code, "not_an_object");
  EXPECT_EQ(parse("a=b", *find_profile("gowa"), noon).problem().code, "not_json");
}

TEST(GatewayJid, tells_persons_from_the_rest) {
  struct JidRow {
    const char* jid;
    JidKind kind;
    const char* contact;
  };
  const JidRow jids[] = {{"6285500112233@c.us", JidKind::person, "6285500112233"},
                         {"6285500112233:12@s.whatsapp.net", JidKind::person, "6285500112233"},
                         {"6285500112233", JidKind::person, "6285500112233"},
                         {"+6285500112233", JidKind::person, "6285500112233"},
                         {"160900001111@lid", JidKind::person, "160900001111@lid"},
                         {"120300001111-1@g.us", JidKind::group, ""},
                         {"status@broadcast", JidKind::broadcast, ""},
                         {"1@newsletter", JidKind::newsletter, ""},
                         {"x@c.us", JidKind::unknown, ""},
                         {"6285500112233@bot", JidKind::unknown, ""},
                         {"", JidKind::unknown, ""},
                         {"@", JidKind::unknown, ""}};
  for (const JidRow& row : jids) {
    EXPECT_EQ(kind_of(row.jid), row.kind) << row.jid;
    EXPECT_EQ(contact_key(row.jid), row.contact) << row.jid;
  }
  EXPECT_EQ(address_of("6285500112233", "@c.us"), "6285500112233@c.us");
  EXPECT_EQ(address_of("160900001111@lid", "@c.us"), "160900001111@lid");
  EXPECT_EQ(after_last("false_x@c.us_3A", "_"), "3A");
  EXPECT_EQ(after_last("3A", "_"), "3A");
  EXPECT_EQ(after_last("a_b", ""), "a_b");
}

RC_GTEST_PROP(GatewayIncoming, survives_any_damage, ()) {
  const auto names = profile_names();
  std::string bytes =
      *rc::gen::element(waha_rows[0].body, gowa_rows[4].body, evolution_rows[4].body, fonnte_rows[3].body);
  for (int n = *rc::gen::inRange(1, 6); n > 0 && !bytes.empty(); --n) {
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
    if (*rc::gen::arbitrary<bool>()) {
      bytes[at] = *rc::gen::arbitrary<char>();
    } else {
      bytes.erase(at, *rc::gen::inRange<std::size_t>(1, 20));
    }
  }
  for (const std::string& name : names) {
    const auto events = parse(bytes, *find_profile(name), noon);
    if (events) RC_ASSERT(!events.value().empty());
  }
}

}  // namespace
}  // namespace sahut::adapters::gateway::test
