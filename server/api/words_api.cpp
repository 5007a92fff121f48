// /api/v1/words: what people of this city say, and the standard words that stand for it.
#include <utility>

#include "escalation/local_time.hpp"
#include "nlu/fold.hpp"
#include "server/api/json_body.hpp"
#include "server/api/knowledge_api.hpp"
#include "server/api/paging.hpp"
#include "server/api/session_guard.hpp"
#include "server/api/shapes.hpp"
#include "server/state/offload.hpp"
#include "server/state/word_editing.hpp"
#include "storage/repositories/city_words.hpp"

namespace sahut::server {
namespace {

using boost::asio::awaitable;
using http::Request;
using http::Response;
using storage::Connection;

constexpr std::size_t longest_typed_standard = 1'000;
constexpr std::size_t longest_typed_form_bytes = 1'000;

/// What residents' texts are read with now, beside the stored word.
nlohmann::ordered_json word_json(const storage::CityWordRecord& record, Services& services) {
  const auto& [form, standard] = record.word;
  const auto built_in = services.publisher.built_in_lexicon()->standard(form);
  const bool replaces = built_in && *built_in != standard;
  return {{"form", form},
          {"standard", standard},
          {"replaces", replaces ? nlohmann::ordered_json(*built_in) : nlohmann::ordered_json()},
          {"in_use", services.knowledge.get()->lexicon().standard(form) == std::string_view(standard)},
          {"updated_at", shapes(services).time(record.updated_at)},
          {"updated_by", record.updated_by}};
}

awaitable<Response> list_words(Services& services, Request request, SignedIn) {
  const auto page = page_of(request);
  if (!page.ok() && page.problem().where == "limit") co_return refuse(page.problem(), request);
  // Words are paged by form, which is text: the cursor is the last form itself.
  storage::CityWordList wanted;
  wanted.search = request.parameter("search").value_or("");
  wanted.after = request.parameter("cursor").value_or("");
  if (page.ok()) wanted.limit = page->limit;
  std::vector<storage::CityWordRecord> found;
  services.store.read([&](Connection& connection) { found = storage::list_city_words(connection, wanted); });
  nlohmann::ordered_json items = nlohmann::ordered_json::array();
  for (const storage::CityWordRecord& record : found) items.push_back(word_json(record, services));
  nlohmann::ordered_json next;
  if (static_cast<std::int64_t>(found.size()) == wanted.limit) next = found.back().word.form;
  co_return http::json(200, {{"items", std::move(items)}, {"next", std::move(next)}});
}

/// Runs `edit(EditContext)` on the slow-work threads.
template <typename Edit>
auto edit_words_slowly(Services& services, std::string editor, Edit edit) {
  auto work = [&services, editor = std::move(editor), edit = std::move(edit)] {
    const auto city = services.city.get();
    const UnixMillis now = services.clock.now();
    const std::string date = escalation::local_moment(now, city->time_zone).date;
    return edit(EditContext{services.store, services.publisher, services.ids, *city, editor, now, date});
  };
  return offload(services.slow_work, std::move(work));
}

/// Pages hear of it, and the figures show the version that is live.
void tell_of_word(Services& services, const std::vector<storage::LiveEvent>& live) {
  services.live.publish(live);
  const auto knowledge = services.knowledge.get();
  services.metrics.knowledge(static_cast<double>(knowledge->version()),
                             static_cast<double>(knowledge->entries().size()));
}

awaitable<Response> write_word(Services& services, Request request, SignedIn signed_in) {
  const auto body = json_object(request);
  if (!body.ok()) co_return refuse(body.problem(), request);
  const auto standard = optional_text(*body, "standard", longest_typed_standard);
  if (!standard.ok()) co_return refuse(standard.problem(), request);
  nlu::CityWord typed;
  typed.form = request.path_parameter("form");
  typed.standard = *standard;
  auto edit = [typed = std::move(typed)](const EditContext& context) { return put_word(typed, context); };
  const Result<EditedWord> edited = co_await edit_words_slowly(services, signed_in.staff.name, std::move(edit));
  if (!edited.ok()) co_return refuse(edited.problem(), request);
  tell_of_word(services, edited->live);
  co_return http::json(edited->created ? 201 : 200, word_json(edited->record, services));
}

awaitable<Response> erase_word(Services& services, Request request, SignedIn signed_in) {
  std::string form = nlu::fold(request.path_parameter("form"), longest_typed_form_bytes).text;
  auto edit = [form = std::move(form)](const EditContext& context) { return delete_word(form, context); };
  const Result<std::vector<storage::LiveEvent>> live =
      co_await edit_words_slowly(services, signed_in.staff.name, std::move(edit));
  if (!live.ok()) co_return refuse(live.problem(), request);
  tell_of_word(services, *live);
  co_return http::no_content();
}

}  // namespace

std::vector<http::Route> word_routes(Services& services) {
  using http::Method;
  const auto edit = [&services](auto handler) { return for_staff(services, Right::edit, handler); };
  return {
      {Method::get, "/api/v1/words", edit(list_words)},
      {Method::put, "/api/v1/words/{form}", edit(write_word)},
      {Method::delete_, "/api/v1/words/{form}", edit(erase_word)},
  };
}

}  // namespace sahut::server
