#include "storage/repositories/city_words.hpp"

#include "storage/repositories/search_pattern.hpp"

namespace sahut::storage {
namespace {

CityWordRecord read_city_word(const Row& row) {
  return {.word = {row.string(0), row.string(1)}, .updated_at = {row.integer(2)}, .updated_by = row.string(3)};
}

}  // namespace

std::vector<CityWordRecord> list_city_words(Connection& connection, const CityWordList& list) {
  const std::string pattern = pattern_containing(list.search);
  std::vector<CityWordRecord> found;
  connection.query(
      "SELECT form, standard, updated_at, updated_by FROM city_word"
      " WHERE form > $1 AND ($2 = '' OR form LIKE $2 ESCAPE '!' OR standard LIKE $2 ESCAPE '!')"
      " ORDER BY form LIMIT $3",
      {list.after, pattern, list.limit}, [&](const Row& row) { found.push_back(read_city_word(row)); });
  return found;
}

std::vector<nlu::CityWord> all_city_words(Connection& connection) {
  std::vector<nlu::CityWord> found;
  connection.query("SELECT form, standard FROM city_word ORDER BY form", {}, [&](const Row& row) {
    found.push_back({row.string(0), row.string(1)});
  });
  return found;
}

std::optional<CityWordRecord> load_city_word(Connection& connection, std::string_view form) {
  return connection.query_one<CityWordRecord>(
      "SELECT form, standard, updated_at, updated_by FROM city_word WHERE form = $1", {form}, read_city_word);
}

void save_city_word(Connection& connection, const CityWordRecord& record) {
  connection.execute(
      "INSERT INTO city_word (form, standard, updated_at, updated_by) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (form) DO UPDATE SET standard = $2, updated_at = $3, updated_by = $4",
      {record.word.form, record.word.standard, record.updated_at.value, record.updated_by});
}

void delete_city_word(Connection& connection, std::string_view form) {
  connection.execute("DELETE FROM city_word WHERE form = $1", {form});
}

}  // namespace sahut::storage
