#include "server/api/chat_api.hpp"

#include <charconv>
#include <utility>

#include "server/api/id_number.hpp"
#include "server/api/json_body.hpp"
#include "server/api/media_response.hpp"
#include "server/api/other_sites.hpp"
#include "server/api/shapes.hpp"
#include "server/inbound/inbound_step.hpp"
#include "server/sessions/tokens.hpp"
#include "server/state/take_in.hpp"
#include "storage/repositories/contacts.hpp"

namespace sahut::server {
namespace {

using boost::asio::awaitable;
using http::Request;
using http::Response;
using storage::Connection;

constexpr std::size_t longest_text = 4096;
constexpr std::size_t longest_token = 128;
constexpr std::int64_t most_replayed_messages = 500;

/// The part of a session's hash that stands before its messages' ids: two sessions never share one.
constexpr std::size_t id_prefix_length = 24;

Response no_session(const Request& request) {
  return http::problem(404, "no_session", "This chat session is not known here.", "Start a new one.", request);
}

Response too_fast(const Request& request, std::int64_t wait_ms) {
  Response response =
      http::problem(429, "too_many", "Too many messages at once.", "Wait a moment and send it again.", request);
  response.headers.emplace_back("Retry-After", std::to_string((wait_ms + 999) / 1000));
  return response;
}

std::optional<storage::ContactRecord> contact_of(Services& services, std::string_view session) {
  if (session.empty() || session.size() > longest_token) return std::nullopt;
  std::optional<storage::ContactRecord> contact;
  services.store.read([&](Connection& connection) {
    contact = storage::find_contact(connection, services.channels.web_chat, token_hash(session));
  });
  return contact;
}

awaitable<Response> start(Services& services, Request request) {
  const UnixMillis now = services.clock.now();
  if (const auto wait = services.chat_by_address.take(request.peer_address, now); wait > 0) {
    co_return too_fast(request, wait);
  }
  const std::string session = random_token();
  auto step = [&services, address = token_hash(session), now](Connection& connection) {
    const std::vector<std::string> no_aliases;
    (void)storage::find_or_create_contact(
        connection, {.channel = services.channels.web_chat, .address = address, .aliases = no_aliases, .name = ""},
        {services.ids.next(now)}, now);
  };
  co_await storage::write(services.store.ledger(), {}, std::move(step));
  co_return http::json(201, {{"session", session}});
}

/// The message a page sends, as an event of the web channel.
Result<conversation::InboundMessage> event_of(const nlohmann::json& body, const storage::ContactRecord& contact,
                                              Services& services, UnixMillis now) {
  auto text = optional_text(body, "text", longest_text);
  if (!text.ok()) return text.problem();
  auto choice = optional_text(body, "choice", 256);
  if (!choice.ok()) return choice.problem();
  auto client_id = optional_text(body, "client_id", 64);
  if (!client_id.ok()) return client_id.problem();
  if (text->find_first_not_of(" \t\r\n") == std::string::npos && choice->empty()) {
    return Problem{"missing", "text", "Neither `text` nor `choice` says anything.", "Send one of them."};
  }
  conversation::InboundMessage message;
  const std::string own_id = client_id->empty() ? std::to_string(services.ids.next(now)) : *client_id;
  message.external_id = contact.address.substr(0, id_prefix_length) + ":" + own_id;
  message.contact = contact.address;
  message.sent_at = now;
  message.text = std::move(text).value();
  if (!choice->empty()) {
    message.kind = conversation::MessageKind::choice;
    message.choice = std::move(choice).value();
  }
  return message;
}

awaitable<Response> send(Services& services, Request request) {
  const auto body = json_object(request);
  if (!body.ok()) co_return refuse(body.problem(), request);
  const auto session = required_text(*body, "session", longest_token);
  if (!session.ok()) co_return refuse(session.problem(), request);
  const auto contact = contact_of(services, *session);
  if (!contact) co_return no_session(request);
  const UnixMillis now = services.clock.now();
  if (const auto wait = services.chat_by_session.take(contact->address, now); wait > 0)
    co_return too_fast(request, wait);
  auto message = event_of(*body, *contact, services, now);
  if (!message.ok()) co_return refuse(message.problem(), request);
  const std::string external_id = message->external_id;
  if (message->kind == conversation::MessageKind::choice && message->text.empty()) {
    message->text = title_of_choice(services, *contact, message->choice);
  }
  std::vector<conversation::InboundEvent> events = {std::move(message).value()};
  // A named value: g++ 12 destroys a braced temporary inside a co_await expression twice.
  InboundChannel channel{.name = services.channels.web_chat, .local = true};
  co_await take_in(services, std::move(channel), std::move(events), contact->id.value);
  std::string id;
  services.store.read([&](Connection& connection) {
    connection.query("SELECT id FROM message WHERE channel = $1 AND external_id = $2",
                     {services.channels.web_chat, external_id},
                     [&](const storage::Row& row) { id = std::to_string(row.integer(0)); });
  });
  co_return http::json(202, {{"id", id}});
}

/// Brings one page up to date from the store; what it saw last is remembered here.
class ChatPump {
 public:
  ChatPump(Services& services, std::shared_ptr<http::EventStream> stream, const storage::ContactRecord& contact,
           MessageId seen)
      : services_(services), stream_(std::move(stream)), contact_(contact), seen_(seen) {}

