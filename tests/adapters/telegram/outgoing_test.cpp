// Message → request, and answer → verdict.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "adapters/json_reader.hpp"
#include "adapters/numbered_choices.hpp"
#include "adapters/telegram/classify.hpp"
#include "adapters/telegram/html.hpp"
#include "adapters/telegram/render.hpp"
#include "adapters/text_limits.hpp"
#include "tests/adapters/described.hpp"
#include "tests/adapters/examined.hpp"

namespace sahut::adapters::telegram::test {
namespace {

using namespace sahut::adapters::test;
using Kind = SendVerdict::Kind;

const ChannelSettings bot_settings = {
    {"bot_token", "4242:AbC-d_e"}, {"secret_token", "Rahasia_123"}, {"api_base", "http://127.0.0.1:9/"}};

TEST(TelegramOutgoing, every_form_of_message) {
  const std::string usual = R"("parse_mode":"HTML","link_preview_options":{"is_disabled":true})";
  struct Row {
    const char* what;
    Delivery delivery;
    std::string expected;
  };
  const Row rows[] = {
      {"text",
       {"8801", "ob-7", "", {"*Syarat:* KTP & KK <asli>", {}}},
       R"({"chat_id":8801,"text":"<b>Syarat:</b> KTP &amp; KK &lt;asli&gt;",)" + usual + "}"},
      {"a long id and a quote",
       {"4503599627370495", "", "m:4503599627370495:12:70001", {"Halo", {}}},
       R"({"chat_id":4503599627370495,"text":"Halo","reply_parameters":{"message_id":12,"allow_sending_without_reply":true},)" +
           usual + "}"},
      {"a tap cannot be quoted",
       {"8801", "", "cb:cq1:7", {"Halo", {}}},
       R"({"chat_id":8801,"text":"Halo",)" + usual + "}"},
      {"buttons",
       {"8801", "", "", {"Yang mana?", {{"KTP hilang", "e:1"}, {"Bukan ini", "none"}}}},
       R"({"chat_id":8801,"text":"Yang mana?","reply_markup":{"inline_keyboard":[[{"text":"KTP hilang","callback_data":"e:1"}],[{"text":"Bukan ini","callback_data":"none"}]]},)" +
           usual + "}"},
      {"a value too long to come back",
       {"8801", "", "", {"?", {{"A", std::string(65, 'v')}}}},
       R"({"chat_id":8801,"text":"?\n\n)" + channel_words("numbered_hint") + R"(\n1. A",)" + usual + "}"},
      {"nothing to say", {"8801", "", "", {"\n", {}}}, R"({"chat_id":8801,"text":"…",)" + usual + "}"}};
  for (const Row& row : rows) EXPECT_EQ(send_message_arguments(row.delivery), Json::parse(row.expected)) << row.what;
}

TEST(TelegramOutgoing, is_a_call_of_the_bot) {
  const auto channel = made("telegram", bot_settings);
  const HttpCall call = channel->render({"8801", "", "", {"Halo", {}}});
  EXPECT_EQ(call.url, "http://127.0.0.1:9/bot4242:AbC-d_e/sendMessage");
  EXPECT_EQ(find_header(call.headers, "content-type"), "application/json");
  const auto acknowledgement = channel->acknowledge("cq1");
  ASSERT_TRUE(acknowledgement);
  EXPECT_EQ(acknowledgement->url, "http://127.0.0.1:9/bot4242:AbC-d_e/answerCallbackQuery");
  EXPECT_EQ(acknowledgement->body, R"({"callback_query_id":"cq1"})");
  EXPECT_FALSE(channel->acknowledge(""));
}

struct Bold {
  const char* text;
  const char* html;
};

TEST(TelegramHtml, only_pairs_of_stars_are_bold) {
  const Bold rows[] = {{"", ""},
                       {"biasa", "biasa"},
                       {"*tebal*", "<b>tebal</b>"},
                       {"a *b* c *d e*.", "a <b>b</b> c <b>d e</b>."},
                       {"(*b*)", "(<b>b</b>)"},
                       {"“*b*”", "“<b>b</b>”"},
                       {"*b", "*b"},
                       {"b*", "b*"},
                       {"**", "**"},
                       {"***", "***"},
                       {"* b *", "* b *"},
                       {"* butir satu\n* butir dua", "* butir satu\n* butir dua"},
                       {"2*3*4", "2*3*4"},
                       {"*a\nb*", "*a\nb*"},
                       {"*a *b*", "<b>a *b</b>"},
                       {"*a* *b*", "<b>a</b> <b>b</b>"},
                       {"<b>*x*</b>", "&lt;b&gt;<b>x</b>&lt;/b&gt;"},
                       {"&amp;", "&amp;amp;"},
                       {"*x<y*", "<b>x&lt;y</b>"}};
  for (const Bold& row : rows) EXPECT_EQ(to_html(row.text, 4096), row.html) << row.text;
}

TEST(TelegramHtml, counts_what_the_reader_sees) {
  EXPECT_EQ(to_html("*abcd*", 4), "<b>abcd</b>");
  EXPECT_EQ(to_html("*abcde*", 4), "<b>abc…</b>");
  EXPECT_EQ(to_html("a&b&c", 5), "a&amp;b&amp;c");
  EXPECT_EQ(to_html("😭😭", 4), "😭😭");
  EXPECT_EQ(to_html("😭😭", 3), "😭…");
  EXPECT_EQ(to_html("ab *cd*", 4), "ab <b>…</b>");
}

TEST(TelegramHtml, a_hundred_thousand_open_stars_take_no_time) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += " *a";
  EXPECT_EQ(to_html(text, 1'000'000), text);
}

/// Takes the markup away as Telegram does; nothing if it would refuse it.
std::optional<std::string> parsed(const std::string& html) {
  std::string text;
  bool bold = false;
  for (std::size_t at = 0; at < html.size();) {
    const auto is = [&](std::string_view tag) { return html.compare(at, tag.size(), tag) == 0; };
    if (is("<b>") && !bold) {
      bold = true;
      at += 3;
    } else if (is("</b>") && bold) {
      bold = false;
      at += 4;
    } else if (is("&amp;")) {
      text += '&';
      at += 5;
    } else if (is("&lt;") || is("&gt;")) {
      text += html[at + 1] == 'l' ? '<' : '>';
      at += 4;
    } else if (html[at] == '<' || html[at] == '>' || html[at] == '&') {
      return std::nullopt;
    } else {
      text += html[at++];
    }
  }
  return bold ? std::nullopt : std::optional(text);
}

RC_GTEST_PROP(TelegramOutgoing, any_text_and_any_choices_give_a_valid_message, ()) {
  const auto piece = rc::gen::element<std::string>("*", "a", " ", "<", "&", "😭", "\n", "*b*", "\xE2\x80\x8B");
  const auto words = [&](int most) {
    std::string all;
    for (int n = *rc::gen::inRange(0, most); n > 0; --n) all += *piece;
    return all;
  };
  conversation::OutboundMessage message{words(40), {}};
  if (*rc::gen::inRange(0, 3) == 0) {
    for (int n = *rc::gen::inRange(1000, 5000); n > 0; --n) message.text += "😭";
  }
  for (int n = *rc::gen::inRange(0, 6); n > 0; --n) message.choices.push_back({words(90), words(20)});
  const Json arguments = send_message_arguments({"8801", "", words(4), message});
  const auto text = parsed(arguments["text"]);
  RC_ASSERT(text.has_value());
  RC_ASSERT(count_utf16(*text) <= 4096U);
  RC_ASSERT(!is_blank(*text));
  if (!arguments.contains("reply_markup")) return;
  for (const Json& row : arguments["reply_markup"]["inline_keyboard"]) {
    for (const Json& button : row) {
      RC_ASSERT(!is_blank(button["text"].get<std::string>()));
      const auto bytes = button["callback_data"].get<std::string>().size();
      RC_ASSERT(bytes >= 1U);
      RC_ASSERT(bytes <= 64U);
    }
  }
}

std::string refusal(int code, const std::string& words, const std::string& more = "") {
  return R"({"ok":false,"error_code":)" + std::to_string(code) + R"(,"description":")" + words + "\"" + more + "}";
}

