#include "adapters/telegram/html.hpp"

#include <vector>

#include "adapters/text_limits.hpp"

namespace sahut::adapters::telegram {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
/// What must not touch a pair of stars from outside: "2*3*4" and "***" are no bold.
bool glues(char c) {
  return is_word(c) || c == '*';
}

bool opens(std::string_view text, std::size_t at) {
  return (at == 0 || !glues(text[at - 1])) && at + 1 < text.size() && !is_space(text[at + 1]) && text[at + 1] != '*';
}

bool closes(std::string_view text, std::size_t at) {
  return !is_space(text[at - 1]) && (at + 1 == text.size() || !glues(text[at + 1]));
}

/// Where bold begins and ends: positions of stars, opening and closing by turns.
std::vector<std::size_t> bold_stars(std::string_view text) {
  std::vector<std::size_t> stars;
  std::size_t hopeless_until = 0;  // no closing star before here: keeps the search linear
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '*' || at < hopeless_until || !opens(text, at)) continue;
    std::size_t end = at + 2;
    while (end < text.size() && text[end] != '\n' && !(text[end] == '*' && closes(text, end))) ++end;
    if (end < text.size() && text[end] == '*') {
      stars.push_back(at);
      stars.push_back(end);
      at = end;
    } else {
      hopeless_until = end;
    }
  }
  return stars;
}

void append_escaped(std::string_view character, std::string& out) {
  if (character == "&") {
    out += "&amp;";
  } else if (character == "<") {
    out += "&lt;";
  } else if (character == ">") {
    out += "&gt;";
  } else {
    out += character;
  }
}

}  // namespace

std::string to_html(std::string_view text, std::size_t limit) {
  const std::vector<std::size_t> stars = bold_stars(text);
  const bool whole = count_utf16(text) - stars.size() <= limit;
  std::string html;
  std::size_t next_star = 0;
  std::size_t used = 0;
  bool bold = false;
  for (std::size_t at = 0; at < text.size();) {
    if (next_star < stars.size() && stars[next_star] == at) {
      bold = !bold;
      html += bold ? "<b>" : "</b>";
      ++next_star;
      ++at;
      continue;
    }
    const std::size_t bytes = code_point_bytes(text, at);
    const std::size_t units = bytes == 4 ? 2 : 1;
    if (!whole && used + units + 1 > limit) {
      html += "…";
      break;
    }
    append_escaped(text.substr(at, bytes), html);
    used += units;
    at += bytes;
  }
  if (bold) html += "</b>";
  return html;
}

}  // namespace sahut::adapters::telegram
