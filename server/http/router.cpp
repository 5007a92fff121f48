#include "server/http/router.hpp"

#include <algorithm>
#include <utility>

namespace sahut::http {
namespace {

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> segments;
  if (path.starts_with('/')) path.remove_prefix(1);
  while (true) {
    const std::size_t slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

bool is_parameter(std::string_view segment) { return segment.starts_with('{'); }

/// 0 = does not fit; otherwise more literal segments rank higher.
int fit(const std::vector<std::string_view>& pattern, const std::vector<std::string_view>& path) {
  if (pattern.size() != path.size()) return 0;
  int rank = 1;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (is_parameter(pattern[i])) {
      if (path[i].empty()) return 0;
    } else if (pattern[i] == path[i]) {
      ++rank;
    } else {
      return 0;
    }
  }
  return rank;
}

}  // namespace

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
  for (const Route& route : routes_) segments_.push_back(split(route.pattern));
}

Router::Found Router::find(Method method, std::string_view path) const {
  const Method wanted = method == Method::head ? Method::get : method;
  const std::vector<std::string_view> segments = split(path);
  Found found;
  int best_path = 0;
  for (std::size_t i = 0; i < routes_.size(); ++i) best_path = std::max(best_path, fit(segments_[i], segments));
  if (best_path == 0) return found;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (fit(segments_[i], segments) != best_path) continue;
    found.allowed.push_back(routes_[i].method);
    if (routes_[i].method != wanted) continue;
    found.route = &routes_[i];
    for (std::size_t j = 0; j < segments.size(); ++j) {
      const std::string_view name = segments_[i][j];
      if (is_parameter(name)) {
        found.parameters.emplace(std::string(name.substr(1, name.size() - 2)), std::string(segments[j]));
      }
    }
  }
  return found;
}

}  // namespace sahut::http
