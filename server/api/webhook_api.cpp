#include "server/api/webhook_api.hpp"

#include <utility>

#include "server/observation/log.hpp"
#include "server/state/take_in.hpp"

namespace sahut::server {
namespace {

using boost::asio::awaitable;
using http::Request;
using http::Response;

/// Events of one contact share a lane; a batch of several goes through lane 0, where order holds for all.
std::int64_t lane_of(const std::vector<conversation::InboundEvent>& events) {
  if (events.size() != 1) return 0;
  const auto* message = std::get_if<conversation::InboundMessage>(&events.front());
  if (message == nullptr) return 0;
  return static_cast<std::int64_t>(std::hash<std::string>{}(message->contact) >> 1u);
}

Response refusal(const adapters::WebhookVerdict& verdict, const Request& request) {
  const std::string code = verdict.reason.empty() ? "refused" : verdict.reason;
  if (verdict.status == 405) {
    Response response = http::problem(405, code, "This channel only delivers here; there is nothing to read.",
                                      "Enter this address in the channel as its webhook.", request);
    response.headers.emplace_back("Allow", "POST");
    return response;
  }
  if (!verdict.body.empty()) return http::problem(verdict.status, code, verdict.body, "", request);
  return http::problem(
      verdict.status, code, verdict.status == 401 ? "This webhook is not authentic." : "This webhook cannot be read.",
      verdict.status == 401 ? "Compare the channel's secret on both sides." : "Send the JSON the channel describes.",
      request);
}

awaitable<Response> knock(Services& services, Request request) {
  const NamedChannel* found = services.channels.find(request.path_parameter("name"));
  if (found == nullptr || found->channel == nullptr) {
    co_return http::problem(404, "no_channel", "No channel of this name is configured here.",
                            "Compare the path with the [channels.NAME] of the configuration.", request);
  }
  adapters::WebhookRequest webhook;
  webhook.method = request.method == http::Method::get ? "GET" : "POST";
  webhook.path_secret = request.has_path_parameter("secret") ? request.path_parameter("secret") : "";
  for (const auto& [name, value] : request.query) webhook.query.emplace(name, value);
  webhook.headers = request.headers;
  webhook.body = request.body;
  adapters::WebhookVerdict verdict = found->channel->receive(webhook, services.clock.now());
  if (verdict.status != 200) {
    services.metrics.webhook_refused(found->name, verdict.reason);
    log(LogLevel::warning, "a webhook was refused",
        {{"channel", found->name}, {"reason", verdict.reason}, {"request", request.id}});
    co_return refusal(verdict, request);
  }
  const std::int64_t lane = lane_of(verdict.events);
  // A named value: g++ 12 destroys a braced temporary inside a co_await expression twice.
  InboundChannel channel{.name = found->name};
  co_await take_in(services, std::move(channel), std::move(verdict.events), lane);
  co_return http::text(200, verdict.body);
}

}  // namespace

std::vector<http::Route> webhook_routes(Services& services) {
  using http::Method;
  const auto route = [&services](Method method, std::string_view pattern) {
    return http::Route{.method = method,
                       .pattern = pattern,
                       .handler = [&services](Request request) { return knock(services, std::move(request)); },
                       .max_body = webhook_body_bytes};
  };
  return {route(Method::get, "/webhooks/{name}"), route(Method::post, "/webhooks/{name}"),
          route(Method::post, "/webhooks/{name}/{secret}")};
}

}  // namespace sahut::server
