// Message → request, and answer → verdict.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "adapters/json_reader.hpp"
#include "adapters/numbered_choices.hpp"
#include "adapters/tab_table.hpp"
#include "adapters/text_limits.hpp"
#include "adapters/whatsapp/error_table.hpp"
#include "adapters/whatsapp/identity.hpp"
#include "adapters/whatsapp/render.hpp"
#include "tests/adapters/examined.hpp"
#include "tests/adapters/whatsapp/sample.hpp"

namespace sahut::adapters::whatsapp::test {
namespace {

using Kind = SendVerdict::Kind;

TEST(WhatsAppOutgoing, goes_to_the_number_with_the_token) {
  const HttpCall call = made("whatsapp", settings)->render({"6285500112233", "ob-7", "", {"Halo", {}}});
  EXPECT_EQ(call.method, "POST");
  EXPECT_EQ(call.url, "https://graph.example/v25.0/555000111222/messages");
  EXPECT_EQ(find_header(call.headers, "authorization"), "Bearer EAAtoken");
  EXPECT_EQ(find_header(call.headers, "content-type"), "application/json");
}

struct RenderingRow {
  const char* what;
  Delivery delivery;
  std::string expected;  ///< JSON
};

TEST(WhatsAppOutgoing, every_form_of_message) {
  const std::string head = R"({"messaging_product":"whatsapp","recipient_type":"individual",)";
  const RenderingRow rows[] = {
      {"text",
       {"6285500112233", "ob-7", "wamid.Q", {"*Buka* 08.00", {}}},
       head +
           R"("to":"+6285500112233","context":{"message_id":"wamid.Q"},"biz_opaque_callback_data":"ob-7","type":"text","text":{"body":"*Buka* 08.00","preview_url":false}})"},
      {"to a resident without a phone",
       {"ID.joko1", "", "", {"Halo", {}}},
       head + R"("recipient":"ID.joko1","type":"text","text":{"body":"Halo","preview_url":false}})"},
      {"buttons",
       {"6285500112233", "", "", {"Yang mana?", {{"KTP hilang", "e:1"}, {"KTP baru", "e:2"}}}},
       head +
           R"("to":"+6285500112233","type":"interactive","interactive":{"type":"button","body":{"text":"Yang mana?"},"action":{"buttons":[{"type":"reply","reply":{"id":"e:1","title":"KTP hilang"}},{"type":"reply","reply":{"id":"e:2","title":"KTP baru"}}]}}})"},
      {"a title too long for a button makes a list",
       {"6285500112233", "", "", {"?", {{"Mengurus KTP yang sudah hilang", "e:1"}, {"KTP", "e:2"}}}},
       head +
           R"("to":"+6285500112233","type":"interactive","interactive":{"type":"list","body":{"text":"?"},"action":{"button":")" +
           channel_words("list_button") +
           R"(","sections":[{"rows":[{"id":"e:1","title":"Mengurus KTP yang sudah…","description":"Mengurus KTP yang sudah hilang"},{"id":"e:2","title":"KTP"}]}]}}})"},
      {"equal titles make a list",
       {"6285500112233", "", "", {"?", {{"KTP", "e:1"}, {"KTP", "e:2"}}}},
       head +
           R"("to":"+6285500112233","type":"interactive","interactive":{"type":"list","body":{"text":"?"},"action":{"button":")" +
           channel_words("list_button") +
           R"(","sections":[{"rows":[{"id":"e:1","title":"KTP"},{"id":"e:2","title":"KTP"}]}]}}})"},
      {"equal values make numbers",
       {"6285500112233", "", "", {"?", {{"A", "e:1"}, {"B", "e:1"}}}},
       head + R"("to":"+6285500112233","type":"text","text":{"body":"?\n\n)" + channel_words("numbered_hint") +
           R"(\n1. A\n2. B","preview_url":false}})"},
      {"nothing to say",
       {"6285500112233", "", "", {" ", {}}},
       head + R"("to":"+6285500112233","type":"text","text":{"body":"…","preview_url":false}})"}};
  for (const RenderingRow& row : rows) {
    EXPECT_EQ(Json::parse(render_body(row.delivery)), Json::parse(row.expected)) << row.what << "\n"
                                                                                 << render_body(row.delivery);
  }
}

TEST(WhatsAppOutgoing, four_to_ten_choices_are_a_list_and_more_are_numbers) {
  conversation::OutboundMessage message{"?", {}};
  for (int i = 0; i < 11; ++i) {
    message.choices.push_back({"Pilihan " + std::to_string(i), "e:" + std::to_string(i)});
    const Json body = Json::parse(render_body({"6285500112233", "", "", message}));
    const std::string form = body["type"] == "text" ? "text" : body["interactive"]["type"].get<std::string>();
    EXPECT_EQ(form, i < 3 ? "button" : i < 10 ? "list" : "text") << i;
  }
}

