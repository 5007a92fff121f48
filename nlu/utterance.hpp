// What the normaliser understood of one message: its words in standard form, and the things that have a class rather
// than a meaning of their own (numbers, dates, money, places …).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sahut::nlu {

/// Kinds of things that are recognised by their shape. Their digits never become vocabulary.
enum class EntityKind : std::uint8_t { nik, kk, phone, money, date, time, rt_rw, place, plate, number };

/// Lower-case name of the kind, as it appears in evidence and in the class word of a token ("<phone>").
[[nodiscard]] std::string_view name_of(EntityKind kind);

/// A stretch of the original text: bytes [begin, end).
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool operator==(const Span&) const = default;
};

struct Entity {
  EntityKind kind = EntityKind::number;
  std::string text;  ///< folded text of the entity
  Span span;         ///< where it stands in Utterance::folded
  bool operator==(const Entity&) const = default;
};

struct Token {
  std::string surface;  ///< folded, as typed
  std::string normal;   ///< standard form ("gmn" → "bagaimana"); a class word such as "<number>" for entities
  std::string stem;     ///< stem of `normal` ("mengurus" → "urus")
  bool stop = false;    ///< a word that says nothing about the subject
  bool known = false;   ///< the lexicon knows the word; it must not be "corrected"
  bool operator==(const Token&) const = default;
};

struct Utterance {
  std::string folded;  ///< the raw text, NFKC, lower-case, cut to max_text_bytes: what rules see second
  std::vector<Token> tokens;
  std::vector<Entity> entities;
  bool cut = false;  ///< the text was longer than the bounds and its end was dropped

  /// The standard forms joined by one space: what rules see first.
  [[nodiscard]] std::string normal_text() const;
  bool operator==(const Utterance&) const = default;
};

}  // namespace sahut::nlu
