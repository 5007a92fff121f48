#include "adapters/text_limits.hpp"

#include <array>

namespace sahut::adapters {
namespace {

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// Every character that JavaScript's trim() or Telegram's server takes for nothing, in UTF-8.
constexpr std::array<std::string_view, 28> blanks = {" ",
                                                     "\t",
                                                     "\n",
                                                     "\v",
                                                     "\f",
                                                     "\r",
                                                     "\xC2\xA0",
                                                     "\xE1\x9A\x80",
                                                     "\xE2\x80\x80",
                                                     "\xE2\x80\x81",
                                                     "\xE2\x80\x82",
                                                     "\xE2\x80\x83",
                                                     "\xE2\x80\x84",
                                                     "\xE2\x80\x85",
                                                     "\xE2\x80\x86",
                                                     "\xE2\x80\x87",
                                                     "\xE2\x80\x88",
                                                     "\xE2\x80\x89",
                                                     "\xE2\x80\x8A",
                                                     "\xE2\x80\x8B",
                                                     "\xE2\x80\x8C",
                                                     "\xE2\x80\x8D",
                                                     "\xE2\x80\xA8",
                                                     "\xE2\x80\xA9",
                                                     "\xE2\x80\xAF",
                                                     "\xE2\x81\x9F",
                                                     "\xE3\x80\x80",
                                                     "\xEF\xBB\xBF"};

}  // namespace

std::string_view cut_bytes(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  std::size_t end = bytes;
  while (end > 0 && bytes - end < 3 && continues(text[end])) --end;
  if (continues(text[end])) end = bytes;  // not UTF-8 at all: any place is as good
  return text.substr(0, end);
}

std::size_t code_point_bytes(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t wanted = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1;
  if (at + wanted > text.size()) return 1;
  for (std::size_t i = 1; i < wanted; ++i) {
    if (!continues(text[at + i])) return 1;
  }
  return wanted;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += code_point_bytes(text, at)) ++count;
  return count;
}

std::size_t count_utf16(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = code_point_bytes(text, at);
    count += bytes == 4 ? 2 : 1;
    at += bytes;
  }
  return count;
}

std::string fit_code_points(std::string_view text, std::size_t limit) {
  std::size_t count = 0;
  std::size_t end = 0;  // of the first limit - 1 code points
  for (std::size_t at = 0; at < text.size(); at += code_point_bytes(text, at)) {
    if (count + 1 == limit) end = at;
    if (++count > limit) return std::string(text.substr(0, end)) + "…";
  }
  return std::string(text);
}

bool is_blank(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = code_point_bytes(text, at);
    bool blank = false;
    for (const std::string_view candidate : blanks) blank = blank || text.substr(at, bytes) == candidate;
    if (!blank) return false;
    at += bytes;
  }
  return true;
}

}  // namespace sahut::adapters
