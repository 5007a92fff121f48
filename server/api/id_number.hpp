// Identifiers are strings in the API.
#pragma once

#include <charconv>
#include <cstdint>
#include <string_view>

namespace sahut::server {

/// The number an identifier stands for; 0, which is nobody's, if it is none.
[[nodiscard]] inline std::int64_t id_number(std::string_view text) {
  std::int64_t id = 0;
  const char* end = text.data() + text.size();
  return std::from_chars(text.data(), end, id).ptr == end ? id : 0;
}

}  // namespace sahut::server
