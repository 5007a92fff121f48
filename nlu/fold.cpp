#include "nlu/fold.hpp"

#include <utf8proc.h>

#include <array>

namespace sahut::nlu {
namespace {

bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_ascii_word(char c) {
  return is_ascii_letter(c) || (c >= '0' && c <= '9');
}
bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

char fold_ascii(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c + ('a' - 'A'));
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
}

/// Typographic apostrophes that people's keyboards put in place of '.
bool is_apostrophe(utf8proc_int32_t point) {
  return point == 0x2018 || point == 0x2019 || point == 0x02BC || point == 0x00B4 || point == 0x0060 || point == 0x02BB;
}

void append_point(std::string& out, utf8proc_int32_t point) {
  if (point < 0x80) {
    out += fold_ascii(static_cast<char>(point));
    return;
  }
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto length = utf8proc_encode_char(point, bytes.data());
  for (utf8proc_ssize_t i = 0; i < length; ++i) out += static_cast<char>(bytes[static_cast<std::size_t>(i)]);
}

/// Folds the character that starts at text[at]; returns the bytes read.
std::size_t fold_point(std::string_view text, std::size_t at, std::string& out) {
  utf8proc_int32_t point = 0;
  const auto read = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                                     static_cast<utf8proc_ssize_t>(text.size() - at), &point);
  if (read <= 0) {
    out += ' ';
    return 1;
  }
  if (is_apostrophe(point)) {
    out += '\'';
    return static_cast<std::size_t>(read);
  }
  std::array<utf8proc_int32_t, 32> parts{};  // the longest compatibility decomposition has 18 characters (U+FDFA)
  int boundary = 0;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                                      UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
  const auto count =
      utf8proc_decompose_char(point, parts.data(), static_cast<utf8proc_ssize_t>(parts.size()), options, &boundary);
  for (utf8proc_ssize_t i = 0; i < count && i < static_cast<utf8proc_ssize_t>(parts.size()); ++i) {
    append_point(out, parts[static_cast<std::size_t>(i)]);
  }
  return static_cast<std::size_t>(read);
}

void drop_inner_apostrophes(std::string& text) {
  if (text.find('\'') == std::string::npos) return;
  std::string kept;
  kept.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool inner = text[i] == '\'' && !kept.empty() && is_ascii_letter(kept.back()) && i + 1 < text.size() &&
                       is_ascii_letter(text[i + 1]);
    if (!inner) kept += text[i];
  }
  text = std::move(kept);
}

/// Bytes of the word character that starts at text[at]; 0 if it is not part of a word.
std::size_t word_bytes(std::string_view text, std::size_t at) {
  if (is_ascii(text[at])) return is_ascii_word(text[at]) ? 1 : 0;
  utf8proc_int32_t point = 0;
  const auto read = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                                     static_cast<utf8proc_ssize_t>(text.size() - at), &point);
  if (read <= 0) return 0;
  const auto category = utf8proc_category(point);
  const bool letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
  return letter ? static_cast<std::size_t>(read) : 0;
}

/// End of the class word "<name>" that starts at text[at], or `at`.
std::size_t class_word_end(std::string_view text, std::size_t at) {
  if (text[at] != '<') return at;
  std::size_t end = at + 1;
  while (end < text.size() && (is_ascii_letter(text[end]) || text[end] == '_')) ++end;
  return end > at + 1 && end < text.size() && text[end] == '>' ? end + 1 : at;
}

}  // namespace

Folded fold(std::string_view text, std::size_t max_bytes) {
  Folded folded;
  if (text.size() > max_bytes) {
    std::size_t end = max_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U && max_bytes - end < 4) --end;
    text = text.substr(0, end);
    folded.cut = true;
  }
  folded.text.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (folded.text.size() >= 2 * max_bytes) {
      folded.cut = true;
      break;
    }
    if (is_ascii(text[at])) {
      folded.text += text[at] == '`' ? '\'' : fold_ascii(text[at]);
      ++at;
    } else {
      at += fold_point(text, at, folded.text);
    }
  }
  drop_inner_apostrophes(folded.text);
  return folded;
}

std::vector<Span> split_words(std::string_view folded, std::size_t max_words) {
  std::vector<Span> words;
  words.reserve(folded.size() / 5 + 1);
  for (std::size_t at = 0; at < folded.size() && words.size() < max_words;) {
    if (const std::size_t end = class_word_end(folded, at); end > at) {
      words.push_back({at, end});
      at = end;
      continue;
    }
    const std::size_t begin = at;
    while (at < folded.size()) {
      const std::size_t bytes = word_bytes(folded, at);
      if (bytes == 0) break;
      at += bytes;
    }
    if (at > begin) {
      words.push_back({begin, at});
    } else {
      ++at;
    }
  }
  return words;
}

}  // namespace sahut::nlu
