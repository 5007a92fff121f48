// Runs tests/dialogues/*.txt against the pure turn and the sample city. The language of these files is in their README.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "conversation/receipt_json.hpp"
#include "conversation/turn.hpp"
#include "conversation/typed_choice.hpp"
#include "knowledge/built_in_language.hpp"
#include "knowledge/entry_json.hpp"
#include "nlu/default_lexicon.hpp"

namespace sahut::conversation {
namespace {

namespace files = std::filesystem;

std::string whole(const files::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

const knowledge::Snapshot& sample_city() {
  static const auto snapshot = [] {
    std::vector<knowledge::PublishedEntry> entries;
    const files::path folder = files::path(SAHUT_SOURCE_DIR) / "data/sample-city/knowledge";
    for (const auto& item : files::directory_iterator(folder)) {
      const auto parsed = knowledge::parse_file(whole(item.path()), item.path().filename().string());
      for (const Problem& problem : parsed.problems) ADD_FAILURE() << problem.text();
      for (const knowledge::Entry& entry : parsed.entries) entries.push_back({entry, 1});
    }
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.entry.id < b.entry.id; });
    auto built =
        knowledge::Snapshot::build(1, std::move(entries), knowledge::built_in_language(), nlu::default_lexicon());
    if (!built.ok()) throw std::runtime_error(built.problem().text());
    return built.value();
  }();
  return *snapshot;
}

/// What was decided, in the words of the files.
std::string spelled(const Outcome& outcome) {
  std::string text(action_name(outcome.decision));
  const auto add = [&](const std::string& word) {
    if (!word.empty()) text += " " + word;
  };
  const auto part = [](const std::string& entry, nlu::Facet facet) {
    return facet == nlu::Facet::none ? entry : entry + "/" + std::string(nlu::name_of(facet));
  };
  if (const auto* answer = std::get_if<Answer>(&outcome.decision)) {
    add(part(answer->entry, answer->facet));
    if (answer->second) add("+ " + part(answer->second->entry, answer->second->facet));
  } else if (const auto* source = std::get_if<TellSource>(&outcome.decision)) {
    add(source->entry);
  } else if (const auto* talk = std::get_if<SmallTalk>(&outcome.decision)) {
    add(std::string(name_of(talk->kind)));
  } else if (const auto* clarify = std::get_if<Clarify>(&outcome.decision)) {
    for (const std::string& entry : clarify->entries) add(entry);
  } else if (const auto* handoff = std::get_if<HandOff>(&outcome.decision)) {
    add(handoff->entry);
  } else if (const auto* status = std::get_if<CaseStatus>(&outcome.decision)) {
    add(status->number);
  }
  return text;
}

/// Does the decision satisfy an expectation? A clarify may offer more than was named; an answer or a handoff named
/// without an entry may have any.
bool fits(const std::string& decided, const std::string& wanted) {
  if (decided == wanted) return true;
  std::istringstream want(wanted);
  std::string action;
  want >> action;
  if (!decided.starts_with(action)) return false;
  if (action == "handoff" || action == "answer") return wanted == action;
  if (action != "clarify") return false;
  for (std::string entry; want >> entry;) {
    if ((decided + " ").find(" " + entry + " ") == std::string::npos) return false;
  }
  return true;
}

class Dialogue {
 public:
  explicit Dialogue(const files::path& path) : path_(path) {}

