// What an editor does to the city's words: checked, built, committed and live, or refused whole. Blocks for training
// and a commit: called on the slow-work threads.
#pragma once

#include <string>
#include <vector>

#include "nlu/city_words.hpp"
#include "server/state/editing.hpp"
#include "storage/repositories/city_words.hpp"
#include "storage/repositories/records.hpp"
#include "values/problem.hpp"

namespace sahut::server {

struct EditedWord {
  storage::CityWordRecord record;
  bool created = false;  ///< the form was not among the city's words before
  std::vector<storage::LiveEvent> live;
};

/// Adds a word as an editor typed it, or gives its form another meaning. Problem codes: those of nlu/city_words.
[[nodiscard]] Result<EditedWord> put_word(const nlu::CityWord& typed, const EditContext& context);

/// Takes a word away; gives what pages are told. The Problem is "not_found".
[[nodiscard]] Result<std::vector<storage::LiveEvent>> delete_word(const std::string& form, const EditContext& context);

}  // namespace sahut::server
