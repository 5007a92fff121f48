#include "server/http/answer_head.hpp"

#include <algorithm>

namespace sahut::http {
namespace {

void append_header(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ");
  const std::size_t start = out.size();
  out.append(value);
  std::replace_if(
      out.begin() + static_cast<std::ptrdiff_t>(start), out.end(),
      [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
  out.append("\r\n");
}

}  // namespace

bool may_have_body(int status) {
  return status != 204 && status != 304 && status >= 200;
}

void append_head(std::string& out, const Response& response, const HeaderList& standard, AnswerHead how) {
  out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  out.append(reason_of(response.status)).append("\r\n");
  for (const auto& [name, value] : response.headers) append_header(out, name, value);
  for (const auto& [name, value] : standard) {
    const bool own = std::any_of(response.headers.begin(), response.headers.end(),
                                 [&name = name](const auto& header) { return same_name(header.first, name); });
    if (!own) append_header(out, name, value);
  }
  if (may_have_body(response.status) && !how.stream) {
    out.append("Content-Length: ").append(std::to_string(response.bytes().size())).append("\r\n");
  }
  if (!how.keep_alive) {
    out.append("Connection: close\r\n");
  } else if (how.http_1_0) {
    out.append("Connection: keep-alive\r\n");
  }
  out.append("\r\n");
}

}  // namespace sahut::http
