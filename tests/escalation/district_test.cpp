// Where in the city something is.
#include "escalation/district.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace sahut::escalation {
namespace {

const City& sample_city() {
  static const City city = [] {
    std::ifstream file(SAHUT_SOURCE_DIR "/data/sample-city/city.json");
    std::ostringstream text;
    text << file.rdbuf();
    ParsedCity parsed = parse_city(text.str(), "city.json");
    EXPECT_TRUE(parsed.problems.empty());
    return parsed.city;
  }();
  return city;
}

std::string named_in(const char* text) {
  const District* found = district_named(sample_city(), text);
  return found == nullptr ? "" : found->name;
}

TEST(District, the_city_has_all_of_its_kelurahan_inside_its_bounds) {
  ASSERT_EQ(sample_city().districts.size(), 34U);
  for (const District& district : sample_city().districts) {
    EXPECT_TRUE(district.code.starts_with("64.71.")) << district.name;
    EXPECT_TRUE(district.latitude > -1.35 && district.latitude < -0.95) << district.name;
    EXPECT_TRUE(district.longitude > 116.70 && district.longitude < 117.05) << district.name;
    EXPECT_EQ(districts_near(sample_city(), {district.latitude, district.longitude}, 1).front().district->code,
              district.code);
  }
}

TEST(District, a_name_is_heard_as_residents_write_it) {
  struct Row {
    const char* text;
    const char* name;
  };
  const Row rows[] = {
      {"lampu jalan mati di Sepinggan Raya min", "Sepinggan Raya"},
      {"SEPINGGAN BARU rt 12", "Sepinggan Baru"},
      {"warga sepinggan mau tanya", "Sepinggan"},
      {"kel. damai bahagia", "Damai Bahagia"},
      {"rumah saya di damai", "Damai"},
      {"surat perjanjian damai", ""},
      {"sungai nangka banjir", "Sungainangka"},
      {"gunungsari ulu", "Gunung Sari Ulu"},
      {"baru ulu dan baru tengah", "Baru Tengah"},  // two as long: the city's own order
      {"gunung samarinda baru", "Gunung Samarinda Baru"},
      {"ktp hilang", ""},
      {"manggar baru", "Manggar Baru"},
      {"", ""},
  };
  for (const Row& row : rows) EXPECT_EQ(named_in(row.text), row.name) << row.text;
}

TEST(District, a_pin_is_told_in_words_and_said_to_be_unsure_between_two) {
  const City& city = sample_city();
  EXPECT_EQ(spoken_place(city, {-1.1462, 116.9797}), "Kelurahan Teritip, Kecamatan Balikpapan Timur");
  EXPECT_EQ(spoken_place(city, {-6.2, 106.8}), "");
  const District* a = find_district(city, city.districts[0].code);
  const NearDistrict b = districts_near(city, {a->latitude, a->longitude}, 2)[1];
  const std::string between =
      spoken_place(city, {(a->latitude + b.district->latitude) / 2, (a->longitude + b.district->longitude) / 2});
  EXPECT_NE(between.find(" / "), std::string::npos) << between;
}

TEST(District, leads_to_the_office_below_that_serves_it) {
  const City& city = sample_city();
  const Office& kecamatan = *city.find("kecamatan");
  EXPECT_EQ(office_for_district(city, kecamatan, "64.71.05.1002").id, "kecamatan-selatan");
  EXPECT_EQ(office_for_district(city, kecamatan, "").id, "kecamatan");
  EXPECT_EQ(office_for_district(city, *city.find("dlh"), "64.71.05.1002").id, "dlh");
}

TEST(District, stands_in_the_city_file_and_comes_back_out_of_it) {
  const std::string text = to_file(sample_city());
  const ParsedCity again = parse_city(text, "city.json");
  ASSERT_TRUE(again.problems.empty());
  EXPECT_EQ(to_file(again.city), text);
  const ParsedCity wrong = parse_city(
      R"({"offices": [], "districts": [{"code": "1", "name": "A", "above": "B", "latitude": 91, "longitude": 1, "source": "s"}]})",
      "city.json");
  ASSERT_FALSE(wrong.problems.empty());
  EXPECT_EQ(wrong.problems.front().code, "out_of_range");
}

}  // namespace
}  // namespace sahut::escalation
