#include "server/api/desk_media_api.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <system_error>
#include <utility>

#include "adapters/media_type.hpp"
#include "adapters/text_limits.hpp"
#include "server/api/id_number.hpp"
#include "server/api/json_body.hpp"
#include "server/api/media_response.hpp"
#include "server/api/session_guard.hpp"
#include "server/api/shapes.hpp"
#include "server/desk/desk_steps.hpp"
#include "server/media/media_store.hpp"
#include "server/observation/log.hpp"
#include "server/state/offload.hpp"
#include "storage/ledger_await.hpp"
#include "storage/repositories/contacts.hpp"
#include "storage/repositories/media.hpp"

namespace sahut::server {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using http::Request;
using http::Response;
using storage::Connection;

constexpr std::size_t most_upload_bytes = 10u << 20;
constexpr std::size_t longest_file_name = 200;
constexpr int typing_timeout_ms = 5'000;

Response no_such_conversation(const Request& request) {
  return http::problem(404, "not_found", "There is no such conversation in your office.", "Reload the list.", request);
}

/// The conversation a path names, if this officer may see it.
std::optional<storage::ConversationRecord> seen_by(Services& services, const Request& request,
                                                   const storage::StaffRecord& officer) {
  const ConversationId id{id_number(request.path_parameter("id"))};
  std::optional<storage::ConversationRecord> thread;
  services.store.read([&](Connection& connection) {
    if (storage::summary_of(connection, id, office_scope(officer))) thread = storage::load_conversation(connection, id);
  });
  return thread;
}

/// A name for people: no folders, no control characters, an ending that says what it really is.
std::string shown_name(std::string name, const adapters::MediaType& type) {
  if (const std::size_t slash = name.find_last_of("/\\"); slash != std::string::npos) name.erase(0, slash + 1);
  std::erase_if(name, [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; });
  name = std::string(adapters::cut_bytes(name, longest_file_name));
  const auto ends_as = [&](std::string_view ending) {
    return name.size() > ending.size() && std::equal(ending.rbegin(), ending.rend(), name.rbegin(), [](char a, char b) {
             return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b);
           });
  };
  if (name.empty()) return (type.show == adapters::MediaShow::image ? "foto" : "berkas") + std::string(type.ending);
  const bool jpeg = type.ending == ".jpg" && ends_as(".jpeg");
  return jpeg || ends_as(type.ending) ? name : name + std::string(type.ending);
}

awaitable<Response> upload(Services& services, Request request, SignedIn signed_in) {
  const auto thread = seen_by(services, request, signed_in.staff);
  if (!thread) co_return no_such_conversation(request);
  const adapters::MediaType& type = adapters::media_type_of(request.body);
  if (!type.sendable) {
    co_return http::problem(422, "unsupported_type", "Only pictures (JPEG, PNG) and PDF files can be sent.",
                            "Save it as one of these and attach it again.", request);
  }
  const auto size = static_cast<std::int64_t>(request.body.size());
  std::int64_t taken = 0;
  services.store.read([&](Connection& connection) { taken = storage::media_bytes(connection); });
  if (taken + size > services.media_rules.most_bytes) {
    co_return http::problem(507, "no_space", "The space for files is used up.",
                            "Ask whoever runs this server to raise media.most_megabytes.", request);
  }
  storage::MediaRecord kept;
  kept.state = "stored";
  kept.bytes = size;
  kept.mime_type = type.mime;
  kept.file_name = shown_name(request.parameter("name").value_or(""), type);
  auto put = [&services, bytes = std::move(request.body)] { return services.media.put(bytes); };
  std::string trouble;
  try {
    kept.sha256 = co_await offload(services.slow_work, std::move(put));
  } catch (const std::system_error& error) {
    trouble = error.what();
  }
  if (!trouble.empty()) {
    log(LogLevel::error, "an officer's file cannot be kept", {{"request", request.id}, {"why", trouble}});
    co_return http::problem(507, "no_space", "The file cannot be kept just now.",
                            "Ask whoever runs this server to look at its disk.", request);
  }
  const auto city = services.city.get();
  const UnixMillis now = services.clock.now();
  auto step = [&services, kept, signed_in, city, now, id = thread->id](Connection& connection) {
    const DeskContext context{services.ids, *city, services.sentences, signed_in.staff, services.channels.web_chat};
    return upload_step(connection, id, kept, now, context);
  };
  const Result<MediaId> id = co_await storage::write(services.store.ledger(), {}, std::move(step));
  if (!id.ok()) co_return refuse(id.problem(), request);
  kept.id = *id;
  co_return http::json(201, shape(kept, "/api/v1/conversations/" + thread->id.text() + "/media/" + id->text()));
}

awaitable<Response> show_media(Services& services, Request request, SignedIn signed_in) {
  const auto thread = seen_by(services, request, signed_in.staff);
  if (!thread) co_return no_such_conversation(request);
  const MediaId id{id_number(request.path_parameter("media"))};
  std::optional<storage::MediaRecord> media;
  services.store.read([&](Connection& connection) { media = storage::load_media(connection, id); });
  if (!media || media->conversation != thread->id) {
    co_return http::problem(404, "not_found", "There is no such file in this conversation.", "Reload the page.",
                            request);
  }
  co_return co_await media_response(services, std::move(*media), std::move(request));
}

/// Nobody waits for it and nothing hangs on it: it is sent now or not at all.
awaitable<void> show_typing(Services& services, adapters::HttpCall call) {
  call.timeout_ms = typing_timeout_ms;
  (void)co_await services.client->perform(std::move(call));
}

awaitable<Response> typing(Services& services, Request request, SignedIn signed_in) {
  const auto thread = seen_by(services, request, signed_in.staff);
  if (!thread) co_return no_such_conversation(request);
  const bool ours =
      thread->owner.state == escalation::ThreadState::waiting ||
      (thread->owner.state == escalation::ThreadState::claimed && thread->owner.agent == signed_in.staff.id);
  if (!ours || services.typing_signs.take(thread->id.text(), services.clock.now()) > 0) co_return http::no_content();
  if (thread->channel == services.channels.web_chat) {
    services.live.tell_chat(thread->contact, "typing", R"({"author":"agent","active":true})");
    co_return http::no_content();
  }
  const NamedChannel* channel = services.channels.find(thread->channel);
  if (channel == nullptr || channel->channel == nullptr) co_return http::no_content();
  std::optional<storage::ContactRecord> contact;
  std::string last;
  services.store.read([&](Connection& connection) {
    contact = storage::load_contact(connection, thread->contact);
    last = storage::last_inbound_id(connection, thread->id);
  });
  if (!contact || last.empty()) co_return http::no_content();
  auto call = channel->channel->typing(contact->address, last);
  if (call) {
    asio::co_spawn(co_await asio::this_coro::executor, show_typing(services, std::move(*call)), asio::detached);
  }
  co_return http::no_content();
}

}  // namespace

std::vector<http::Route> desk_media_routes(Services& services) {
  using http::Method;
  const auto desk = [&services](auto handler) { return for_staff(services, Right::desk, handler); };
  return {
      {Method::post, "/api/v1/conversations/{id}/media", desk(upload), most_upload_bytes},
      {Method::get, "/api/v1/conversations/{id}/media/{media}", desk(show_media)},
      {Method::post, "/api/v1/conversations/{id}/typing", desk(typing)},
  };
}

}  // namespace sahut::server
