// /api/v1/entries and /api/v1/ask.
#include <charconv>
#include <utility>

#include "escalation/local_time.hpp"
#include "knowledge/entry_json.hpp"
#include "server/api/json_body.hpp"
#include "server/api/knowledge_api.hpp"
#include "server/api/paging.hpp"
#include "server/api/session_guard.hpp"
#include "server/api/shapes.hpp"
#include "server/state/ask.hpp"
#include "server/state/editing.hpp"
#include "server/state/offload.hpp"
#include "server/state/past_questions.hpp"

namespace sahut::server {
namespace {

using boost::asio::awaitable;
using http::Request;
using http::Response;
using storage::Connection;

constexpr std::size_t longest_question = 4096;
constexpr std::size_t entry_body_bytes = 512 * 1024;

std::string today(Services& services) {
  return escalation::local_moment(services.clock.now(), services.city.get()->time_zone).date;
}

Response no_such_entry(const Request& request) {
  return http::problem(404, "not_found", "There is no such entry.", "Reload the list.", request);
}

awaitable<Response> list_entries(Services& services, Request request, SignedIn) {
  const auto page = page_of(request);
  // Entries are paged by id, which is text: the cursor is the last id itself.
  storage::EntryList wanted;
  wanted.search = request.parameter("search").value_or("");
  wanted.status = request.parameter("status").value_or("");
  wanted.office = request.parameter("office").value_or("");
  wanted.after = request.parameter("cursor").value_or("");
  wanted.limit = page.ok() ? page->limit : 50;
  if (!page.ok() && page.problem().where == "limit") co_return refuse(page.problem(), request);
  std::vector<storage::EntryRecord> found;
  services.store.read([&](Connection& connection) { found = storage::list_entries(connection, wanted); });
  nlohmann::ordered_json items = nlohmann::ordered_json::array();
  for (const auto& record : found) items.push_back(shape(record, shapes(services)));
  nlohmann::ordered_json next;
  if (static_cast<std::int64_t>(found.size()) == wanted.limit) next = found.back().entry.id;
  co_return http::json(200, {{"items", std::move(items)}, {"next", std::move(next)}});
}

awaitable<Response> show_entry(Services& services, Request request, SignedIn) {
  std::optional<storage::EntryRecord> record;
  services.store.read(
      [&](Connection& connection) { record = storage::load_entry(connection, request.path_parameter("id")); });
  co_return record ? entry_response(200, *record, shapes(services)) : no_such_entry(request);
}

awaitable<Response> revisions(Services& services, Request request, SignedIn) {
  std::vector<storage::RevisionRecord> found;
  services.store.read(
      [&](Connection& connection) { found = storage::revisions_of(connection, request.path_parameter("id")); });
  if (found.empty()) co_return no_such_entry(request);
  nlohmann::ordered_json items = nlohmann::ordered_json::array();
  for (const auto& revision : found) items.push_back(shape(revision, shapes(services)));
  co_return http::json(200, {{"items", std::move(items)}});
}

/// Editing happens on the slow-work threads; `edit` is given the context it needs.
using Edit = std::function<Result<Edited>(const EditContext&)>;

awaitable<Response> perform(Services& services, Request request, SignedIn signed_in, int status, Edit edit) {
  const auto city = services.city.get();
  const UnixMillis now = services.clock.now();
  const std::string date = today(services);
  auto work = [&services, city, now, date, editor = signed_in.staff.name, edit] {
    const EditContext context{services.store, services.publisher, services.ids, *city, editor, now, date};
    return edit(context);
  };
  const Result<Edited> result = co_await offload(services.slow_work, std::move(work));
  if (!result.ok()) {
    const Problem& problem = result.problem();
    if (problem.code == "stale_revision") co_return http::problem(412, problem, request);
    co_return refuse(problem, request);
  }
  services.live.publish(result->live);
  const auto knowledge = services.knowledge.get();
  services.metrics.knowledge(static_cast<double>(knowledge->version()),
                             static_cast<double>(knowledge->entries().size()));
  co_return entry_response(status, result->record, shapes(services));
}

Result<knowledge::Entry> entry_of(const nlohmann::json& body) {
  knowledge::ParsedEntry parsed = knowledge::parse_entry(body);
  if (!parsed.problems.empty()) return parsed.problems.front();
  return std::move(parsed.entry);
}

/// The fields an entry carries in answers but not in files are taken back without complaint.
nlohmann::json without_answer_fields(nlohmann::json body) {
  for (const char* name : {"status", "revision", "published_revision", "updated_at", "updated_by"}) body.erase(name);
  return body;
}

awaitable<Response> create(Services& services, Request request, SignedIn signed_in) {
  const auto body = json_object(request);
  if (!body.ok()) co_return refuse(body.problem(), request);
  const auto entry = entry_of(without_answer_fields(*body));
  if (!entry.ok()) co_return refuse(entry.problem(), request);
  Edit edit = [entry = *entry](const EditContext& context) { return create_entry(entry, context); };
  co_return co_await perform(services, std::move(request), std::move(signed_in), 201, std::move(edit));
}

awaitable<Response> save(Services& services, Request request, SignedIn signed_in) {
  const auto match = request.header("If-Match");
  if (!match) {
    co_return http::problem(428, "no_if_match", "Say which revision you changed.",
                            "Send If-Match with the entry's revision in quotes.", request);
  }
  std::string digits(*match);
  std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
  std::int64_t base = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), base);
  auto body = json_object(request);
  if (!body.ok()) co_return refuse(body.problem(), request);
  nlohmann::json words = without_answer_fields(std::move(body).value());
  if (!words.contains("id")) words["id"] = request.path_parameter("id");
  const auto entry = entry_of(words);
  if (!entry.ok()) co_return refuse(entry.problem(), request);
  if (entry->id != request.path_parameter("id")) {
    co_return refuse({"other_id", "id", "The id in the body is not the one in the path.", "An entry keeps its id."},
                     request);
  }
  Edit edit = [entry = *entry, base](const EditContext& context) { return save_entry(entry, base, context); };
  co_return co_await perform(services, std::move(request), std::move(signed_in), 200, std::move(edit));
}

