// What a message says of a person, taken out before it is understood: numbers that name one (NIK, KK, telephone) and a
// name given after "nama saya". It must never steer the match, and nothing of it is kept in the bot's memory.
#pragma once

#include <string>
#include <string_view>

#include "nlu/lexicon.hpp"

namespace sahut::conversation {

struct Impersonal {
  std::string text;      ///< the rest of the message
  bool removed = false;  ///< something was taken out
};

/// "NIK 6471…": is the word before an identity number, which may be the subject ("NIK … tidak ditemukan") or only name
/// the number, taken out with it?
enum class NumberWord { keep, drop };

/// Takes out runs of nine to twenty digits (spaces, dots and dashes between digits are looked through) with the words
/// that announce a telephone, and up to four words after a phrase that announces a name, as long as they are unknown to
/// the lexicon or written with a capital.
[[nodiscard]] Impersonal without_personal_data(std::string_view text, const nlu::Lexicon& lexicon,
                                               NumberWord identity = NumberWord::keep);

}  // namespace sahut::conversation
