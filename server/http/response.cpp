#include "server/http/response.hpp"

namespace sahut::http {
namespace {

std::string dumped(const nlohmann::ordered_json& value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

void Response::set_header(std::string_view name, std::string value) {
  for (auto& [known, held] : headers) {
    if (same_name(known, name)) {
      held = std::move(value);
      return;
    }
  }
  headers.emplace_back(std::string(name), std::move(value));
}

std::string_view reason_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 302:
      return "Found";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 412:
      return "Precondition Failed";
    case 410:
      return "Gone";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 422:
      return "Unprocessable Content";
    case 428:
      return "Precondition Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    default:
      return "Status";
  }
}

Response json(int status, const nlohmann::ordered_json& value) {
  Response response;
  response.status = status;
  response.headers = {{"Content-Type", "application/json"}};
  response.body = dumped(value);
  return response;
}

Response text(int status, std::string body) {
  Response response;
  response.status = status;
  response.headers = {{"Content-Type", "text/plain; charset=utf-8"}};
  response.body = std::move(body);
  return response;
}

Response no_content() {
  Response response;
  response.status = 204;
  return response;
}

Response events(std::function<void(std::shared_ptr<EventStream>)> on_stream) {
  Response response;
  response.headers = {
      {"Content-Type", "text/event-stream"}, {"Cache-Control", "no-cache"}, {"X-Accel-Buffering", "no"}};
  response.on_stream = std::move(on_stream);
  return response;
}

Response problem(int status, const Problem& problem, const Request& request) {
  Response response;
  response.status = status;
  response.headers = {{"Content-Type", "application/problem+json"}};
  response.body = dumped({{"type", "/problems/" + problem.code},
                          {"title", reason_of(status)},
                          {"status", status},
                          {"detail", problem.what},
                          {"id", request.id},
                          {"code", problem.code},
                          {"where", problem.where},
                          {"cure", problem.cure}});
  return response;
}

Response problem(int status, std::string_view code, std::string_view detail, std::string_view cure,
                 const Request& request) {
  return problem(status, Problem{std::string(code), "", std::string(detail), std::string(cure)}, request);
}

}  // namespace sahut::http
