// /api/v1/gaps: the questions nobody could answer yet.
#include <utility>

#include "escalation/local_time.hpp"
#include "server/api/id_number.hpp"
#include "server/api/json_body.hpp"
#include "server/api/knowledge_api.hpp"
#include "server/api/paging.hpp"
#include "server/api/session_guard.hpp"
#include "server/api/shapes.hpp"
#include "server/state/editing.hpp"
#include "server/state/offload.hpp"
#include "storage/ledger_await.hpp"
#include "storage/repositories/gaps.hpp"

namespace sahut::server {
namespace {

using boost::asio::awaitable;
using http::Request;
using http::Response;
using storage::Connection;

constexpr std::size_t most_suggestions = 3;
constexpr std::size_t longest_draft_id = 40;

std::optional<storage::GapRecord> gap_of(Services& services, const Request& request) {
  const GapId id{id_number(request.path_parameter("id"))};
  std::optional<storage::GapRecord> gap;
  services.store.read([&](Connection& connection) { gap = storage::load_gap(connection, id); });
  return gap;
}

Response no_such_gap(const Request& request) {
  return http::problem(404, "not_found", "There is no such question.", "Reload the list.", request);
}

/// The entries that come nearest, for one tap.
nlohmann::ordered_json suggestions_for(const knowledge::Snapshot& snapshot, const std::string& text) {
  nlohmann::ordered_json suggestions = nlohmann::ordered_json::array();
  for (const nlu::Candidate& candidate : snapshot.understand(text).match.candidates) {
    const knowledge::PublishedEntry* entry = snapshot.find(snapshot.matcher().label(candidate.label));
    if (entry != nullptr) suggestions.push_back({{"entry", entry->entry.id}, {"title", entry->entry.title}});
    if (suggestions.size() == most_suggestions) break;
  }
  return suggestions;
}

awaitable<Response> list(Services& services, Request request, SignedIn) {
  const auto page = page_of(request);
  if (!page.ok()) co_return refuse(page.problem(), request);
  std::vector<storage::GapRecord> gaps;
  services.store.read(
      [&](Connection& connection) { gaps = storage::open_gaps(connection, page->first, {page->second}, page->limit); });
  const auto snapshot = services.knowledge.get();
  const ShapeContext context = shapes(services);
  nlohmann::ordered_json items = nlohmann::ordered_json::array();
  for (const storage::GapRecord& gap : gaps) {
    items.push_back({{"id", gap.id.text()},
                     {"text", gap.text},
                     {"count", gap.count},
                     {"first_at", context.time(gap.first_at)},
                     {"last_at", context.time(gap.last_at)},
                     {"suggestions", suggestions_for(*snapshot, gap.text)}});
  }
  nlohmann::ordered_json next;
  if (static_cast<std::int64_t>(gaps.size()) == page->limit) next = cursor_of(gaps.back().count, gaps.back().id.value);
  co_return http::json(200, {{"items", std::move(items)}, {"next", std::move(next)}});
}

/// Marks the question as done with and tells the other editors.
awaitable<void> settle(Services& services, GapId id, std::string state, std::string entry) {
  const UnixMillis now = services.clock.now();
  const storage::LiveEvent event{{services.ids.next(now)}, "gap", "", id.text()};
  auto step = [=](Connection& connection) {
    storage::settle_gap(connection, id, state, entry);
    storage::write_live_event(connection, event, now);
  };
  co_await storage::write(services.store.ledger(), {}, std::move(step));
  services.live.publish({event});
}

EditContext edit_context(Services& services, const escalation::City& city, const std::string& editor) {
  const UnixMillis now = services.clock.now();
  return {services.store,
          services.publisher,
          services.ids,
          city,
          editor,
          now,
          escalation::local_moment(now, city.time_zone).date};
}

/// The question becomes an example of an entry, live at once: the editor has just said what it means.
Result<Edited> teach(const EditContext& context, const std::string& entry_id, const std::string& text) {
  std::optional<storage::EntryRecord> record;
  context.store.read([&](Connection& connection) { record = storage::load_entry(connection, entry_id); });
  if (!record) return Problem{"not_found", "entry", "There is no entry `" + entry_id + "`.", "Choose another."};
  const bool was_published = record->published == record->revision;
  knowledge::Entry entry = record->entry;
  entry.examples.push_back(text);
  auto saved = save_entry(entry, record->revision, context);
  // A draft in the making is not published behind its editor's back.
  if (!saved.ok() || !was_published) return saved;
  return publish_entry(entry_id, context);
}

awaitable<Response> attach(Services& services, Request request, SignedIn signed_in) {
  const auto gap = gap_of(services, request);
  if (!gap) co_return no_such_gap(request);
  const auto body = json_object(request);
  if (!body.ok()) co_return refuse(body.problem(), request);
  const auto entry = required_text(*body, "entry", 100);
  if (!entry.ok()) co_return refuse(entry.problem(), request);
  const auto city = services.city.get();
  auto work = [&services, city, editor = signed_in.staff.name, entry = *entry, text = gap->text] {
    return teach(edit_context(services, *city, editor), entry, text);
  };
  const Result<Edited> taught = co_await offload(services.slow_work, std::move(work));
  if (!taught.ok()) co_return refuse(taught.problem(), request);
  services.live.publish(taught->live);
  co_await settle(services, gap->id, "attached", *entry);
  co_return entry_response(200, taught->record, {services.city.get()->time_zone, {}});
}

awaitable<Response> ignore(Services& services, Request request, SignedIn) {
  const auto gap = gap_of(services, request);
  if (!gap) co_return no_such_gap(request);
  co_await settle(services, gap->id, "ignored", "");
  co_return http::no_content();
}

/// An id made of the question's words: editors can see at once which draft it is.
std::string draft_id(const std::string& text, GapId id) {
  std::string made;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (c >= 'A' && c <= 'Z') {
      made += static_cast<char>(c - 'A' + 'a');
    } else if (letter) {
      made += c;
    } else if (!made.empty() && made.back() != '-') {
      made += '-';
    }
    if (made.size() >= longest_draft_id) break;
  }
  while (!made.empty() && made.back() == '-') made.pop_back();
  return (made.empty() ? "pertanyaan" : made) + "-" + std::to_string(id.value % 10'000);
}

awaitable<Response> draft(Services& services, Request request, SignedIn signed_in) {
  const auto gap = gap_of(services, request);
  if (!gap) co_return no_such_gap(request);
  const auto city = services.city.get();
  knowledge::Entry entry;
  entry.id = draft_id(gap->text, gap->id);
  entry.office = signed_in.staff.office.empty() ? city->offices.front().id : signed_in.staff.office;
  entry.title = gap->text.size() <= knowledge::max_title_bytes ? gap->text : "Pertanyaan baru";
  entry.examples = {gap->text};
  entry.answer["id"] = "(tulis jawabannya di sini)";
  auto work = [&services, city, editor = signed_in.staff.name, entry] {
    return create_entry(entry, edit_context(services, *city, editor));
  };
  const Result<Edited> created = co_await offload(services.slow_work, std::move(work));
  if (!created.ok()) co_return refuse(created.problem(), request);
  services.live.publish(created->live);
  co_await settle(services, gap->id, "drafted", entry.id);
  co_return entry_response(201, created->record, {city->time_zone, {}});
}

}  // namespace

std::vector<http::Route> gap_routes(Services& services) {
  using http::Method;
  const auto edit = [&services](auto handler) { return for_staff(services, Right::edit, handler); };
  return {
      {Method::get, "/api/v1/gaps", edit(list)},
      {Method::post, "/api/v1/gaps/{id}/attach", edit(attach)},
      {Method::post, "/api/v1/gaps/{id}/ignore", edit(ignore)},
      {Method::post, "/api/v1/gaps/{id}/draft", edit(draft)},
  };
}

}  // namespace sahut::server
