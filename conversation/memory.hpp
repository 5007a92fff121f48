// What the bot remembers of one thread between two messages. Saved with the conversation as JSON.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "conversation/outbound.hpp"
#include "conversation/small_talk.hpp"
#include "nlu/facet.hpp"
#include "nlu/language.hpp"
#include "values/time.hpp"

namespace sahut::conversation {

/// The resident's last question, without personal data: what a piece, a correction or a follow-up belongs to.
struct Question {
  std::string text;  ///< at most longest_question bytes
  UnixMillis at;     ///< by the channel's clock; 0 = unknown
  bool answered = false;
  bool operator==(const Question&) const = default;
};
constexpr std::size_t longest_question = 400;

struct BotMemory {
  std::vector<Choice> offered;  ///< the choices of the last message of ours, so that "yang kedua" means something
  std::string last_entry;       ///< id of the entry answered last: what "biayanya?" refers to
  int fallbacks = 0;            ///< in a row, without an answer between
  nlu::LanguageScore language;  ///< evidence over the thread; old evidence fades
  nlu::Facet last_facet = nlu::Facet::none;  ///< told of last_entry: what "kalau akta kematian?" asks too
  Question question = {};
  std::vector<std::string> refused = {};  ///< entries said no to since the last answer, at most most_refused
  bool asked_yes_no = false;              ///< our last message can be answered "ya": that takes offered.front()
  SmallTalkKind small_talk = SmallTalkKind::none;  ///< answered last: the same again needs no answer
  UnixMillis comforted_at = {};                    ///< when we last said that an officer will come; 0 = never
  std::string district = {};  ///< code of where the matter is, by a pin or a name; whoever knows the city sets it
  std::string office = {};    ///< id of the office whose poster or link brought the resident here; set likewise
  bool operator==(const BotMemory&) const = default;
};
constexpr std::size_t most_refused = 8;

[[nodiscard]] std::string to_json(const BotMemory& memory);
/// Lenient: what cannot be read is forgotten, because a resident must be answered even after a change of this form.
[[nodiscard]] BotMemory memory_from_json(std::string_view json);

}  // namespace sahut::conversation
