// Bytes → events: what residents and Meta send, row by row.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "adapters/whatsapp/parse.hpp"
#include "tests/adapters/whatsapp/sample.hpp"

namespace sahut::adapters::whatsapp::test {
namespace {

struct NotificationRow {
  const char* what;
  std::string body;
  std::vector<std::string> events;
};

const std::string from_wati = "message wamid.A from 6285500112233 (aka ID.wati1) \"Wati\" @1795485600 ";

const NotificationRow messages[] = {
    {"text",
     body(of_wati(R"("type":"text","text":{"body":"min mau urus KK"})")),
     {from_wati + "text \"min mau urus KK\""}},
    {"escaped text",
     body(of_wati(R"("type":"text","text":{"body":"km 5\/6 \u00e9 \ud83d\ude2d"})")),
     {from_wati + "text \"km 5/6 é 😭\""}},
    {"text with a nul",
     body(of_wati(R"("type":"text","text":{"body":"a\u0000b"})")),
     {from_wati + "text \"a\xEF\xBF\xBD"
                  "b\""}},
    {"quoting",
     body(of_wati(R"("type":"text","text":{"body":"ini?"},"context":{"from":"62542","id":"wamid.OURS"})")),
     {from_wati + "text \"ini?\" quotes=wamid.OURS"}},
    {"forwarded: a context without id",
     body(of_wati(R"("type":"text","text":{"body":"INFO"},"context":{"forwarded":true})")),
     {from_wati + "text \"INFO\""}},
    {"image with caption",
     body(of_wati(
         R"("type":"image","image":{"id":"77","mime_type":"image/jpeg","sha256":"q=","url":"https://x/y","caption":"lampu mati"})")),
     {from_wati + R"(image "lampu mati" {"media_id":"77","mime_type":"image/jpeg","sha256":"q="})"}},
    {"image without caption",
     body(of_wati(R"("type":"image","image":{"id":"77"})")),
     {from_wati + R"(image {"media_id":"77"})"}},
    {"document with a hostile name",
     body(of_wati(R"("type":"document","document":{"id":"78","filename":"../../x.pdf"})")),
     {from_wati + R"(document {"file_name":"../../x.pdf","media_id":"78"})"}},
    {"voice note",
     body(of_wati(R"("type":"audio","audio":{"id":"79","voice":true})")),
     {from_wati + R"(audio {"media_id":"79","voice":true})"}},
    {"voice note in its older form",
     body(of_wati(R"("type":"voice","voice":{"id":"79"})")),
     {from_wati + R"(audio {"media_id":"79"})"}},
    {"video",
     body(of_wati(R"("type":"video","video":{"id":"80","caption":"banjir"})")),
     {from_wati + R"(video "banjir" {"media_id":"80"})"}},
    {"sticker",
     body(of_wati(R"("type":"sticker","sticker":{"id":"81","animated":true})")),
     {from_wati + R"(sticker {"animated":true,"media_id":"81"})"}},
    {"place",
     body(of_wati(
         R"("type":"location","location":{"latitude":-1.25,"longitude":116.5,"name":"Pasar","address":"Jl. A"})")),
     {from_wati + R"(location {"address":"Jl. A","latitude":-1.25,"longitude":116.5,"name":"Pasar"})"}},
    {"place off the earth",
     body(of_wati(R"("type":"location","location":{"latitude":-91,"longitude":0})")),
     {"ignored broken_item"}},
    {"shared contact",
     body(of_wati(
         R"("type":"contacts","contacts":[{"name":{"formatted_name":"Pak RT"},"phones":[{"phone":"+62 811"},{"phone":5}]}])")),
     {from_wati + R"(contacts {"contacts":[{"name":"Pak RT","phones":["+62 811"]}]})"}},
    {"tapped button",
     body(of_wati(
         R"("type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"e:kk","title":"KK"}},"context":{"id":"wamid.OURS"})")),
     {from_wati + "choice \"KK\" choice=e:kk quotes=wamid.OURS"}},
    {"tapped row",
     body(of_wati(
         R"("type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"e:ktp","title":"KTP","description":"baru"}})")),
     {from_wati + "choice \"KTP\" choice=e:ktp"}},
    {"button of a template",
     body(of_wati(R"("type":"button","button":{"payload":"e:pbb","text":"PBB"})")),
     {from_wati + "choice \"PBB\" choice=e:pbb"}},
    {"form",
     body(of_wati(
         R"("type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{}"}})")),
     {from_wati + R"(other "Sent" {"interactive":"nfm_reply","type":"interactive"} silent)"}},
    {"order",
     body(of_wati(R"("type":"order","order":{"catalog_id":"1","text":"2 ya"})")),
     {from_wati + R"(order "2 ya" {"type":"order"} silent)"}},
    {"unsupported",
     body(of_wati(R"("type":"unsupported","unsupported":{"type":"poll_creation"},"errors":[{"code":131051}])")),
     {from_wati + R"(other {"subtype":"poll_creation","type":"unsupported"} silent)"}},
    {"edit",
     body(of_wati(
         R"("type":"edit","edit":{"original_message_id":"wamid.O","message":{"type":"text","text":{"body":"KTP hilang"}}})")),
     {from_wati + R"(other "KTP hilang" {"original_id":"wamid.O","type":"edit"} silent)"}},
    {"deletion",
     body(of_wati(R"("type":"revoke","revoke":{"original_message_id":"wamid.O"})")),
     {from_wati + R"(other {"original_id":"wamid.O","type":"revoke"} silent)"}},
    {"a kind of the future",
     body(of_wati(R"("type":"hologram","hologram":{"id":"1"})")),
     {from_wati + R"(other {"type":"hologram"} silent)"}},
    {"reaction",
     body(of_wati(R"("type":"reaction","reaction":{"message_id":"wamid.OURS","emoji":"x"})")),
     {"ignored reaction"}},
    {"group", body(of_wati(R"("type":"text","text":{"body":"halo"},"group_id":"1203")")), {"ignored group"}},
};

const NotificationRow identities[] = {
    {"no phone, only a user id",
     body(
         R"("contacts":[{"profile":{"username":"joko.tarakan"},"user_id":"ID.joko1"}],"messages":[{"from_user_id":"ID.joko1","id":"w","timestamp":"1795485600","type":"text","text":{"body":"a"}}])"),
     {"message w from ID.joko1 \"joko.tarakan\" @1795485600 text \"a\""}},
    {"user id under the phone's key",
     body(
         R"("contacts":[{"wa_id":"ID.joko1"}],"messages":[{"from":"ID.joko1","id":"w","type":"text","text":{"body":"a"}}])"),
     {"message w from ID.joko1 text \"a\""}},
    {"the form before user ids",
     body(
         R"("contacts":[{"profile":{"name":"Lama"},"wa_id":"6285500112244"}],"messages":[{"from":"6285500112244","id":"w","type":"text","text":{"body":"a"}}])"),
     {"message w from 6285500112244 \"Lama\" text \"a\""}},
    {"no contacts at all",
     body(R"("messages":[{"from":"+6285500112244","id":"w","type":"text","text":{"body":"a"}}])"),
     {"message w from 6285500112244 text \"a\""}},
    {"the phone stands only in the contact",
     body(
         R"("contacts":[{"wa_id":"6285500112244","user_id":"ID.b2"}],"messages":[{"from_user_id":"ID.b2","id":"w","type":"text","text":{"body":"a"}}])"),
     {"message w from 6285500112244 (aka ID.b2) text \"a\""}},
    {"a user id of a parent portfolio",
     body(R"("messages":[{"from_user_id":"ID.ENT.b2","id":"w","type":"text","text":{"body":"a"}}])"),
     {"message w from ID.ENT.b2 text \"a\""}},
    {"two writers are not mixed up",
     body(
         R"("contacts":[{"profile":{"name":"A"},"wa_id":"6285500112201"},{"profile":{"name":"B"},"wa_id":"6285500112202"}],"messages":[{"from":"6285500112202","id":"w2","type":"text","text":{"body":"b"}},{"from":"6285500112201","id":"w1","type":"text","text":{"body":"a"}}])"),
     {"message w2 from 6285500112202 \"B\" text \"b\"", "message w1 from 6285500112201 \"A\" text \"a\""}},
    {"nobody", body(R"("messages":[{"id":"w","type":"text","text":{"body":"a"}}])"), {"ignored broken_item"}},
    {"neither a phone nor a user id",
     body(R"("messages":[{"from":"id.x","id":"w","type":"text","text":{"body":"a"}}])"),
     {"ignored broken_item"}},
    {"a new number",
     body(
         R"("messages":[{"from":"6285500112233","id":"w","type":"system","system":{"type":"user_changed_number","wa_id":"6285500119999","user_id":"ID.new","previous_user_id":"ID.old"}}])"),
     {"moved w 6285500112233 -> 6285500119999 (aka ID.new)"}},
    {"a new number in its older form",
     body(
         R"("messages":[{"from":"6285500112233","id":"w","type":"system","system":{"type":"customer_changed_number","new_wa_id":"6285500119999"}}])"),
     {"moved w 6285500112233 -> 6285500119999"}},
    {"a new user id without any phone",
     body(
         R"("messages":[{"id":"w","type":"system","system":{"type":"user_changed_user_id","user_id":"ID.new","previous_user_id":"ID.old"}}])"),
     {"moved w ID.old -> ID.new"}},
    {"a new user id of a known phone",
     body(
         R"("messages":[{"from":"6285500112233","id":"w","type":"system","system":{"type":"user_changed_user_id","user_id":"ID.new","previous_user_id":"ID.old"}}])"),
     {"moved w ID.old -> 6285500112233 (aka ID.new)"}},
    {"a system message without a change",
     body(R"("messages":[{"from":"6285500112233","id":"w","type":"system","system":{"body":"x"}}])"),
     {"ignored system"}},
};

const NotificationRow times[] = {
    {"milliseconds",
     body(
         R"("messages":[{"from":"6285500112233","id":"w","timestamp":"1795485600123","type":"text","text":{"body":"a"}}])"),
     {"message w from 6285500112233 @1795485600 text \"a\""}},
    {"a number instead of a text",
     body(R"("messages":[{"from":"6285500112233","id":"w","timestamp":1795485600,"type":"text","text":{"body":"a"}}])"),
     {"message w from 6285500112233 @1795485600 text \"a\""}},
    {"no time",
     body(R"("messages":[{"from":"6285500112233","id":"w","timestamp":"kemarin","type":"text","text":{"body":"a"}}])"),
     {"message w from 6285500112233 text \"a\""}},
    {"a day old to the second",
     body(
         R"("messages":[{"from":"6285500112233","id":"w","timestamp":"1795399200","type":"text","text":{"body":"a"}}])"),
     {"message w from 6285500112233 @1795399200 text \"a\""}},
    {"older than a day",
     body(
         R"("messages":[{"from":"6285500112233","id":"w","timestamp":"1795399199","type":"text","text":{"body":"a"}}])"),
     {"message w from 6285500112233 @1795399199 text \"a\" silent"}},
};

const NotificationRow statuses[] = {
    {"sent with its price and our own id",
     body(
         R"("statuses":[{"id":"wamid.O","status":"sent","timestamp":"1795485600","recipient_id":"6285500112233","biz_opaque_callback_data":"ob-7","pricing":{"type":"regular","category":"service"}}])"),
     {"update wamid.O sent @1795485600 corr=ob-7 price=regular"}},
    {"several, unordered",
     body(
         R"("statuses":[{"id":"wamid.O","status":"read"},{"id":"wamid.O","status":"delivered"},{"id":"wamid.P","status":"played"}])"),
     {"update wamid.O read", "update wamid.O delivered", "update wamid.P read"}},
    {"failed, with a number in the reason",
     body(
         R"("statuses":[{"id":"wamid.O","status":"failed","timestamp":"1795485600","errors":[{"code":131026,"title":"t","error_data":{"details":"to 6285500112233"}}]}])"),
     {"update wamid.O failed @1795485600 code=131026 \"to 62•••••••••33\""}},
    {"failed without a reason", body(R"("statuses":[{"id":"wamid.O","status":"failed"}])"), {"update wamid.O failed"}},
    {"deleted", body(R"("statuses":[{"id":"wamid.O","status":"deleted"}])"), {"ignored unknown_status"}},
    {"without an id", body(R"("statuses":[{"status":"read"},7])"), {"ignored broken_item", "ignored broken_item"}},
};

const NotificationRow odd[] = {
    {"a broken item beside a good one",
     body(
         R"("messages":[{"from":6285500112233,"id":"w1","type":"text","text":{"body":["x"]}},null,"x",{"from":"6285500112233","id":"w2","type":"text","text":{"body":"ini benar"}},{"from":"6285500112233","type":"text","text":{"body":"tanpa id"}}])"),
     {"ignored broken_item", "ignored broken_item", "ignored broken_item",
      "message w2 from 6285500112233 text \"ini benar\"", "ignored broken_item"}},
    {"text and status in one change",
     body(
         R"("messages":[{"from":"6285500112233","id":"w","type":"text","text":{"body":"a"}}],"statuses":[{"id":"wamid.O","status":"sent"}],"errors":[{"code":130429}])"),
     {"message w from 6285500112233 text \"a\"", "update wamid.O sent", "ignored reported_error"}},
    {"wrong types everywhere",
     body(R"("contacts":"x","messages":{"id":5},"statuses":true)"),
     {"ignored nothing_known"}},
    {"another number",
     R"({"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"1"},"messages":[{"from":"6285500112233","id":"w","type":"text","text":{"body":"a"}}]}}]}]})",
     {"ignored other_number"}},
    {"another product", R"({"object":"page","entry":[{"messaging":[]}]})", {"ignored other_product"}},
    {"another field",
     R"({"object":"whatsapp_business_account","entry":[{"changes":[{"field":"account_update","value":{}},{"field":"brand_new","value":{}}]}]})",
     {"ignored field_account_update", "ignored other_field"}},
    {"no entry", R"({"object":"whatsapp_business_account","entry":[]})", {"ignored nothing_known"}},
    {"entries and changes of no kind",
     R"({"object":"whatsapp_business_account","entry":[1,{"changes":[2]},{"changes":{}}]})",
     {"ignored other_field"}},
    {"an empty object", "{}", {"ignored other_product"}},
};