TEST(WhatsAppOutgoing, a_text_too_long_for_buttons_carries_its_choices_as_numbers) {
  const conversation::OutboundMessage message{std::string(1025, 'x'), {{"Petugas", "person"}}};
  const Json body = Json::parse(render_body({"6285500112233", "", "", message}));
  EXPECT_EQ(body["type"], "text");
  EXPECT_TRUE(body["text"]["body"].get<std::string>().ends_with("1. Petugas"));
}

/// What Meta refuses, written down once more and apart from the code that avoids it.
void expect_valid(const Json& body) {
  const auto length = [](const Json& text) { return count_code_points(text.get<std::string>()); };
  RC_ASSERT(body.contains("to") != body.contains("recipient"));
  if (body["type"] == "text") {
    RC_ASSERT(!is_blank(body["text"]["body"].get<std::string>()));
    RC_ASSERT(length(body["text"]["body"]) <= 4096U);
    return;
  }
  const Json& interactive = body["interactive"];
  RC_ASSERT(length(interactive["body"]["text"]) <= 1024U);
  RC_ASSERT(!is_blank(interactive["body"]["text"].get<std::string>()));
  std::set<std::string> ids;
  std::set<std::string> titles;
  if (interactive["type"] == "button") {
    const Json& buttons = interactive["action"]["buttons"];
    RC_ASSERT(buttons.size() >= 1U);
    RC_ASSERT(buttons.size() <= 3U);
    for (const Json& button : buttons) {
      RC_ASSERT(length(button["reply"]["title"]) <= 20U);
      RC_ASSERT(!is_blank(button["reply"]["title"].get<std::string>()));
      RC_ASSERT(ids.insert(button["reply"]["id"]).second);
      RC_ASSERT(titles.insert(button["reply"]["title"]).second);
    }
    return;
  }
  RC_ASSERT(length(interactive["action"]["button"]) <= 20U);
  const Json& rows = interactive["action"]["sections"][0]["rows"];
  RC_ASSERT(rows.size() >= 1U);
  RC_ASSERT(rows.size() <= 10U);
  for (const Json& row : rows) {
    RC_ASSERT(length(row["title"]) <= 24U);
    RC_ASSERT(row["id"].get<std::string>().size() <= 200U);
    RC_ASSERT(!row["id"].get<std::string>().empty());
    RC_ASSERT(ids.insert(row["id"]).second);
    if (row.contains("description")) RC_ASSERT(length(row["description"]) <= 72U);
  }
}

RC_GTEST_PROP(WhatsAppOutgoing, any_text_and_any_choices_give_a_valid_body, ()) {
  const auto piece = rc::gen::element<std::string>("a", "é", "😭", " ", "\n", "KTP ", "*", "\xE2\x80\x8B");
  const auto words = [&](int most) {
    std::string all;
    for (int n = *rc::gen::inRange(0, most); n > 0; --n) all += *piece;
    return all;
  };
  conversation::OutboundMessage message{words(40), {}};
  if (*rc::gen::inRange(0, 4) == 0) message.text += std::string(*rc::gen::inRange<std::size_t>(900, 5000), 'x');
  for (int n = *rc::gen::inRange(0, 13); n > 0; --n) {
    message.choices.push_back({words(30), *rc::gen::inRange(0, 5) == 0 ? words(8) : "e:" + std::to_string(n)});
  }
  expect_valid(
      Json::parse(render_body({*rc::gen::element<std::string>("6285500112233", "ID.joko1"), "ob-1", "", message})));
}

