// Reading JSON that strangers wrote. Everything here gives "absent" for a wrong type, so that a channel's parser states
// what it wants and cannot be made to throw. What leaves this file as text is valid UTF-8 without U+0000.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "values/problem.hpp"

namespace sahut::adapters {

using Json = nlohmann::json;

constexpr int deepest_json = 64;                     ///< levels of nesting; no channel needs a dozen
constexpr std::size_t longest_text = 64 * 1024;      ///< bytes of a resident's text
constexpr std::size_t longest_word = 512;            ///< bytes of an id, a name, a mime type
constexpr std::size_t longest_raw_json = 16 * 1024;  ///< bytes of an attachment's description

/// Problem codes: "too_deep", "not_json" (also for broken UTF-8 and for numbers no double can hold). Time and stack are
/// bounded whatever the bytes: depth is counted before the parser runs, and the parser itself is not recursive.
[[nodiscard]] Result<Json> parse_json(std::string_view bytes);

/// The member, or null if `value` is not an object or has none of that name.
[[nodiscard]] const Json& member(const Json& value, std::string_view key);

/// The element a path of names leads to ("payload", "media", "url"), or null.
template <typename... Keys>
[[nodiscard]] const Json& member(const Json& value, std::string_view key, std::string_view next, Keys... more) {
  return member(member(value, key), next, more...);
}

/// The elements, or none if it is not an array.
[[nodiscard]] const Json::array_t& elements(const Json& value);

/// A resident's text: cut to longest_text at a code point, U+0000 shown as U+FFFD (so that nothing is cut off behind it
/// in a store that ends strings there). Empty if it is not a string.
[[nodiscard]] std::string text_of(const Json& value);

/// An id or a word: empty if it is not a string, or longer than longest_word, or holds control characters. An id cut
/// short would be another id, so it is dropped instead.
[[nodiscard]] std::string word_of(const Json& value);

/// A name to show: control characters become spaces, cut to longest_word at a code point.
[[nodiscard]] std::string name_of(const Json& value);

/// A whole number, or a string of digits (several channels write either). Nothing for fractions and for what does not
/// fit 64 bits.
[[nodiscard]] std::optional<std::int64_t> integer_of(const Json& value);
/// A finite number.
[[nodiscard]] std::optional<double> number_of(const Json& value);
/// True only for the literal true.
[[nodiscard]] bool flag_of(const Json& value);

/// The JSON text of a value of ours; never throws on text that was cut badly.
[[nodiscard]] std::string dump(const Json& value);

}  // namespace sahut::adapters
