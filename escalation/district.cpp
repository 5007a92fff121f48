#include "escalation/district.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "nlu/fold.hpp"

namespace sahut::escalation {
namespace {

constexpr double in_the_city_km = 15;
constexpr double about_as_near = 1.3;
constexpr std::size_t most_text_bytes = 4096;
constexpr std::size_t most_place_words = 400;
constexpr std::array<std::string_view, 14> words_of_place = {"di",      "kel",     "kelurahan", "kec",   "kecamatan",
                                                             "daerah",  "wilayah", "kawasan",   "warga", "dari",
                                                             "tinggal", "sekitar", "dekat",     "lurah"};

/// Good to a few metres within a city, whatever the map's projection.
double distance_km(const conversation::Position& a, const District& b) {
  constexpr double km_a_degree = 111.195;
  const double middle = (a.latitude + b.latitude) / 2 * std::numbers::pi / 180;
  const double north = (a.latitude - b.latitude) * km_a_degree;
  const double east = (a.longitude - b.longitude) * km_a_degree * std::cos(middle);
  return std::hypot(north, east);
}

using PlaceWords = std::vector<std::string>;

bool stands_in(const PlaceWords& words, const PlaceWords& name) {
  for (auto at = words.begin();; ++at) {
    at = std::search(at, words.end(), name.begin(), name.end());
    if (at == words.end()) return false;
    if (name.size() > 1) return true;
    const bool placed = at != words.begin() &&
                        std::find(words_of_place.begin(), words_of_place.end(), *(at - 1)) != words_of_place.end();
    if (placed) return true;
  }
}

}  // namespace

std::vector<std::string> place_words(std::string_view text) {
  const nlu::Folded folded = nlu::fold(text, most_text_bytes);
  PlaceWords words;
  for (const nlu::Span& span : nlu::split_words(folded.text, most_place_words)) {
    words.push_back(folded.text.substr(span.begin, span.end - span.begin));
  }
  return words;
}

std::vector<NearDistrict> districts_near(const City& city, const conversation::Position& position, std::size_t most) {
  std::vector<NearDistrict> near;
  for (const District& district : city.districts) {
    const double km = distance_km(position, district);
    if (km <= in_the_city_km) near.push_back({&district, km});
  }
  std::sort(near.begin(), near.end(), [](const NearDistrict& a, const NearDistrict& b) { return a.km < b.km; });
  if (near.size() > most) near.resize(most);
  return near;
}

const District* district_named(const City& city, std::string_view text) {
  if (city.districts.empty()) return nullptr;
  const PlaceWords words = place_words(text);
  const District* found = nullptr;
  std::size_t longest = 0;  ///< in words; of two as long the first of the city's list
  for (const District& district : city.districts) {
    for (const PlaceWords& name : district.spellings) {
      if (name.size() <= longest || !stands_in(words, name)) continue;
      found = &district;
      longest = name.size();
    }
  }
  return found;
}

const District* find_district(const City& city, std::string_view code) {
  const auto found = std::find_if(city.districts.begin(), city.districts.end(),
                                  [code](const District& district) { return district.code == code; });
  return found == city.districts.end() ? nullptr : &*found;
}

std::string spoken_place(const City& city, const conversation::Position& position) {
  const std::vector<NearDistrict> near = districts_near(city, position, 2);
  if (near.empty()) return {};
  const District& first = *near[0].district;
  const bool unsure = near.size() == 2 && near[1].km < near[0].km * about_as_near;
  if (!unsure) return "Kelurahan " + first.name + ", Kecamatan " + first.above;
  const District& second = *near[1].district;
  if (first.above == second.above) {
    return "Kelurahan " + first.name + " / " + second.name + ", Kecamatan " + first.above;
  }
  return "Kelurahan " + first.name + " (" + first.above + ") / " + second.name + " (" + second.above + ")";
}

const Office& office_for_district(const City& city, const Office& office, std::string_view code) {
  if (code.empty()) return office;
  for (const Office& below : city.offices) {
    if (below.parent != office.id) continue;
    const bool serves = std::any_of(below.areas.begin(), below.areas.end(), [code](const std::string& area) {
      return code == area || (code.starts_with(area) && code[area.size()] == '.');
    });
    if (serves) return below;
  }
  return office;
}

}  // namespace sahut::escalation