std::string error_body(int code, const std::string& more = "") {
  return R"({"error":{"message":"(#1) m","type":"OAuthException","code":)" + std::to_string(code) + more +
         R"(,"error_data":{"details":"Rincian."},"fbtrace_id":"A"}})";
}

struct VerdictRow {
  HttpAnswer answer;
  Kind kind;
  const char* code;
  std::int64_t wait_ms;
  bool whole_channel;
  bool may_have_arrived;
};

TEST(WhatsAppOutgoing, every_answer_has_its_verdict) {
  HttpAnswer silent;
  silent.failure = TransportFailure::broken;
  HttpAnswer refused;
  refused.failure = TransportFailure::never_left;
  const VerdictRow rows[] = {
      {answered(400, error_body(131056)), Kind::wait, "131056", 6000, false, false},
      {answered(429, error_body(130429)), Kind::wait, "130429", 5000, true, false},
      {answered(429, error_body(80007), {{"retry-after", "7"}}), Kind::wait, "80007", 7000, true, false},
      {answered(400, error_body(131047)), Kind::window_closed, "131047", 0, false, false},
      {answered(400, error_body(131026)), Kind::unreachable, "131026", 0, false, false},
      {answered(401, error_body(190)), Kind::channel_down, "190", 0, false, false},
      {answered(403, error_body(250)), Kind::channel_down, "250", 0, false, false},
      {answered(400, error_body(100)), Kind::refused, "100", 0, false, false},
      {answered(400, error_body(100, R"(,"error_subcode":33)")), Kind::channel_down, "100", 0, false, false},
      {answered(400, error_body(100, R"(,"error_subcode":34)")), Kind::refused, "100", 0, false, false},
      {answered(500, error_body(131000)), Kind::retry, "131000", 0, false, true},
      {answered(400, error_body(199)), Kind::retry, "199", 0, false, false},
      {answered(400, error_body(300)), Kind::retry, "300", 0, false, false},
      {answered(400, error_body(987654)), Kind::retry, "987654", 0, false, false},
      {answered(502, "<html>"), Kind::retry, "http_502", 0, false, true},
      {answered(429, ""), Kind::wait, "http_429", 5000, true, false},
      {answered(401, "x"), Kind::channel_down, "http_401", 0, false, false},
      {answered(404, "x"), Kind::channel_down, "http_404", 0, false, false},
      {answered(413, "x"), Kind::refused, "http_413", 0, false, false},
      {answered(200, "not json"), Kind::retry, "no_message_id", 0, false, true},
      {answered(200, R"({"messages":[{}]})"), Kind::retry, "no_message_id", 0, false, true},
      {silent, Kind::retry, "no_answer", 0, false, true},
      {refused, Kind::retry, "not_reached", 0, false, false}};
  const auto channel = made("whatsapp", settings);
  for (const VerdictRow& row : rows) {
    const SendVerdict verdict = channel->classify(row.answer);
    EXPECT_EQ(verdict.kind, row.kind) << row.code << " " << row.answer.body;
    EXPECT_EQ(verdict.error_code, row.code);
    EXPECT_EQ(verdict.retry_after_ms, row.wait_ms) << row.code;
    EXPECT_EQ(verdict.whole_channel, row.whole_channel) << row.code;
    EXPECT_EQ(verdict.may_have_arrived, row.may_have_arrived) << row.code;
  }
}

TEST(WhatsAppOutgoing, an_accepted_message_has_its_name) {
  const auto verdict =
      made("whatsapp", settings)
          ->classify(answered(200, R"({"messaging_product":"whatsapp","contacts":[],"messages":[{"id":"wamid.N"}]})"));
  EXPECT_EQ(verdict.kind, Kind::accepted);
  EXPECT_EQ(verdict.external_id, "wamid.N");
}

TEST(WhatsAppOutgoing, an_unknown_code_says_so) {
  EXPECT_EQ(made("whatsapp", settings)->classify(answered(400, error_body(987654))).error_text,
            "Unknown WhatsApp error 987654: Rincian.");
}

TEST(WhatsAppErrorTable, what_is_in_the_binary_is_sound) {
  EXPECT_GT(default_error_table().size(), 40U);
  ASSERT_NE(default_error_table().find(131047), nullptr);
}

TEST(WhatsAppErrorTable, a_fault_names_its_line) {
  const std::string head = "# c\ncode\tclass\twait_s\tmeaning\tsource\tdate\n";
  struct Fault {
    const char* rows;
    const char* code;
    const char* where;
  };
  const Fault faults[] = {
      {"1\tretry\t-\tm\tM\t2026-05-15\n1\trefused\t-\tm\tM\t2026-05-15\n", "repeated_code", "t.tsv:4"},
      {"5-9\tretry\t-\tm\tM\td\n7\trefused\t-\tm\tM\td\n", "repeated_code", "t.tsv:4"},
      {"x\tretry\t-\tm\tM\td\n", "bad_code", "t.tsv:3"},
      {"9-5\tretry\t-\tm\tM\td\n", "bad_code", "t.tsv:3"},
      {"1\tmaybe\t-\tm\tM\td\n", "bad_class", "t.tsv:3"},
      {"1\twait_contact\t-\tm\tM\td\n", "bad_wait", "t.tsv:3"},
      {"1\tretry\t5\tm\tM\td\n", "bad_wait", "t.tsv:3"},
      {"1\tretry\t-\tm\tM\n", "bad_row", "t.tsv:3"},
      {"1\tretry\t-\t\tM\td\n", "bad_row", "t.tsv:3"}};
  for (const Fault& fault : faults) {
    const auto table = ErrorTable::parse("t.tsv", head + fault.rows);
    ASSERT_FALSE(table.ok()) << fault.rows;
    EXPECT_EQ(table.problem().code, fault.code) << fault.rows;
    EXPECT_EQ(table.problem().where, fault.where) << fault.rows;
  }
}

TEST(WhatsAppErrorTable, every_row_has_a_source_and_a_day) {
  const auto rows = read_tab_table("whatsapp-errors.tsv", channel_file("whatsapp-errors.tsv"),
                                   {"code", "class", "wait_s", "meaning", "source", "date"});
  ASSERT_TRUE(rows.ok());
  for (const TabRow& row : rows.value()) {
    EXPECT_TRUE(row.cells[4] == "M" || row.cells[4] == "C") << row.line;
    EXPECT_EQ(row.cells[5].size(), 10U) << row.line;
    EXPECT_TRUE(row.cells[5].starts_with("20")) << row.line;
  }
}

}  // namespace
}  // namespace sahut::adapters::whatsapp::test
