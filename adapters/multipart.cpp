#include "adapters/multipart.hpp"

#include <algorithm>

#include "adapters/hmac.hpp"

namespace sahut::adapters {
namespace {

std::string quotable(std::string_view text) {
  std::string out(text);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == '"' || c == '\\' || (c >= 0 && c < ' '); }, '_');
  return out;
}

/// Made from what is sent, so that the same message is the same bytes; a file that holds it gets another.
std::string boundary_for(const std::vector<std::pair<std::string, std::string>>& fields, std::string_view bytes) {
  std::string seed(bytes.substr(0, 1024));
  for (;;) {
    std::string boundary = "sahut-" + sha256_hex(seed).substr(0, 32);
    const bool in_a_field = std::any_of(fields.begin(), fields.end(), [&](const auto& field) {
      return field.second.find(boundary) != std::string::npos;
    });
    if (!in_a_field && bytes.find(boundary) == std::string_view::npos) return boundary;
    seed = boundary;
  }
}

}  // namespace

void put_form(HttpCall& call, const std::vector<std::pair<std::string, std::string>>& fields, const FormFile& file) {
  const std::string boundary = boundary_for(fields, file.bytes);
  std::string body;
  body.reserve(file.bytes.size() + 1024);
  for (const auto& [name, value] : fields) {
    body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quotable(name) + "\"\r\n\r\n" + value +
            "\r\n";
  }
  body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quotable(file.field) + "\"; filename=\"" +
          quotable(file.name) + "\"\r\nContent-Type: " + std::string(file.mime_type) + "\r\n\r\n";
  body += file.bytes;
  body += "\r\n--" + boundary + "--\r\n";
  call.body = std::move(body);
  call.headers.emplace_back("Content-Type", "multipart/form-data; boundary=" + boundary);
}

}  // namespace sahut::adapters
