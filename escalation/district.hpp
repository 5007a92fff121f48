// Where in the city something is: a pin or a name becomes a district (kelurahan), without asking anybody on the
// network.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "conversation/position.hpp"
#include "escalation/city.hpp"

namespace sahut::escalation {

/// A district and how far its centre is.
struct NearDistrict {
  const District* district = nullptr;
  double km = 0;
};
/// Nearest first, at most `most`; districts farther than 15 km are left out (then the pin is not in the city).
[[nodiscard]] std::vector<NearDistrict> districts_near(const City& city, const conversation::Position& position,
                                                       std::size_t most);

/// Folded words, as names and messages are compared.
[[nodiscard]] std::vector<std::string> place_words(std::string_view text);

/// The district that a text names, or null: the longest name or alias that stands in it as whole words. A name of one
/// word that is also an ordinary word ("damai") counts only after a word of place: "di", "kelurahan", "warga" …
[[nodiscard]] const District* district_named(const City& city, std::string_view text);

[[nodiscard]] const District* find_district(const City& city, std::string_view code);

/// "Kelurahan Damai, Kecamatan Balikpapan Kota"; of two that are about as near both are named. Empty if none is near.
[[nodiscard]] std::string spoken_place(const City& city, const conversation::Position& position);

/// The office below `office` that serves the district; `office` itself if none does or the code is empty.
[[nodiscard]] const Office& office_for_district(const City& city, const Office& office, std::string_view code);

}  // namespace sahut::escalation