  void operator()() {
    services_.store.read([&](Connection& connection) {
      auto city = services_.city.get();
      const ShapeContext context{.time_zone = city->time_zone, .has_window = {}, .city = city};
      for (const auto& message : storage::messages_after(connection, contact_.id, seen_, most_replayed_messages)) {
        nlohmann::ordered_json json = public_shape(message, context);
        json["client_id"] = client_id_of(message);
        (void)stream_->send(message.id.text(), "message",
                            json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
        seen_ = message.id;
      }
      send_state(connection);
    });
  }

 private:
  [[nodiscard]] nlohmann::json client_id_of(const storage::MessageRecord& message) const {
    const std::string prefix = contact_.address.substr(0, id_prefix_length) + ":";
    if (message.author != "resident" || !message.external_id.starts_with(prefix)) return nullptr;
    return message.external_id.substr(prefix.size());
  }

  void send_state(Connection& connection) {
    nlohmann::ordered_json state = {{"state", "bot"}, {"case", nullptr}, {"office", nullptr}, {"agent", nullptr}};
    if (const auto thread = storage::open_conversation(connection, contact_.id)) {
      const auto summary = storage::summary_of(connection, thread->id, "");
      if (summary) {
        state["state"] = escalation::name_of(thread->owner.state);
        state["case"] = summary->case_number;
        const auto city = services_.city.get();
        const escalation::Office* office = city->find(thread->owner.office);
        if (office != nullptr) state["office"] = office->name;
        if (!summary->agent_name.empty()) state["agent"] = summary->agent_name;
      }
    }
    std::string text = state.dump();
    if (text == last_state_) return;
    (void)stream_->send("", "state", text);
    last_state_ = std::move(text);
  }

  Services& services_;
  std::shared_ptr<http::EventStream> stream_;
  storage::ContactRecord contact_;
  MessageId seen_;
  std::string last_state_;
};

awaitable<Response> listen(Services& services, Request request) {
  const auto contact = contact_of(services, request.parameter("session").value_or(""));
  if (!contact) co_return no_session(request);
  std::int64_t seen = 0;
  std::string last(request.header("Last-Event-ID").value_or(""));
  if (last.empty()) last = request.parameter("after").value_or("");
  std::from_chars(last.data(), last.data() + last.size(), seen);
  co_return http::events([&services, contact = *contact, seen](std::shared_ptr<http::EventStream> stream) {
    const auto pump = std::make_shared<ChatPump>(services, stream, contact, MessageId{seen});
    services.live.add_chat(stream, contact.id, [pump] { (*pump)(); });
    services.live.news_for(contact.id);
  });
}

/// Only what this session may see: files of messages to it.
awaitable<Response> media(Services& services, Request request) {
  const auto contact = contact_of(services, request.parameter("session").value_or(""));
  if (!contact) co_return no_session(request);
  const MediaId id{id_number(request.path_parameter("media"))};
  std::optional<storage::MediaRecord> found;
  services.store.read([&](Connection& connection) { found = storage::load_media(connection, id); });
  if (!found || found->contact != contact->id || found->message.none()) {
    co_return http::problem(404, "not_found", "There is no such file in this chat.", "", request);
  }
  co_return co_await media_response(services, std::move(*found), std::move(request));
}

}  // namespace

std::vector<http::Route> chat_routes(Services& services) {
  using http::Method;
  if (services.channels.web_chat.empty()) return {};
  const OtherSites sites(services.channels.web_chat_origins);
  std::vector<http::Route> routes = {
      {Method::post, "/api/v1/chat/sessions",
       sites.admit([&services](Request request) { return start(services, std::move(request)); })},
      {Method::post, "/api/v1/chat/messages",
       sites.admit([&services](Request request) { return send(services, std::move(request)); })},
      {Method::get, "/api/v1/chat/events",
       sites.admit([&services](Request request) { return listen(services, std::move(request)); })},
      {Method::get, "/api/v1/chat/media/{media}",
       sites.admit([&services](Request request) { return media(services, std::move(request)); })},
  };
  for (http::Route& preflight : sites.preflights(routes)) routes.push_back(std::move(preflight));
  return routes;
}

}  // namespace sahut::server
