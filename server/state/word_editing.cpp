#include "server/state/word_editing.hpp"

#include "server/state/city_words_of_store.hpp"

namespace sahut::server {
namespace {

using storage::Connection;

/// Tells pages that the word changed, inside the step that changes it.
std::vector<storage::LiveEvent> word_event(const EditContext& context, const std::string& form) {
  return {{{context.ids.next(context.now)}, "word", "", form}};
}

void note_word(Connection& connection, const EditContext& context, const char* action, const nlu::CityWord& word,
               const std::vector<storage::LiveEvent>& live) {
  storage::write_audit(connection, context.ids.next(context.now), context.now,
                       {context.editor, action, "word " + word.form, word.standard});
  for (const storage::LiveEvent& event : live) storage::write_live_event(connection, event, context.now);
}

}  // namespace

Result<EditedWord> put_word(const nlu::CityWord& typed, const EditContext& context) {
  const Result<nlu::CityWord> word = nlu::tidy(typed);
  if (!word) return word.problem();
  EditedWord edited{
      .record = {*word, context.now, context.editor}, .created = false, .live = word_event(context, word->form)};
  const LexiconChange change = [&](Connection& connection) -> Result<std::shared_ptr<const nlu::Lexicon>> {
    nlu::CityWords words = city_words_of_store(connection, context.publisher.built_in_lexicon(), word->form);
    if (auto problem = words.add(*word)) return *std::move(problem);
    return words.lexicon();
  };
  const auto published = context.publisher.publish_words(change, [&](Connection& connection) {
    edited.created = !storage::load_city_word(connection, word->form);
    storage::save_city_word(connection, edited.record);
    note_word(connection, context, "word_saved", *word, edited.live);
  });
  if (!published.ok()) return published.problem();
  return edited;
}

Result<std::vector<storage::LiveEvent>> delete_word(const std::string& form, const EditContext& context) {
  std::vector<storage::LiveEvent> live = word_event(context, form);
  std::optional<storage::CityWordRecord> before;
  const LexiconChange change = [&](Connection& connection) -> Result<std::shared_ptr<const nlu::Lexicon>> {
    before = storage::load_city_word(connection, form);
    if (!before) return Problem{"not_found", "form", "Kata ini sudah tidak ada.", "Muat ulang daftarnya."};
    return city_words_of_store(connection, context.publisher.built_in_lexicon(), form).lexicon();
  };
  const auto published = context.publisher.publish_words(change, [&](Connection& connection) {
    storage::delete_city_word(connection, form);
    note_word(connection, context, "word_deleted", before->word, live);
  });
  if (!published.ok()) return published.problem();
  return live;
}

}  // namespace sahut::server
