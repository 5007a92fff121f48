#include "storage/repositories/city_words.hpp"

#include "tests/repositories/store_fixture.hpp"

namespace sahut::storage {
namespace {

class CityWordRows : public StoreFixture {
 protected:
  void save(const std::string& form, const std::string& standard, std::int64_t at = 1000) {
    save_city_word(*db_, {{form, standard}, {at}, "dewi"});
  }
  std::vector<std::string> forms(const CityWordList& list) {
    std::vector<std::string> found;
    for (const auto& record : list_city_words(*db_, list)) found.push_back(record.word.form);
    return found;
  }
};

using Forms = std::vector<std::string>;

TEST_F(CityWordRows, are_kept_with_who_and_when_and_one_meaning_a_form) {
  save("leding", "air");
  save_city_word(*db_, {{"leding", "air pdam"}, {2000}, "hasan"});
  const auto record = load_city_word(*db_, "leding");
  ASSERT_TRUE(record);
  EXPECT_EQ(record->word, (nlu::CityWord{"leding", "air pdam"}));
  EXPECT_EQ(record->updated_at.value, 2000);
  EXPECT_EQ(record->updated_by, "hasan");
  EXPECT_EQ(count("city_word"), 1);
  EXPECT_FALSE(load_city_word(*db_, "Leding"));
}

TEST_F(CityWordRows, come_in_pages_by_form_and_are_searched_in_both_columns) {
  save("siring", "drainase");
  save("leding", "air pdam");
  save("banyu", "air");
  EXPECT_EQ(forms({}), (Forms{"banyu", "leding", "siring"}));
  EXPECT_EQ(forms({.search = "", .after = "banyu", .limit = 1}), Forms{"leding"});
  EXPECT_EQ(forms({.search = "air", .after = {}}), (Forms{"banyu", "leding"}));
  EXPECT_EQ(forms({.search = "sir", .after = {}}), Forms{"siring"});
  EXPECT_EQ(forms({.search = "%", .after = {}}), Forms{}) << "a percent sign is a letter like others";
  EXPECT_EQ(all_city_words(*db_),
            (std::vector<nlu::CityWord>{{"banyu", "air"}, {"leding", "air pdam"}, {"siring", "drainase"}}));
}

TEST_F(CityWordRows, go_alone) {
  save("siring", "drainase");
  save("leding", "air pdam");
  delete_city_word(*db_, "siring");
  delete_city_word(*db_, "tidak");
  EXPECT_EQ(forms({}), Forms{"leding"});
}

}  // namespace
}  // namespace sahut::storage
