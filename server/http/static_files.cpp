#include "server/http/static_files.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "values/ascii.hpp"

namespace sahut::http {
namespace {

/// Nothing from elsewhere, nothing inline: a page can only run what this server sent as a file.
constexpr std::string_view content_security_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> content_types = {{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".md", "text/plain; charset=utf-8"},
    {".txt", "text/plain; charset=utf-8"},
}};

std::string_view content_type_of(std::string_view path) {
  for (const auto& [ending, type] : content_types) {
    if (path.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

/// FNV-1a: the files are our own, so a tag only has to change when they do.
std::string etag_of(std::string_view bytes) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return "\"" + std::to_string(hash) + "\"";
}

/// Calls `found` with each element of a comma-separated header until it says true.
template <typename Predicate>
bool any_element(std::optional<std::string_view> list, Predicate found) {
  std::string_view rest = list.value_or("");
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    if (found(trimmed(rest.substr(0, comma)))) return true;
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
  }
  return false;
}

/// "gzip" or "gzip;q=0.8", but not "gzip;q=0".
bool takes_gzip(const Request& request) {
  return any_element(request.header("Accept-Encoding"), [](std::string_view coding) {
    const std::size_t semicolon = coding.find(';');
    if (!same_name(trimmed(coding.substr(0, semicolon)), "gzip")) return false;
    if (semicolon == std::string_view::npos) return true;
    const std::string_view weight = trimmed(coding.substr(semicolon + 1));
    return weight.find_first_of("123456789") != std::string_view::npos;
  });
}

/// A proxy that compresses makes the tag weak; the bytes are the same.
bool has_it(const Request& request, std::string_view etag) {
  return any_element(request.header("If-None-Match"), [etag](std::string_view tag) {
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    return tag == etag || tag == "*";
  });
}

}  // namespace

StaticFiles::StaticFiles(std::span<const embedded::File> files) {
  constexpr std::string_view gzip = ".gz";
  for (const embedded::File& file : files) {
    if (!file.path.ends_with(gzip)) files_[file.path] = {file.bytes, {}, etag_of(file.bytes)};
  }
  for (const embedded::File& file : files) {
    if (!file.path.ends_with(gzip)) continue;
    const auto plain = files_.find(file.path.substr(0, file.path.size() - gzip.size()));
    if (plain != files_.end()) plain->second.compressed = file.bytes;
  }
}

Response StaticFiles::serve(std::string_view path, const Request& request) const {
  const auto found = files_.find(path);
  if (found == files_.end()) {
    return problem(404, "no_such_path", "There is nothing at this path.", "Check the address.", request);
  }
  const Entry& entry = found->second;
  Response response;
  response.headers = {{"Content-Type", std::string(content_type_of(path))},
                      {"ETag", entry.etag},
                      {"Cache-Control", "no-cache"},
                      {"Vary", "Accept-Encoding"}};
  if (path.ends_with(".html")) {
    response.headers.emplace_back("Content-Security-Policy", std::string(content_security_policy));
    response.headers.emplace_back("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    response.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  }
  if (has_it(request, entry.etag)) {
    response.status = 304;
    return response;
  }
  const bool gzip = !entry.compressed.empty() && takes_gzip(request);
  if (gzip) response.headers.emplace_back("Content-Encoding", "gzip");
  response.static_body = gzip ? entry.compressed : entry.bytes;
  return response;
}

}  // namespace sahut::http
