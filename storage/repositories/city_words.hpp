// The words of this city as rows: what its people say, and the standard words that stand for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nlu/city_words.hpp"
#include "storage/connection.hpp"
#include "values/time.hpp"

namespace sahut::storage {

struct CityWordRecord {
  nlu::CityWord word;
  UnixMillis updated_at;
  std::string updated_by;
};

struct CityWordList {
  std::string search;  ///< in form and meaning; empty = all
  std::string after;   ///< form of the last word of the page before
  std::int64_t limit = 50;
};

/// By form.
[[nodiscard]] std::vector<CityWordRecord> list_city_words(Connection& connection, const CityWordList& list);
/// All of them, by form.
[[nodiscard]] std::vector<nlu::CityWord> all_city_words(Connection& connection);
[[nodiscard]] std::optional<CityWordRecord> load_city_word(Connection& connection, std::string_view form);

/// Adds the word, or gives its form another meaning.
void save_city_word(Connection& connection, const CityWordRecord& record);
void delete_city_word(Connection& connection, std::string_view form);

}  // namespace sahut::storage
