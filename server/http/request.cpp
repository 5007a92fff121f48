#include "server/http/request.hpp"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace sahut::http {
namespace {

bool is_plain_path(std::string_view text) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '-' ||
           c == '_';
  };
  return text.starts_with('/') && std::all_of(text.begin(), text.end(), plain);
}

}  // namespace

std::string_view name_of(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::delete_:
      return "DELETE";
    case Method::options:
      return "OPTIONS";
    case Method::other:
      return "OTHER";
  }
  return "OTHER";
}

bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

std::optional<std::string_view> Request::header(std::string_view name) const {
  for (const auto& [known, value] : headers) {
    if (same_name(known, name)) return value;
  }
  return std::nullopt;
}

std::optional<std::string> Request::parameter(std::string_view name) const {
  for (const auto& [known, value] : query) {
    if (known == name) return value;
  }
  return std::nullopt;
}

std::optional<Target> parse_target(std::string_view text) {
  Target target;
  if (is_plain_path(text)) {  // nearly all of them, at a tenth of the cost
    target.path = text;
    return target;
  }
  if (text == "*") {
    target.path = text;
    return target;
  }
  // A client may send the whole address; a proxy does.
  auto parsed = text.starts_with('/') ? boost::urls::parse_origin_form(text) : boost::urls::parse_absolute_uri(text);
  if (!parsed || (!text.starts_with('/') && parsed->scheme() != "http" && parsed->scheme() != "https")) {
    return std::nullopt;
  }
  // Boost.URL 1.81 takes a leading "/." for a way to write the rest, and "http://host:x/" for a host and the path "x/".
  const std::string_view encoded_path = parsed->encoded_path();
  if (encoded_path.starts_with("/./") || encoded_path == "/.") return std::nullopt;
  if (!encoded_path.empty() && !encoded_path.starts_with('/')) return std::nullopt;
  for (const auto& segment : parsed->segments()) {
    // A slash, a NUL or a step upwards hidden in a segment would be another path than the one a proxy checked.
    if (segment == "." || segment == ".." || segment.find_first_of(std::string_view("/\0", 2)) != std::string::npos) {
      return std::nullopt;
    }
    target.path += '/';
    target.path += segment;
  }
  if (target.path.empty()) target.path = "/";
  boost::urls::encoding_opts form;
  form.space_as_plus = true;
  for (const auto& parameter : parsed->encoded_params()) {
    if (parameter.key.empty() && !parameter.has_value) continue;  // "/a?" and "a&&b"
    target.query.emplace_back(parameter.key.decode(form), parameter.has_value ? parameter.value.decode(form) : "");
  }
  return target;
}

}  // namespace sahut::http