  void run() {
    std::istringstream lines(whole(path_));
    for (std::string line; std::getline(lines, line);) {
      ++line_;
      if (line.empty()) continue;
      SCOPED_TRACE(path_.filename().string() + " line " + std::to_string(line_) + ": " + line);
      if (line.starts_with("# name:")) {
        thread_ = {};
        date_ = "2026-11-24";
      } else if (line.starts_with("# now: ")) {
        date_ = line.substr(7);
      } else if (line.starts_with("# later: ")) {
        at_ = at_.plus_minutes(std::stoi(line.substr(9)));
      } else if (line == "# released") {
        thread_.owned_by_people = false;
      } else if (line.starts_with("> ")) {
        say(line.substr(2));
      } else if (line.starts_with("< ")) {
        EXPECT_TRUE(fits(spelled(last_), line.substr(2))) << "decided: " << spelled(last_) << "\n"
                                                          << to_json(last_.receipt).dump(1);
      } else if (line.starts_with("~ ")) {
        EXPECT_NE((last_.reply ? last_.reply->text : "").find(line.substr(2)), std::string::npos)
            << "said: " << (last_.reply ? last_.reply->text : "(nothing)");
      } else if (line.starts_with("!~ ")) {
        EXPECT_EQ((last_.reply ? last_.reply->text : "").find(line.substr(3)), std::string::npos)
            << "said: " << last_.reply->text;
      } else if (line == "? nothing") {
        EXPECT_EQ(choices(), "");
      } else if (line.starts_with("? ")) {
        EXPECT_NE(choices().find("[" + line.substr(2) + "]"), std::string::npos) << "choices: " << choices();
      } else if (line == "! urgent") {
        EXPECT_TRUE(last_.urgent);
      } else if (line == "! not urgent") {
        EXPECT_FALSE(last_.urgent);
      } else {
        ADD_FAILURE() << "this line is not understood; see tests/dialogues/README.md";
      }
    }
  }

 private:
  void say(const std::string& text) {
    static const auto sentences = default_sentences();
    at_ = at_.plus_seconds(20);
    InboundMessage message;
    message.external_id = std::to_string(line_);
    message.contact = "resident";
    message.sent_at = at_;
    message.text = text;
    if (text.starts_with("[choice ")) {
      message.kind = MessageKind::choice;
      message.choice = text.substr(8, text.size() - 9);
      message.text = "";
    } else if (text == "[audio]" || text == "[image]" || text == "[sticker]" || text == "[location]") {
      message.text = "";
      message.kind = text == "[audio]"     ? MessageKind::audio
                     : text == "[image]"   ? MessageKind::image
                     : text == "[sticker]" ? MessageKind::sticker
                                           : MessageKind::location;
    }
    last_ = take_turn(thread_, message, sample_city(), *sentences, date_);
    // What is saved and read again between two messages.
    thread_.memory = memory_from_json(to_json(last_.memory));
    EXPECT_EQ(thread_.memory, last_.memory);
    if (std::holds_alternative<HandOff>(last_.decision)) thread_.owned_by_people = true;
  }

  [[nodiscard]] std::string choices() const {
    std::string text;
    if (last_.reply) {
      for (const Choice& choice : last_.reply->choices) text += "[" + choice.title + "]";
    }
    return text;
  }