TEST(TelegramOutgoing, every_answer_has_its_verdict) {
  struct Row {
    HttpAnswer answer;
    Kind kind;
    std::int64_t wait_ms;
    bool may_have_arrived;
  };
  HttpAnswer silent;
  silent.failure = TransportFailure::broken;
  HttpAnswer with_header = answered(429, refusal(429, "Too Many Requests"));
  with_header.headers = {{"Retry-After", "9"}};
  const Row rows[] = {
      {answered(429, refusal(429, "Too Many Requests: retry after 3", R"(,"parameters":{"retry_after":3})")),
       Kind::wait, 3000, false},
      {with_header, Kind::wait, 9000, false},
      {answered(403, refusal(403, "Forbidden: bot was blocked by the user")), Kind::unreachable, 0, false},
      {answered(403, refusal(403, "Forbidden: user is deactivated")), Kind::unreachable, 0, false},
      {answered(400, refusal(400, "Bad Request: chat not found")), Kind::unreachable, 0, false},
      {answered(400, refusal(400, "Bad Request: PEER_ID_INVALID")), Kind::unreachable, 0, false},
      {answered(400, refusal(400, "Bad Request: can't parse entities")), Kind::refused, 0, false},
      {answered(401, refusal(401, "Unauthorized")), Kind::channel_down, 0, false},
      {answered(404, refusal(404, "Not Found")), Kind::channel_down, 0, false},
      {answered(409, refusal(409, "Conflict")), Kind::retry, 0, false},
      {answered(500, refusal(500, "Internal Server Error")), Kind::retry, 0, true},
      {answered(502, "<html>"), Kind::retry, 0, true},
      {answered(200, "<html>"), Kind::retry, 0, true},
      {silent, Kind::retry, 0, true}};
  const auto channel = made("telegram", bot_settings);
  for (const Row& row : rows) {
    const SendVerdict verdict = channel->classify(row.answer);
    EXPECT_EQ(verdict.kind, row.kind) << row.answer.body;
    EXPECT_EQ(verdict.retry_after_ms, row.wait_ms) << row.answer.body;
    EXPECT_EQ(verdict.may_have_arrived, row.may_have_arrived) << row.answer.body;
    EXPECT_FALSE(verdict.whole_channel) << row.answer.body;
  }
}

