// Request ids: short, in letters, so that the log's masking of long numbers leaves them alone.
#pragma once

#include <cstdint>
#include <string>

namespace sahut::server {

[[nodiscard]] inline std::string request_id(std::int64_t number) {
  constexpr char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";  // 32, without l and o
  std::string id;
  for (auto rest = static_cast<std::uint64_t>(number); rest > 0; rest >>= 5u) id += letters[rest & 31u];
  return id;
}

}  // namespace sahut::server
