#include "server/api/page_routes.hpp"

#include <utility>

namespace sahut::server {

namespace {

http::Route page(const std::shared_ptr<const http::StaticFiles>& files, std::string_view pattern,
                 std::string_view file) {
  return {http::Method::get, pattern, [files, file](http::Request request) -> boost::asio::awaitable<http::Response> {
            co_return files->serve(file, request);
          }};
}

}  // namespace

std::vector<http::Route> page_routes(std::shared_ptr<const http::StaticFiles> files) {
  using http::Method;
  using http::Request;
  using http::Response;
  return {
      page(files, "/", "index.html"),
      page(files, "/chat", "chat.html"),
      page(files, "/desk", "desk.html"),
      page(files, "/admin", "admin.html"),
      page(files, "/insight", "insight.html"),
      page(files, "/favicon.ico", "assets/icon.svg"),
      page(files, "/api/openapi.json", "openapi.json"),
      {Method::get, "/assets/{file}",
       [files](Request request) -> boost::asio::awaitable<Response> {
         Response response = files->serve("assets/" + request.path_parameter("file"), request);
         // Pages of other sites that hold the chat read its modules; nothing in here is anybody's secret.
         response.headers.emplace_back("Access-Control-Allow-Origin", "*");
         co_return response;
       }},
  };
}

http::Route demo_page_route(std::shared_ptr<const http::StaticFiles> files) {
  return page(files, "/demo", "demo.html");
}

}  // namespace sahut::server