TEST(TelegramOutgoing, an_accepted_message_can_be_quoted_later) {
  const auto verdict = made("telegram", bot_settings)
                           ->classify(answered(200, R"({"ok":true,"result":{"message_id":12,"chat":{"id":8801}}})"));
  EXPECT_EQ(verdict.kind, Kind::accepted);
  EXPECT_EQ(verdict.external_id, "m:8801:12");
}

TEST(TelegramOutgoing, follows_a_chat_that_moved) {
  const auto verdict =
      made("telegram", bot_settings)
          ->classify(answered(400, refusal(400, "Bad Request: group chat was upgraded to a supergroup chat",
                                           R"(,"parameters":{"migrate_to_chat_id":-10012})")));
  EXPECT_EQ(verdict.kind, Kind::moved);
  EXPECT_EQ(verdict.moved_to, "-10012");
}

TEST(TelegramRefusals, what_is_in_the_binary_is_sound_and_faults_name_their_line) {
  EXPECT_GT(default_refusals().size(), 5U);
  const std::string head = "status\twords\tclass\tmeaning\tsource\tdate\n";
  EXPECT_EQ(parse_refusals("t.tsv", head + "400\t-\tmaybe\tm\tS\td\n").problem().where, "t.tsv:2");
  EXPECT_EQ(parse_refusals("t.tsv", head + "600\t-\tretry\tm\tS\td\n").problem().code, "bad_status");
  EXPECT_EQ(parse_refusals("t.tsv", "status\twords\n").problem().code, "bad_heading");
}

}  // namespace
}  // namespace sahut::adapters::telegram::test
