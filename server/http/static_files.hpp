// The embedded pages and their parts: ETag, 304, gzip where it is accepted, and the headers that keep pages safe.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include <embedded/file.hpp>

#include "server/http/request.hpp"
#include "server/http/response.hpp"

namespace sahut::http {

class StaticFiles {
 public:
  /// `files`: "chat.html", "assets/chat.js", and "assets/chat.js.gz" beside it. They live as long as the program.
  explicit StaticFiles(std::span<const embedded::File> files);

  /// The file as an answer, or a 404 problem.
  [[nodiscard]] Response serve(std::string_view path, const Request& request) const;
  [[nodiscard]] bool has(std::string_view path) const { return files_.contains(path); }

 private:
  struct Entry {
    std::string_view bytes;
    std::string_view compressed;  ///< gzip, or empty
    std::string etag;
  };
  std::map<std::string_view, Entry> files_;
};

}  // namespace sahut::http