void check(const NotificationRow& row) {
  const auto events = parse(row.body, "555000111222", noon);
  ASSERT_TRUE(events.ok()) << row.what << ": " << events.problem().text();
  EXPECT_EQ(described(events.value()), row.events) << row.what;
}

TEST(WhatsAppIncoming, every_kind_of_message) {
  for (const NotificationRow& row : messages) check(row);
}
TEST(WhatsAppIncoming, knows_a_resident_by_the_form_of_the_id) {
  for (const NotificationRow& row : identities) check(row);
}
TEST(WhatsAppIncoming, reads_times_and_stays_silent_after_a_day) {
  for (const NotificationRow& row : times) check(row);
}
TEST(WhatsAppIncoming, every_status) {
  for (const NotificationRow& row : statuses) check(row);
}
TEST(WhatsAppIncoming, odd_bodies_lose_nothing_good) {
  for (const NotificationRow& row : odd) check(row);
}

TEST(WhatsAppIncoming, looks_at_every_entry_change_and_message) {
  const std::string message = R"({"from":"6285500112233","id":"ID","type":"text","text":{"body":"a"}})";
  const auto numbered = [&](int n) {
    return std::string(message).replace(message.find("ID"), 2, "w" + std::to_string(n));
  };
  const std::string head = R"({"field":"messages","value":{"metadata":{"phone_number_id":"555000111222"},"messages":[)";
  const std::string all = R"({"object":"whatsapp_business_account","entry":[{"changes":[)" + head + numbered(1) + "," +
                          numbered(2) + "]}}," + head + numbered(3) + R"(]}}]},{"changes":[)" + head + numbered(4) +
                          "]}}]}]}";
  const auto events = parse(all, "555000111222", noon).value();
  ASSERT_EQ(events.size(), 4U);
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(std::get<conversation::InboundMessage>(events[static_cast<std::size_t>(i)]).external_id,
              "w" + std::to_string(i + 1));
  }
}

