#include "server/api/channels_api.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "escalation/local_time.hpp"
#include "server/api/id_number.hpp"
#include "server/api/json_body.hpp"
#include "server/api/paging.hpp"
#include "server/api/session_guard.hpp"
#include "server/api/shapes.hpp"
#include "server/state/examine_channel.hpp"
#include "storage/ledger_await.hpp"
#include "storage/repositories/channel_months.hpp"
#include "storage/repositories/outbox.hpp"
#include "storage/repositories/records.hpp"
#include "values/masking.hpp"

namespace sahut::server {
namespace {

using boost::asio::awaitable;
using http::Request;
using http::Response;
using nlohmann::ordered_json;
using storage::Connection;

ordered_json text_or_null(const std::string& text) {
  return text.empty() ? ordered_json() : ordered_json(text);
}

/// The month's messages, and what they will be at its end if it goes on like this.
ordered_json month_json(Services& services, const NamedChannel& channel) {
  if (channel.free_messages == 0) return nullptr;
  const std::string today = escalation::local_moment(services.clock.now(), services.city.get()->time_zone).date;
  const std::string month = today.substr(0, 7);
  storage::ChannelMonth count;
  services.store.read(
      [&](Connection& connection) { count = storage::load_channel_month(connection, channel.name, month); });
  std::int64_t day = 1;
  std::from_chars(today.data() + 8, today.data() + 10, day);
  return {{"month", month},
          {"sent", count.sent},
          {"free", count.free},
          {"paid", count.paid},
          {"allowance", channel.free_messages},
          {"forecast", count.sent * escalation::days_in_month(today) / day}};
}

ordered_json shape_of(Services& services, const NamedChannel& channel,
                      const std::vector<storage::OutboxDepth>& depths) {
  const ShapeContext context = shapes(services);
  const ChannelSeen seen = services.channel_watch.seen(channel.name);
  const auto depth =
      std::find_if(depths.begin(), depths.end(), [&](const auto& one) { return one.channel == channel.name; });
  const storage::OutboxDepth load = depth == depths.end() ? storage::OutboxDepth{} : *depth;
  ordered_json last_error;
  if (seen.error_at.known()) last_error = {{"at", context.time(seen.error_at)}, {"text", seen.error}};
  const bool polled = channel.polled.has_value();
  return {
      {"name", channel.name},
      {"kind", channel.kind},
      {"profile", text_or_null(channel.profile)},
      {"mode", polled ? "polling" : "webhook"},
      {"webhook_path", polled ? ordered_json() : ordered_json("/webhooks/" + channel.name)},
      {"webhook_url",
       polled ? ordered_json() : text_or_null(webhook_url_of(services.public_url, channel.name, channel.path_secret))},
      {"state", seen.down                  ? "down"
                : seen.received_at.known() ? "ok"
                                           : "waiting"},
      {"detail", text_or_null(seen.detail)},
      {"cure",
       seen.down ? ordered_json("Periksa token dan akun kanal ini, lalu tekan “Periksa sekarang”.") : ordered_json()},
      {"last_received_at", context.time(seen.received_at)},
      {"last_sent_at", context.time(seen.sent_at)},
      {"last_error", std::move(last_error)},
      {"waiting", load.waiting},
      {"oldest_waiting_at", context.time(load.oldest)},
      {"dead", load.dead},
      {"link", text_or_null(channel.link)},
      {"month", month_json(services, channel)}};
}

ordered_json web_chat_shape(Services& services) {
  const ShapeContext context = shapes(services);
  const ChannelSeen seen = services.channel_watch.seen(services.channels.web_chat);
  return {{"name", services.channels.web_chat},
          {"kind", "webchat"},
          {"profile", nullptr},
          {"mode", "web"},
          {"webhook_path", nullptr},
          {"webhook_url", nullptr},
          {"state", "ok"},
          {"detail", nullptr},
          {"cure", nullptr},
          {"last_received_at", context.time(seen.received_at)},
          {"last_sent_at", nullptr},
          {"last_error", nullptr},
          {"waiting", 0},
          {"oldest_waiting_at", nullptr},
          {"dead", 0},
          {"link", services.public_url.empty() ? ordered_json() : ordered_json(services.public_url + "/chat")},
          {"month", nullptr}};
}

awaitable<Response> list_channels(Services& services, Request, SignedIn) {
  std::vector<storage::OutboxDepth> depths;
  services.store.read([&](Connection& connection) { depths = storage::outbox_depths(connection); });
  ordered_json items = ordered_json::array();
  for (const NamedChannel& channel : services.channels.all) items.push_back(shape_of(services, channel, depths));
  if (!services.channels.web_chat.empty()) items.push_back(web_chat_shape(services));
  co_return http::json(200, {{"items", std::move(items)}});
}

Response no_channel(const Request& request) {
  return http::problem(404, "not_found", "There is no such channel.", "Reload the list.", request);
}

Response no_letter(const Request& request) {
  return http::problem(404, "not_found", "This message no longer waits for a decision.", "Reload the list.", request);
}

awaitable<Response> dead(Services& services, Request request, SignedIn) {
  const NamedChannel* channel = services.channels.find(request.path_parameter("name"));
  if (channel == nullptr) co_return no_channel(request);
  const auto page = page_of(request);
  if (!page.ok()) co_return refuse(page.problem(), request);
  std::vector<storage::DeadLetter> letters;
  services.store.read([&](Connection& connection) {
    letters = storage::dead_letters(connection, channel->name, {page->second}, page->limit);
  });
  const ShapeContext context = shapes(services);
  ordered_json items = ordered_json::array();
  for (const storage::DeadLetter& letter : letters) {
    items.push_back({{"id", letter.id.text()},
                     {"at", context.time(letter.created_at)},
                     {"contact", {{"name", letter.contact_name}, {"address", mask_address(letter.contact_address)}}},
                     {"text", letter.text},
                     {"reason", letter.reason},
                     {"conversation", letter.conversation.text()}});
  }
  ordered_json next;
  if (static_cast<std::int64_t>(letters.size()) == page->limit) {
    next = cursor_of(letters.back().created_at.value, letters.back().id.value);
  }
  co_return http::json(200, {{"items", std::move(items)}, {"next", std::move(next)}});
}

awaitable<Response> check(Services& services, Request request, SignedIn) {
  const NamedChannel* channel = services.channels.find(request.path_parameter("name"));
  if (channel == nullptr) co_return no_channel(request);
  adapters::ExaminationContext context;
  context.webhook_url = webhook_url_of(services.public_url, channel->name, channel->path_secret);
  context.now = services.clock.now();
  context.last_received_at = services.channel_watch.seen(channel->name).received_at;
  const std::vector<adapters::Check> found = co_await examine_channel(*services.client, *channel, std::move(context));
  ordered_json checks = ordered_json::array();
  for (const adapters::Check& one : found) {
    checks.push_back({{"name", one.name},
                      {"status", adapters::name_of(one.status)},
                      {"what", one.what},
                      {"cure", text_or_null(one.cure)}});
  }
  co_return http::json(200, {{"checks", std::move(checks)}});
}

enum class Fate { resend, discard };

awaitable<Response> decide(Services& services, Request request, SignedIn signed_in, Fate fate) {
  const NamedChannel* channel = services.channels.find(request.path_parameter("name"));
  if (channel == nullptr) co_return no_channel(request);
  const OutboxId id{id_number(request.path_parameter("id"))};
  const UnixMillis now = services.clock.now();
  const std::int64_t audit_id = services.ids.next(now);
  auto step = [name = channel->name, id, now, audit_id, fate, actor = signed_in.staff.name](Connection& connection) {
    const bool done =
        fate == Fate::resend ? storage::revive(connection, name, id, now) : storage::discard(connection, name, id);
    if (done) {
      storage::write_audit(connection, audit_id, now,
                           {actor, fate == Fate::resend ? "resend" : "discard", "outbox " + id.text(), name});
    }
    return done;
  };
  const bool done = co_await storage::write(services.store.ledger(), {}, std::move(step));
  if (!done) co_return no_letter(request);
  if (fate == Fate::resend) services.wake_ups.wake(channel->name);
  co_return http::no_content();
}

}  // namespace

std::vector<http::Route> channel_routes(Services& services) {
  using http::Method;
  const auto edit = [&services](auto handler) { return for_staff(services, Right::edit, handler); };
  const auto fate = [&services](Fate one) {
    return with_right(services, Right::edit, [&services, one](Request request, SignedIn signed_in) {
      return decide(services, std::move(request), std::move(signed_in), one);
    });
  };
  return {{Method::get, "/api/v1/channels", edit(list_channels)},
          {Method::post, "/api/v1/channels/{name}/check", edit(check)},
          {Method::get, "/api/v1/channels/{name}/dead", edit(dead)},
          {Method::post, "/api/v1/channels/{name}/dead/{id}/resend", fate(Fate::resend)},
          {Method::post, "/api/v1/channels/{name}/dead/{id}/discard", fate(Fate::discard)}};
}

}  // namespace sahut::server
