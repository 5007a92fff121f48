#include "server/api/page_routes.hpp"

#include <utility>

namespace sahut::server {

std::vector<http::Route> page_routes(std::shared_ptr<const http::StaticFiles> files) {
  using http::Method;
  using http::Request;
  using http::Response;
  const auto page = [files](std::string_view pattern, std::string_view file) {
    return http::Route{Method::get, pattern, [files, file](Request request) -> boost::asio::awaitable<Response> {
                         co_return files->serve(file, request);
                       }};
  };
  return {
      page("/", "index.html"),
      page("/chat", "chat.html"),
      page("/desk", "desk.html"),
      page("/admin", "admin.html"),
      page("/insight", "insight.html"),
      page("/favicon.ico", "assets/icon.svg"),
      page("/api/openapi.json", "openapi.json"),
      {Method::get, "/assets/{file}",
       [files](Request request) -> boost::asio::awaitable<Response> {
         co_return files->serve("assets/" + request.path_parameter("file"), request);
       }},
  };
}

}  // namespace sahut::server
