// An answer, and the few ways to make one.
#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/http/request.hpp"
#include "values/problem.hpp"

namespace sahut::http {

class EventStream;

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string_view static_body;  ///< bytes that live as long as the program; used instead of `body` if not empty
  /// Set for server-sent events: called once with the open stream.
  std::function<void(std::shared_ptr<EventStream>)> on_stream;

  void set_header(std::string_view name, std::string value);
  [[nodiscard]] std::string_view bytes() const { return static_body.empty() ? std::string_view(body) : static_body; }
};

[[nodiscard]] Response json(int status, const nlohmann::ordered_json& value);
[[nodiscard]] Response text(int status, std::string body);
[[nodiscard]] Response no_content();
[[nodiscard]] Response events(std::function<void(std::shared_ptr<EventStream>)> on_stream);

/// application/problem+json (RFC 9457) with the request's id, which also stands in the log.
[[nodiscard]] Response problem(int status, std::string_view code, std::string_view detail, std::string_view cure,
                               const Request& request);
[[nodiscard]] Response problem(int status, const Problem& problem, const Request& request);

/// "Not Found" and its like.
[[nodiscard]] std::string_view reason_of(int status);

}  // namespace sahut::http
