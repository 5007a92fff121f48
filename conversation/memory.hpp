// What the bot remembers of one thread between two messages. Saved with the conversation as JSON.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "conversation/outbound.hpp"
#include "nlu/language.hpp"

namespace sahut::conversation {

struct BotMemory {
  std::vector<Choice> offered;  ///< the choices of the last message of ours, so that "yang kedua" means something
  std::string last_entry;       ///< id of the entry answered last: what "biayanya?" refers to
  int fallbacks = 0;            ///< in a row, without an answer between
  nlu::LanguageScore language;  ///< evidence over the thread; old evidence fades
  bool operator==(const BotMemory&) const = default;
};

[[nodiscard]] std::string to_json(const BotMemory& memory);
/// Lenient: what cannot be read is forgotten, because a resident must be answered even after a change of this form.
[[nodiscard]] BotMemory memory_from_json(std::string_view json);

}  // namespace sahut::conversation