  files::path path_;
  std::size_t line_ = 0;
  UnixMillis at_{1'795'000'000'000};
  std::string date_ = "2026-11-24";
  Thread thread_;
  Outcome last_;
};

std::vector<files::path> dialogue_files() {
  std::vector<files::path> found;
  for (const auto& item : files::directory_iterator(files::path(SAHUT_SOURCE_DIR) / "tests/dialogues")) {
    if (item.path().extension() == ".txt") found.push_back(item.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

class DialogueFile : public testing::TestWithParam<files::path> {};

TEST_P(DialogueFile, goes_as_written) {
  Dialogue(GetParam()).run();
}

INSTANTIATE_TEST_SUITE_P(Dialogue, DialogueFile, testing::ValuesIn(dialogue_files()), [](const auto& file) {
  std::string name = file.param.stem().string();
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return name;
});

TEST(Turn, is_the_same_every_time) {
  static const auto sentences = default_sentences();
  InboundMessage message;
  message.external_id = "1";
  message.contact = "r";
  message.text = "ktp ilang gmn ngurusnya min";
  const Outcome first = take_turn({}, message, sample_city(), *sentences, "2026-11-24");
  for (int i = 0; i < 20; ++i) {
    const Outcome again = take_turn({}, message, sample_city(), *sentences, "2026-11-24");
    EXPECT_EQ(to_json(again.receipt), to_json(first.receipt));
    EXPECT_EQ(again.reply, first.reply);
    EXPECT_EQ(again.memory, first.memory);
  }
}

Outcome turn(const BotMemory& memory, const std::string& text, UnixMillis at = {}) {
  static const auto sentences = default_sentences();
  InboundMessage message;
  message.external_id = "1";
  message.contact = "r";
  message.text = text;
  message.sent_at = at;
  return take_turn({.memory = memory}, message, sample_city(), *sentences, "2026-11-24");
}

TEST(Turn, takes_yes_and_no_to_a_single_choice) {
  BotMemory memory;
  memory.offered = {{"KTP hilang", "e:ktp-el-hilang"}, {"Bukan ini", "none"}};
  memory.asked_yes_no = true;
  for (const char* yes : {"iya", "ya betul", "yes", "inggih min"}) {
    EXPECT_EQ(turn(memory, yes).receipt.entry, "ktp-el-hilang") << yes;
  }
  for (const char* no : {"tidak", "bukan", "nggak", "no", "bukan itu kak"}) {
    EXPECT_EQ(turn(memory, no).receipt.action, "fallback") << no;
    EXPECT_EQ(turn(memory, no).memory.refused, std::vector<std::string>{"ktp-el-hilang"}) << no;
  }
}

/// The thread after "kk" was asked back.
BotMemory asked_which() {
  BotMemory memory;
  memory.offered = {
      {"KK hilang atau rusak", "e:kk-hilang"}, {"Pisah KK dari orang tua", "e:kk-pisah"}, {"Bukan ini", "none"}};
  memory.question = {"kk", {}, false};
  return memory;
}

TEST(Turn, takes_choices_as_people_type_them) {
  const std::pair<const char*, const char*> rows[] = {{"1", "kk-hilang"},
                                                      {"yang kedua", "kk-pisah"},
                                                      {"yg ke 2 aja min", "kk-pisah"},
                                                      {"pisah", "kk-pisah"},
                                                      {"yang terakhir", "kk-pisah"},
                                                      {"yang rusak", "kk-hilang"},
                                                      {"KK hilang atau rusak", "kk-hilang"}};
  for (const auto& [text, entry] : rows) EXPECT_EQ(turn(asked_which(), text).receipt.entry, entry) << text;
}

TEST(Turn, asks_again_after_a_yes_to_several_choices) {
  const Outcome outcome = turn(asked_which(), "iya");
  ASSERT_TRUE(std::holds_alternative<Clarify>(outcome.decision));
  EXPECT_EQ(outcome.reply->choices, asked_which().offered);
  EXPECT_EQ(turn(outcome.memory, "1").receipt.entry, "kk-hilang");
}

TEST(Turn, offers_a_person_when_it_asks_back_twice) {
  const Outcome outcome = turn(asked_which(), "kk");
  ASSERT_TRUE(std::holds_alternative<Clarify>(outcome.decision)) << to_json(outcome.receipt).dump(1);
  const auto& choices = outcome.reply->choices;
  EXPECT_TRUE(std::any_of(choices.begin(), choices.end(), [](const Choice& c) { return c.value == choice_person; }));
  EXPECT_EQ(choices.back().value, choice_none);
}

TEST(Turn, joins_no_pieces_where_the_times_are_unknown) {
  const Outcome first = turn({}, "berapa lama?");
  const Outcome second = turn(first.memory, "ktp hilang");
  ASSERT_TRUE(std::holds_alternative<Answer>(second.decision));
  EXPECT_EQ(std::get<Answer>(second.decision).facet, nlu::Facet::none);
}

TEST(Turn, joins_pieces_that_arrive_in_the_wrong_order) {
  BotMemory memory;
  memory.question = {"hilang", {2'000'000}, false};
  const Outcome second = turn(memory, "ktp saya", {1'990'000});
  EXPECT_EQ(second.receipt.entry, "ktp-el-hilang");
  EXPECT_EQ(second.receipt.how, "joined");
  EXPECT_EQ(second.receipt.matched_text, "hilang ktp saya");
}

TEST(Turn, lists_the_question_that_got_no_answer_and_not_the_refusal) {
  const Outcome asked = turn({}, "kk");
  ASSERT_TRUE(std::holds_alternative<Clarify>(asked.decision));
  EXPECT_FALSE(asked.unanswered);
  const Outcome refused = turn(asked.memory, "bukan ini");
  EXPECT_TRUE(refused.unanswered);
  EXPECT_EQ(refused.question, "kk");
}

TEST(Turn, keeps_nothing_personal_in_memory_and_receipt) {
  const Outcome outcome = turn({}, "nama saya Siti Aminah, NIK 6471014505900001, hp 081234567890, zxqw plmk");
  const std::string kept = to_json(outcome.memory) + to_json(outcome.receipt).dump() + outcome.question;
  for (const char* secret : {"Siti", "siti", "minah", "6471", "0812"}) {
    EXPECT_EQ(kept.find(secret), std::string::npos) << secret << " in " << kept;
  }
}

TEST(Turn, keeps_the_receipts_of_both_answers) {
  const auto receipt = to_json(turn({}, "syarat ktp hilang apa dan biaya akta kelahiran berapa?").receipt);
  EXPECT_EQ(receipt["entry"], "ktp-el-hilang");
  EXPECT_EQ(receipt["facet"], "requirements");
  EXPECT_EQ(receipt["second"]["entry"], "akta-lahir");
  EXPECT_EQ(receipt["second"]["facet"], "fee");
  EXPECT_EQ(receipt["second"]["revision"], 1);
}

TEST(Turn, survives_any_bytes) {
  BotMemory memory;
  for (const std::string& text :
       {std::string("\xff\xfe\xf0\x9f"), std::string(70'000, 'a'), std::string("?,?,?,dan,dan terus"),
        std::string("\0\0", 2), std::string("bukan, bukan, bukan"), std::string("kalau kalau kalau"),
        std::string("dan"), std::string(3000, '?'), std::string("nama saya nama saya nama saya"),
        std::string("[choice")}) {
    memory = turn(memory, text, {1'000'000}).memory;
    EXPECT_LE(memory.question.text.size(), longest_question);
    EXPECT_EQ(memory_from_json(to_json(memory)).question.text.size() <= longest_question, true);
  }
}

// Measured: 0.1 to 2 ms each, optimised. Anything that grew with the square of the length would take minutes.
TEST(Turn, takes_a_hundred_kilobytes_of_anything_in_bounded_time) {
  static const auto sentences = default_sentences();
  const auto started = std::chrono::steady_clock::now();
  for (const std::string piece : {"ktp hilang ", "a", "6471014505900001 ", "? ", "dan kk, ", "bukan ", "\xC3\xA9k",
                                  "0812-3456-7890, ", "aaaaaa2nya ", "\n", "kalau "}) {
    InboundMessage message;
    message.external_id = "1";
    message.contact = "r";
    while (message.text.size() < 100'000) message.text += piece;
    const Outcome outcome = take_turn({}, message, sample_city(), *sentences, "2026-11-24");
    EXPECT_LE(outcome.memory.question.text.size(), longest_question) << piece;
  }
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(20));
}

TEST(Turn, answers_small_talk_in_a_city_without_entries_for_it) {
  static const auto sentences = default_sentences();
  const auto empty = knowledge::Snapshot::build(1, {}, knowledge::built_in_language(), nlu::default_lexicon()).value();
  const std::pair<const char*, const char*> rows[] = {
      {"halo", "small_talk.greeting"}, {"makasih", "small_talk.thanks"}, {"dadah", "small_talk.goodbye"}};
  for (const auto& [text, key] : rows) {
    InboundMessage message;
    message.external_id = "1";
    message.contact = "r";
    message.text = text;
    const Outcome outcome = take_turn({}, message, *empty, *sentences, "2026-11-24");
    ASSERT_TRUE(outcome.reply) << text;
    EXPECT_EQ(outcome.reply->text, sentences->say(nlu::Language::id, key));
    EXPECT_EQ(outcome.receipt.action, "small_talk");
    EXPECT_EQ(public_part(to_json(outcome.receipt))["action"], "answer");
  }
}

TEST(Turn, tells_the_number_and_calls_a_person_in_an_emergency_without_an_entry) {
  static const auto sentences = default_sentences();
  const auto empty = knowledge::Snapshot::build(1, {}, knowledge::built_in_language(), nlu::default_lexicon()).value();
  InboundMessage message;
  message.external_id = "1";
  message.contact = "r";
  message.text = "rumah saya kebakaran tolong";
  const Outcome outcome = take_turn({}, message, *empty, *sentences, "2026-11-24");
  ASSERT_TRUE(std::holds_alternative<HandOff>(outcome.decision));
  EXPECT_EQ(std::get<HandOff>(outcome.decision).reason, "emergency");
  EXPECT_NE(outcome.reply->text.find("112"), std::string::npos);
  EXPECT_TRUE(outcome.urgent);
}

}  // namespace
}  // namespace sahut::conversation
