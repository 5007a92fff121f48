// A point on the map, as it stands in a message's attachment.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sahut::conversation {

/// In degrees.
struct Position {
  double latitude = 0;
  double longitude = 0;
  std::string name = {};     ///< as the sender's map calls it; may be empty
  std::string address = {};  ///< the same
  bool operator==(const Position&) const = default;
};

/// {"latitude", "longitude", "name"?, "address"?}; nothing if it is anything else or not on the globe.
[[nodiscard]] std::optional<Position> position_of(std::string_view attachment);
[[nodiscard]] std::string to_json(const Position& position);

}  // namespace sahut::conversation
