#include "server/state/city_words_of_store.hpp"

#include "server/observation/log.hpp"
#include "storage/repositories/city_words.hpp"

namespace sahut::server {

nlu::CityWords city_words_of_store(storage::Connection& connection, std::shared_ptr<const nlu::Lexicon> built_in,
                                   std::string_view without) {
  nlu::CityWords words(std::move(built_in));
  for (const nlu::CityWord& word : storage::all_city_words(connection)) {
    if (word.form == without) continue;
    if (const auto problem = words.add(word)) {
      log(LogLevel::warning, "a word of the city is not used", {{"word", word.form}, {"why", problem->text()}});
    }
  }
  return words;
}

}  // namespace sahut::server
