#include "server/api/desk_api.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "escalation/working_time.hpp"
#include "server/api/id_number.hpp"
#include "server/api/json_body.hpp"
#include "server/api/paging.hpp"
#include "server/api/session_guard.hpp"
#include "server/api/shapes.hpp"
#include "server/desk/desk_steps.hpp"
#include "storage/ledger_await.hpp"

namespace sahut::server {
namespace {

using boost::asio::awaitable;
using http::Request;
using http::Response;
using storage::Connection;

constexpr std::int64_t most_messages = 500;
constexpr std::size_t longest_reply = 4096;
constexpr std::size_t longest_caption = 1024;  ///< what WhatsApp and Telegram take below a file
constexpr std::size_t longest_place_words = 400;
constexpr std::size_t longest_reason = 1000;
constexpr std::size_t longest_outcome = 80;
constexpr std::int64_t most_replayed_events = 1000;

ConversationId id_of(const Request& request) {
  return {id_number(request.path_parameter("id"))};
}

Response not_found(const Request& request) {
  return http::problem(404, "not_found", "There is no such conversation in your office.", "Reload the list.", request);
}

/// One conversation with its messages, or nothing if it is not this officer's office's.
std::optional<nlohmann::ordered_json> conversation_json(Services& services, ConversationId id,
                                                        const storage::StaffRecord& officer) {
  const ShapeContext context = shapes(services);
  std::optional<nlohmann::ordered_json> json;
  services.store.read([&](Connection& connection) {
    const auto summary = storage::summary_of(connection, id, office_scope(officer));
    if (!summary) return;
    json = shape(*summary, context);
    (*json)["messages"] = nlohmann::ordered_json::array();
    for (const auto& message : storage::messages_of(connection, summary->conversation.contact, id, most_messages)) {
      (*json)["messages"].push_back(shape(message, context));
    }
  });
  return json;
}

awaitable<Response> list_conversations(Services& services, Request request, SignedIn signed_in) {
  const auto page = page_of(request);
  if (!page.ok()) co_return refuse(page.problem(), request);
  storage::ListQuery query;
  query.office = office_scope(signed_in.staff);
  query.agent = signed_in.staff.id;
  query.search = request.parameter("search").value_or("");
  query.before = {page->first};
  query.before_id = {page->second};
  query.limit = page->limit;
  const std::string queue = request.parameter("queue").value_or("office");
  if (queue == "mine") {
    query.queue = storage::Queue::mine;
  } else if (queue == "unclaimed") {
    query.queue = storage::Queue::unclaimed;
  } else if (queue == "done") {
    query.queue = storage::Queue::done;
  } else if (queue != "office") {
    co_return refuse({"unknown_word", "queue", "`queue` is mine, office, unclaimed or done.", ""}, request);
  }
  std::vector<storage::ConversationSummary> found;
  services.store.read([&](Connection& connection) { found = storage::list_conversations(connection, query); });
  const ShapeContext context = shapes(services);
  nlohmann::ordered_json items = nlohmann::ordered_json::array();
  for (const auto& summary : found) items.push_back(shape(summary, context));
  nlohmann::ordered_json next;
  if (static_cast<std::int64_t>(found.size()) == query.limit) {
    next = cursor_of(storage::place_in_list(found.back().conversation).value, found.back().conversation.id.value);
  }
  co_return http::json(200, {{"items", std::move(items)}, {"next", std::move(next)}});
}

awaitable<Response> show_conversation(Services& services, Request request, SignedIn signed_in) {
  auto json = conversation_json(services, id_of(request), signed_in.staff);
  co_return json ? http::json(200, *json) : not_found(request);
}

void tell_others(Services& services, const DeskEffects& effects) {
  services.live.publish(effects.live);
  if (effects.contact_with_news) services.live.news_for(*effects.contact_with_news);
  if (!effects.outbox_channel.empty()) services.wake_ups.wake(effects.outbox_channel);
}

/// What differs between the officers' acts: a step, given everything it needs.
using Act = std::function<Result<DeskResult>(Connection&, ConversationId, UnixMillis, const DeskContext&)>;

/// Runs an act as a ledger step. A refusal is a value and rolls nothing back, because refusing acts write nothing.
awaitable<Result<DeskResult>> perform(Services& services, ConversationId id, SignedIn signed_in, Act act) {
  const auto city = services.city.get();
  const UnixMillis now = services.clock.now();
  auto step = [&services, id, signed_in, act, city, now](Connection& connection) {
    const DeskContext context{services.ids, *city, services.sentences, signed_in.staff, services.channels.web_chat};
    return act(connection, id, now, context);
  };
  Result<DeskResult> result = co_await storage::write(services.store.ledger(), {}, std::move(step));
  if (result.ok()) tell_others(services, result->effects);
  co_return result;
}

/// An act that answers with the conversation as it is afterwards.
awaitable<Response> change(Services& services, Request request, SignedIn signed_in, Act act) {
  const ConversationId id = id_of(request);
  const auto result = co_await perform(services, id, signed_in, std::move(act));
  if (!result.ok()) co_return refuse(result.problem(), request);
  auto json = conversation_json(services, id, signed_in.staff);
  if (!json) {
    // Transferred out of this officer's office: what it became is theirs to know, what follows is not.
    json =
        nlohmann::ordered_json{{"id", id.text()}, {"state", "waiting"}, {"messages", nlohmann::ordered_json::array()}};
    services.store.read([&](Connection& connection) {
      if (const auto summary = storage::summary_of(connection, id, "")) {
        json = shape(*summary, shapes(services));
        (*json)["last"] = nullptr;
        (*json)["messages"] = nlohmann::ordered_json::array();
      }
    });
  }
  co_return http::json(200, *json);
}

/// An act that answers with the message it wrote.
awaitable<Response> speak(Services& services, Request request, SignedIn signed_in, Act act) {
  const auto result = co_await perform(services, id_of(request), signed_in, std::move(act));
  if (!result.ok()) co_return refuse(result.problem(), request);
  nlohmann::ordered_json json;
  services.store.read([&](Connection& connection) {
    if (const auto message = storage::load_message(connection, *result->message))
      json = shape(*message, shapes(services));
  });
  co_return http::json(201, json);
}

/// A point that an officer sends: numbers on the globe, words only for showing.
Result<conversation::Position> place_of(const nlohmann::json& place) {
  if (!place.is_object()) return Problem{"wrong_type", "place", "An object is expected here.", ""};
  // Read as any other attachment is, so that there is one rule of what a place is.
  auto position = conversation::position_of(place.dump());
  if (!position) {
    return Problem{"out_of_range", "place", "`latitude` and `longitude` are degrees: numbers up to 90 and 180.", ""};
  }
  for (const auto& [name, words] : {std::pair{"place.name", &position->name}, {"place.address", &position->address}}) {
    if (words->size() > longest_place_words) {
      return Problem{"too_long", name, "At most " + std::to_string(longest_place_words) + " bytes.", ""};
    }
  }
  return std::move(*position);
}

Result<Words> words_of(const Request& request) {
  const auto body = json_object(request);
  if (!body.ok()) return body.problem();
  Words words;
  const auto media = optional_text(*body, "media", 20);
  if (!media.ok()) return media.problem();
  if (!media->empty()) words.file = {id_number(*media)};
  if (const auto place = body->find("place"); place != body->end() && !place->is_null()) {
    auto position = place_of(*place);
    if (!position.ok()) return position.problem();
    words.place = std::move(position).value();
  }
  const bool bare = !media->empty() || words.place;
  auto text = bare ? optional_text(*body, "text", longest_caption) : required_text(*body, "text", longest_reply);
  if (!text.ok()) return text.problem();
  if (words.place && (!text->empty() || !media->empty())) {
    return Problem{"not_together", "place", "A place travels alone.", "Send the words as a reply of their own."};
  }
  words.text = std::move(text).value();
  auto client_id = optional_text(*body, "client_id", 64);
  if (!client_id.ok()) return client_id.problem();
  words.client_id = std::move(client_id).value();
  const auto park = body->find("park");
  if (park != body->end() && !park->is_boolean() && !park->is_null()) {
    return Problem{"wrong_type", "park", "true or false is expected here.", ""};
  }
  words.park = park != body->end() && *park == true;
  return words;
}

awaitable<Response> reply(Services& services, Request request, SignedIn signed_in) {
  const auto words = words_of(request);
  if (!words.ok()) co_return refuse(words.problem(), request);
  Act act = [words = *words, &services](Connection& connection, ConversationId id, UnixMillis now,
                                        const DeskContext& desk) -> Result<DeskResult> {
    const auto thread = storage::load_conversation(connection, id);
    const NamedChannel* channel = thread ? services.channels.find(thread->channel) : nullptr;
    ChannelRules rules;
    if (channel != nullptr) {
      rules = {.has_window = channel->kind == "whatsapp", .has_ready_notice = channel->channel->has_ready_notice()};
    }
    return reply_step(connection, id, words, rules, now, desk);
  };
  services.typing_signs.forget(id_of(request).text());  // whoever writes on after this is writing anew
  co_return co_await speak(services, std::move(request), std::move(signed_in), std::move(act));
}

awaitable<Response> note(Services& services, Request request, SignedIn signed_in) {
  const auto words = words_of(request);
  if (!words.ok()) co_return refuse(words.problem(), request);
  if (!words->file.none() || words->place) {
    co_return refuse({"not_together", "text", "A note holds words only.", ""}, request);
  }
  Act act = [words = *words](Connection& connection, ConversationId id, UnixMillis now, const DeskContext& desk) {
    return note_step(connection, id, words, now, desk);
  };
  co_return co_await speak(services, std::move(request), std::move(signed_in), std::move(act));
}

awaitable<Response> transfer(Services& services, Request request, SignedIn signed_in) {
  const auto body = json_object(request);
  if (!body.ok()) co_return refuse(body.problem(), request);
  const auto office = required_text(*body, "office", 200);
  if (!office.ok()) co_return refuse(office.problem(), request);
  const auto reason = required_text(*body, "reason", longest_reason);
  if (!reason.ok()) co_return refuse(reason.problem(), request);
  Act act = [order = TransferOrder{*office, *reason}](Connection& connection, ConversationId id, UnixMillis now,
                                                      const DeskContext& desk) {
    return transfer_step(connection, id, order, now, desk);
  };
  co_return co_await change(services, std::move(request), std::move(signed_in), std::move(act));
}

awaitable<Response> resolve(Services& services, Request request, SignedIn signed_in) {
  const auto body = json_object(request);
  if (!body.ok()) co_return refuse(body.problem(), request);
  const auto outcome = required_text(*body, "outcome", longest_outcome);
  if (!outcome.ok()) co_return refuse(outcome.problem(), request);
  Act act = [outcome = *outcome](Connection& connection, ConversationId id, UnixMillis now, const DeskContext& desk) {
    return resolve_step(connection, id, outcome, now, desk);
  };
  co_return co_await change(services, std::move(request), std::move(signed_in), std::move(act));
}

awaitable<Response> offices(Services& services) {
  const auto city = services.city.get();
  std::vector<std::pair<std::string, std::int64_t>> waiting;
  services.store.read([&](Connection& connection) { waiting = storage::waiting_by_office(connection); });
  const UnixMillis now = services.clock.now();
  nlohmann::ordered_json items = nlohmann::ordered_json::array();
  for (const escalation::Office& office : city->offices) {
    const auto count =
        std::find_if(waiting.begin(), waiting.end(), [&](const auto& row) { return row.first == office.id; });
    items.push_back(
        {{"id", office.id},
         {"name", office.name},
         {"parent", office.parent.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(office.parent)},
         {"open_now", escalation::is_open(*city, office, now)},
         {"waiting", count == waiting.end() ? 0 : count->second}});
  }
  co_return http::json(200, {{"items", std::move(items)}});
}

/// The live events of signed-in pages: what was missed since Last-Event-ID first, then what comes.
awaitable<Response> events(Services& services, Request request, SignedIn signed_in) {
  const std::string office = office_scope(signed_in.staff);
  std::int64_t after = 0;
  if (const auto last = request.header("Last-Event-ID")) {
    std::from_chars(last->data(), last->data() + last->size(), after);
  }
  co_return http::events([&services, office, after](std::shared_ptr<http::EventStream> stream) {
    // Listening starts before reading, so that nothing falls between; a page shows an event twice harmlessly.
    services.live.add_page(stream, office);
    if (after == 0) return;
    services.store.read([&](Connection& connection) {
      if (!storage::live_events_reach_back_to(connection, {after})) {
        (void)stream->send("", "reset", "{}");  // too long away: the page reads everything anew
        return;
      }
      for (const storage::LiveEvent& event : storage::live_events_after(connection, {after}, most_replayed_events)) {
        if (event.office.empty() || office.empty() || event.office == office) {
          (void)stream->send(event.id.text(), event.kind, event_data(event));
        }
      }
    });
  });
}

}  // namespace

std::vector<http::Route> desk_routes(Services& services) {
  using http::Method;
  const auto desk = [&services](auto handler) { return for_staff(services, Right::desk, handler); };
  const auto act = [&services](Act step) {
    return with_right(services, Right::desk, [&services, step](Request request, SignedIn signed_in) {
      return change(services, std::move(request), std::move(signed_in), step);
    });
  };
  return {
      {Method::get, "/api/v1/conversations", desk(list_conversations)},
      {Method::get, "/api/v1/conversations/{id}", desk(show_conversation)},
      {Method::post, "/api/v1/conversations/{id}/claim", act(claim_step)},
      {Method::post, "/api/v1/conversations/{id}/reply", desk(reply)},
      {Method::post, "/api/v1/conversations/{id}/note", desk(note)},
      {Method::post, "/api/v1/conversations/{id}/transfer", desk(transfer)},
      {Method::post, "/api/v1/conversations/{id}/release", act(release_step)},
      {Method::post, "/api/v1/conversations/{id}/resolve", desk(resolve)},
      {Method::get, "/api/v1/offices",
       with_right(services, Right::any_staff, [&services](Request, SignedIn) { return offices(services); })},
      {Method::get, "/api/v1/events",
       with_right(services, Right::any_staff,
                  [&services](Request request, SignedIn signed_in) {
                    return events(services, std::move(request), std::move(signed_in));
                  })},
  };
}

}  // namespace sahut::server