awaitable<Response> publish(Services& services, Request request, SignedIn signed_in) {
  Edit edit = [id = request.path_parameter("id")](const EditContext& context) { return publish_entry(id, context); };
  co_return co_await perform(services, std::move(request), std::move(signed_in), 200, std::move(edit));
}

awaitable<Response> archive(Services& services, Request request, SignedIn signed_in) {
  Edit edit = [id = request.path_parameter("id")](const EditContext& context) { return archive_entry(id, context); };
  co_return co_await perform(services, std::move(request), std::move(signed_in), 200, std::move(edit));
}

awaitable<Response> restore(Services& services, Request request, SignedIn signed_in) {
  const auto body = json_object(request);
  if (!body.ok()) co_return refuse(body.problem(), request);
  const auto found = body->find("revision");
  if (found == body->end() || !found->is_number_integer()) {
    co_return refuse({"missing", "revision", "`revision` is the number of a revision.", ""}, request);
  }
  Edit edit = [id = request.path_parameter("id"), revision = found->get<std::int64_t>()](const EditContext& context) {
    return restore_entry(id, revision, context);
  };
  co_return co_await perform(services, std::move(request), std::move(signed_in), 200, std::move(edit));
}

nlohmann::ordered_json reaction_json(const knowledge::Reaction& reaction) {
  return {{"action", reaction.action},
          {"entry", reaction.entry.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(reaction.entry)}};
}

/// Which past questions would be answered otherwise, were these words published.
Result<nlohmann::ordered_json> preview_of(Services& services, const knowledge::Entry& entry, const std::string& date) {
  const UnixMillis start = services.clock.now();
  const auto after = services.publisher.candidate([&](std::vector<knowledge::PublishedEntry>& entries) {
    std::erase_if(entries, [&](const auto& other) { return other.entry.id == entry.id; });
    entries.push_back({entry, 0});
  });
  if (!after.ok()) return after.problem();
  const auto before = services.knowledge.get();
  std::vector<knowledge::PastQuestion> questions;
  services.store.read([&](Connection& connection) { questions = past_questions(connection, *before); });
  const auto changed = knowledge::changed_reactions(*before, **after, questions,
                                                    [&](const knowledge::Snapshot& snapshot, const std::string& text) {
                                                      return react(snapshot, services.sentences, text, date);
                                                    });
  nlohmann::ordered_json json = {{"checked", questions.size()}, {"changed", nlohmann::ordered_json::array()}};
  for (const auto& change : changed) {
    json["changed"].push_back({{"text", change.question.text},
                               {"before", reaction_json(change.before)},
                               {"after", reaction_json(change.after)},
                               {"count", change.question.count}});
  }
  json["took_ms"] = services.clock.now().ms_since(start);
  return json;
}

awaitable<Response> preview(Services& services, Request request, SignedIn) {
  const auto body = json_object(request);
  if (!body.ok()) co_return refuse(body.problem(), request);
  const auto found = body->find("entry");
  if (found == body->end() || !found->is_object()) {
    co_return refuse({"missing", "entry", "`entry` is the entry as it would be.", ""}, request);
  }
  const auto entry = entry_of(without_answer_fields(*found));
  if (!entry.ok()) co_return refuse(entry.problem(), request);
  const std::string date = today(services);
  auto work = [&services, entry = *entry, date] { return preview_of(services, entry, date); };
  const Result<nlohmann::ordered_json> result = co_await offload(services.slow_work, std::move(work));
  co_return result.ok() ? http::json(200, *result) : refuse(result.problem(), request);
}

awaitable<Response> ask_one(Services& services, Request request, SignedIn) {
  const auto body = json_object(request);
  if (!body.ok()) co_return refuse(body.problem(), request);
  const auto text = required_text(*body, "text", longest_question);
  if (!text.ok()) co_return refuse(text.problem(), request);
  co_return http::json(200, ask(*services.knowledge.get(), services.sentences, *text, today(services)));
}

}  // namespace

std::vector<http::Route> entry_routes(Services& services) {
  using http::Method;
  const auto route = [&services](Method method, std::string_view pattern, Right right, auto handler) {
    return http::Route{.method = method,
                       .pattern = pattern,
                       .handler = for_staff(services, right, handler),
                       .max_body = entry_body_bytes};
  };
  return {
      route(Method::get, "/api/v1/entries", Right::any_staff, list_entries),
      route(Method::post, "/api/v1/entries", Right::edit, create),
      route(Method::post, "/api/v1/entries/preview", Right::edit, preview),
      route(Method::get, "/api/v1/entries/{id}", Right::any_staff, show_entry),
      route(Method::put, "/api/v1/entries/{id}", Right::edit, save),
      route(Method::post, "/api/v1/entries/{id}/publish", Right::edit, publish),
      route(Method::post, "/api/v1/entries/{id}/archive", Right::edit, archive),
      route(Method::post, "/api/v1/entries/{id}/restore", Right::edit, restore),
      route(Method::get, "/api/v1/entries/{id}/revisions", Right::any_staff, revisions),
      route(Method::post, "/api/v1/ask", Right::any_staff, ask_one),
  };
}

}  // namespace sahut::server
