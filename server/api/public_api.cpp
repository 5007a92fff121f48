#include "server/api/public_api.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "escalation/local_time.hpp"
#include "server/api/poster.hpp"
#include "storage/ledger_await.hpp"
#include "storage/repositories/outbox.hpp"
#include "storage/repositories/records.hpp"

namespace sahut::server {
namespace {

using boost::asio::awaitable;
using http::Request;
using http::Response;
using storage::Connection;

constexpr int insight_days = 30;
constexpr std::int64_t smallest_shown = 5;  ///< counts below are null: a small number could point to a person
constexpr std::size_t top_entries = 10;
constexpr std::int64_t outbox_limit = 50'000;

nlohmann::ordered_json shown(std::int64_t count) {
  return count > 0 && count < smallest_shown ? nlohmann::ordered_json() : nlohmann::ordered_json(count);
}

/// Counts of one stretch of time, by how the turns ended.
struct Tally {
  std::int64_t answered = 0;
  std::int64_t clarified = 0;
  std::int64_t fallback = 0;
  std::int64_t handoff = 0;
  std::int64_t other = 0;

  void add(const storage::TurnCount& row) {
    if (row.action == "answer")
      answered += row.count;
    else if (row.action == "clarify")
      clarified += row.count;
    else if (row.action == "fallback")
      fallback += row.count;
    else if (row.action == "handoff")
      handoff += row.count;
    else
      other += row.count;
  }
  [[nodiscard]] nlohmann::ordered_json json() const {
    return {{"messages", shown(answered + clarified + fallback + handoff + other)},
            {"answered", shown(answered)},
            {"clarified", shown(clarified)},
            {"fallback", shown(fallback)},
            {"handoff", shown(handoff)}};
  }
};

awaitable<Response> insight(Services& services) {
  const auto city = services.city.get();
  const UnixMillis now = services.clock.now();
  const std::string today = escalation::local_moment(now, city->time_zone).date;
  const std::string from = escalation::date_plus(today, 1 - insight_days);
  std::vector<storage::TurnCount> rows;
  std::vector<std::int64_t> minutes;
  std::int64_t open_cases = 0;
  services.store.read([&](Connection& connection) {
    rows = storage::turn_counts_since(connection, from);
    minutes = storage::first_response_minutes(connection, escalation::moment_at(from, 0, city->time_zone));
    open_cases = storage::count_open_cases(connection);
  });
  Tally all;
  std::map<std::string, Tally> by_day;
  std::map<std::string, std::int64_t> by_entry;
  for (int day = 0; day < insight_days; ++day) by_day[escalation::date_plus(from, day)];
  for (const storage::TurnCount& row : rows) {
    all.add(row);
    by_day[row.day].add(row);
    if (row.action == "answer" && !row.entry.empty()) by_entry[row.entry] += row.count;
  }
  nlohmann::ordered_json json;
  json["as_of"] = escalation::rfc3339(now, city->time_zone);
  json["from"] = from;
  json["to"] = today;
  json["totals"] = all.json();
  json["totals"]["open_cases"] = shown(open_cases);
  json["days"] = nlohmann::ordered_json::array();
  for (const auto& [day, tally] : by_day) {
    nlohmann::ordered_json row = {{"date", day}};
    row.update(tally.json());
    json["days"].push_back(std::move(row));
  }
  std::vector<std::pair<std::string, std::int64_t>> top(by_entry.begin(), by_entry.end());
  std::sort(top.begin(), top.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  json["top_entries"] = nlohmann::ordered_json::array();
  const auto snapshot = services.knowledge.get();
  for (const auto& [id, count] : top) {
    const knowledge::PublishedEntry* entry = snapshot->find(id);
    if (count < smallest_shown || json["top_entries"].size() == top_entries) break;
    if (entry != nullptr)
      json["top_entries"].push_back({{"entry", id}, {"title", entry->entry.title}, {"count", count}});
  }
  const bool enough = static_cast<std::int64_t>(minutes.size()) >= smallest_shown;
  json["first_response_median_minutes"] =
      enough ? nlohmann::ordered_json(minutes[minutes.size() / 2]) : nlohmann::ordered_json();
  co_return http::json(200, json);
}

awaitable<Response> readiness(Services& services) {
  // A real write, so that a full or read-only disk is seen before a resident's message is lost.
  bool writable = true;
  const UnixMillis now = services.clock.now();
  try {
    co_await storage::write(services.store.ledger(), {}, [now](Connection& connection) {
      storage::save_setting(connection, "last_readiness_check", std::to_string(now.value));
    });
  } catch (const storage::Error&) {
    writable = false;
  }
  std::int64_t waiting = 0;
  services.store.read([&](Connection& connection) {
    for (const storage::OutboxDepth& depth : storage::outbox_depths(connection)) waiting += depth.waiting;
  });
  const bool outbox = waiting < outbox_limit;
  const bool ready = writable && outbox;
  co_return http::json(
      ready ? 200 : 503,
      {{"ready", ready},
       {"checks", {{"store_writable", writable}, {"migrated", true}, {"outbox_below_limit", outbox}}}});
}

/// Where a resident who scans the code lands: the channel, with the office already said.
std::string poster_link(const Services& services, const std::string& channel_name, const escalation::Office& office) {
  const NamedChannel* channel = services.channels.find(channel_name);
  if (channel == nullptr || channel->link.empty()) {
    return services.public_url.empty() ? std::string() : services.public_url + "/chat";
  }
  return channel->kind == "telegram" ? channel->link + "?start=" + office.id : channel->link;
}

awaitable<Response> poster(Services& services, Request request) {
  const auto city = services.city.get();
  const escalation::Office* office = city->find(request.path_parameter("id"));
  if (office == nullptr) co_return http::problem(404, "not_found", "There is no such office.", "", request);
  const std::string channel_name = request.parameter("channel").value_or("");
  const NamedChannel* channel = services.channels.find(channel_name);
  if (channel == nullptr && !channel_name.empty() && channel_name != services.channels.web_chat) {
    co_return http::problem(404, "not_found", "There is no such channel.", "", request);
  }
  PosterWords words;
  words.city = city->name;
  words.office = office->name;
  words.channel = channel == nullptr ? "halaman kota" : channel->kind == "telegram" ? "Telegram" : "WhatsApp";
  words.link = poster_link(services, channel_name, *office);
  if (words.link.empty()) {
    co_return http::problem(409, "no_link", "Nobody has said yet where residents open this channel.",
                            "Set `link` of the channel, or server.public_url for the web chat.", request);
  }
  auto sheet = poster_svg(words);
  if (!sheet.ok()) co_return http::problem(422, sheet.problem(), request);
  Response response = http::text(200, std::move(sheet).value());
  response.set_header("Content-Type", "image/svg+xml; charset=utf-8");
  response.set_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
  co_return response;
}

awaitable<Response> metrics(Services& services) {
  const UnixMillis now = services.clock.now();
  // A channel whose rows have all left has none to count, and shows it.
  for (const NamedChannel& channel : services.channels.all) services.metrics.outbox_depth(channel.name, 0, 0, 0);
  services.store.read([&](Connection& connection) {
    for (const storage::OutboxDepth& depth : storage::outbox_depths(connection)) {
      const double age = depth.oldest.known() ? static_cast<double>(now.ms_since(depth.oldest)) / 1000 : 0;
      services.metrics.outbox_depth(depth.channel, static_cast<double>(depth.waiting), static_cast<double>(depth.dead),
                                    age);
    }
  });
  services.metrics.event_streams(static_cast<double>(services.live.open_streams()));
  Response response = http::text(200, services.metrics.text());
  co_return response;
}

}  // namespace

http::Route metrics_route(Services& services) {
  return {http::Method::get, "/metrics", [&services](Request) { return metrics(services); }};
}

std::vector<http::Route> public_routes(Services& services) {
  using http::Method;
  return {
      {Method::get, "/healthz",
       [](Request) -> awaitable<Response> {
         co_return http::json(200, {{"status", "ok"}});
       }},
      {Method::get, "/readyz", [&services](Request) { return readiness(services); }},
      {Method::get, "/api/v1/offices/{id}/poster.svg",
       [&services](Request request) { return poster(services, std::move(request)); }},
      {Method::get, "/api/v1/insight", [&services](Request) { return insight(services); }},
  };
}

}  // namespace sahut::server
