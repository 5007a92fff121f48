#include "server/api/routes.hpp"

#include <iterator>
#include <utility>

#include "server/api/channels_api.hpp"
#include "server/api/chat_api.hpp"
#include "server/api/desk_api.hpp"
#include "server/api/desk_media_api.hpp"
#include "server/api/knowledge_api.hpp"
#include "server/api/page_routes.hpp"
#include "server/api/public_api.hpp"
#include "server/api/session_api.hpp"
#include "server/api/webhook_api.hpp"

namespace sahut::server {

std::vector<http::Route> all_routes(Services& services, std::shared_ptr<const http::StaticFiles> files,
                                    bool with_metrics) {
  std::vector<http::Route> routes;
  const auto add = [&](std::vector<http::Route> more) {
    std::move(more.begin(), more.end(), std::back_inserter(routes));
  };
  add(webhook_routes(services));
  add(chat_routes(services));
  add(channel_routes(services));
  add(session_routes(services));
  add(desk_routes(services));
  add(desk_media_routes(services));
  add(entry_routes(services));
  add(gap_routes(services));
  add(word_routes(services));
  add(public_routes(services));
  if (with_metrics) routes.push_back(metrics_route(services));
  add(page_routes(std::move(files)));
  return routes;
}

std::vector<http::Route> metrics_routes(Services& services) {
  return {metrics_route(services)};
}

}  // namespace sahut::server
