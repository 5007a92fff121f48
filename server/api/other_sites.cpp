#include "server/api/other_sites.hpp"

#include <algorithm>
#include <utility>

namespace sahut::server {
namespace {

using http::Request;
using http::Response;

/// The site whose page makes this request, if it is not ours.
std::string other_origin(const Request& request) {
  const std::string origin(request.header("Origin").value_or(""));
  const auto scheme_end = origin.find("://");
  if (scheme_end == std::string::npos) return {};
  return origin.substr(scheme_end + 3) == request.header("Host").value_or("") ? std::string() : origin;
}

void permit(Response& response, const std::string& origin) {
  response.set_header("Access-Control-Allow-Origin", origin);
  response.set_header("Vary", "Origin");
}

}  // namespace

bool OtherSites::admits(std::string_view origin) const {
  return std::any_of(origins_.begin(), origins_.end(),
                     [&](const std::string& one) { return one == "*" || one == origin; });
}

http::Handler OtherSites::admit(http::Handler handler) const {
  return [sites = *this, handler = std::move(handler)](Request request) -> boost::asio::awaitable<Response> {
    const std::string origin = other_origin(request);
    if (!origin.empty() && !sites.admits(origin)) {
      co_return http::problem(403, "origin_not_allowed", "Pages of " + origin + " may not hold this chat.",
                              "Add the site to allowed_origins of the web chat.", request);
    }
    Response response = co_await handler(std::move(request));
    if (!origin.empty()) permit(response, origin);
    co_return response;
  };
}

std::vector<http::Route> OtherSites::preflights(const std::vector<http::Route>& routes) const {
  std::vector<http::Route> answers;
  if (origins_.empty()) return answers;
  for (const http::Route& route : routes) {
    http::Handler answer = [sites = *this](Request request) -> boost::asio::awaitable<Response> {
      Response response = http::no_content();
      const std::string origin = other_origin(request);
      if (!origin.empty() && sites.admits(origin)) {
        permit(response, origin);
        response.set_header("Access-Control-Allow-Methods", "GET, POST");
        response.set_header("Access-Control-Allow-Headers", "Content-Type, Last-Event-ID");
        response.set_header("Access-Control-Max-Age", "86400");
      }
      co_return response;
    };
    answers.push_back({http::Method::options, route.pattern, std::move(answer)});
  }
  return answers;
}

}  // namespace sahut::server