TEST(WhatsAppIncoming, keeps_a_text_of_the_longest_legal_size_whole) {
  const std::string text(4096, 'a');
  const auto events =
      parse(body(of_wati(R"("type":"text","text":{"body":")" + text + "\"}")), "555000111222", noon).value();
  EXPECT_EQ(std::get<conversation::InboundMessage>(events.front()).text, text);
}

TEST(WhatsAppIncoming, refuses_what_is_no_object) {
  EXPECT_EQ(parse("[1,2]", "1", noon).problem().code, "not_an_object");
  EXPECT_EQ(parse("ini {bukan json", "1", noon).problem().code, "not_json");
  EXPECT_EQ(parse(std::string(100'000, '['), "1", noon).problem().code, "too_deep");
}

/// A good body with one byte changed, one piece cut out or doubled: whatever comes, it is a value.
RC_GTEST_PROP(WhatsAppIncoming, survives_any_damage, ()) {
  const NotificationRow* const rows[] = {messages, identities, statuses, odd};
  std::string bytes = rows[*rc::gen::inRange<std::size_t>(0, 4)][*rc::gen::inRange<std::size_t>(0, 6)].body;
  const auto changes = *rc::gen::inRange(1, 6);
  for (int i = 0; i < changes && !bytes.empty(); ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
    switch (*rc::gen::inRange(0, 3)) {
      case 0:
        bytes[at] = *rc::gen::arbitrary<char>();
        break;
      case 1:
        bytes.erase(at, *rc::gen::inRange<std::size_t>(1, 20));
        break;
      default:
        bytes.insert(at, bytes.substr(at, *rc::gen::inRange<std::size_t>(1, 20)));
        break;
    }
  }
  const auto events = parse(bytes, "555000111222", noon);
  if (!events) return;
  for (const auto& event : events.value()) {
    if (const auto* const message = std::get_if<conversation::InboundMessage>(&event)) {
      RC_ASSERT(!message->external_id.empty());
      RC_ASSERT(!message->contact.empty());
      RC_ASSERT(message->text.size() <= 64U * 1024U);
    }
  }
}

}  // namespace
}  // namespace sahut::adapters::whatsapp::test
