// The city's words of the store that can be used.
#pragma once

#include <memory>
#include <string_view>

#include "nlu/city_words.hpp"
#include "storage/connection.hpp"

namespace sahut::server {

/// All but the one whose form is `without`. Each was accepted once; one that a newer program's lexicon has no place
/// for, or that two machines let in at the same moment, is left out and told in the log: one word must not keep a city
/// from starting.
[[nodiscard]] nlu::CityWords city_words_of_store(storage::Connection& connection,
                                                 std::shared_ptr<const nlu::Lexicon> built_in,
                                                 std::string_view without = {});

}  // namespace sahut::server
