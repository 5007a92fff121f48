#include "server/http/static_files.hpp"

#include <array>
#include <cstdint>
#include <utility>

namespace sahut::http {
namespace {

/// Nothing from elsewhere, nothing inline: a page can only run what this server sent as a file.
constexpr std::string_view content_security_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
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
  if (request.header("If-None-Match") == entry.etag) {
    response.status = 304;
    return response;
  }
  const auto accepted = request.header("Accept-Encoding");
  const bool gzip = accepted && accepted->find("gzip") != std::string_view::npos && !entry.compressed.empty();
  if (gzip) response.headers.emplace_back("Content-Encoding", "gzip");
  response.static_body = gzip ? entry.compressed : entry.bytes;
  return response;
}

}  // namespace sahut::http
