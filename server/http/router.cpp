#include "server/http/router.hpp"

#include <algorithm>
#include <stdexcept>
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

using Segments = std::vector<std::string_view>;

bool is_parameter(std::string_view segment) {
  return segment.starts_with('{');
}

/// 0 = does not fit; otherwise more literal segments rank higher.
int fit(const Segments& pattern, const Segments& path) {
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

/// Would both fit the same paths, equally well?
bool same_shape(const Segments& a, const Segments& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](std::string_view x, std::string_view y) { return is_parameter(x) ? is_parameter(y) : x == y; });
}

}  // namespace

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
  for (const Route& route : routes_) {
    if (route.method == Method::head || route.method == Method::other) {
      throw std::logic_error("HEAD is answered from the other routes: " + std::string(route.pattern));
    }
    for (std::size_t i = 0; i < segments_.size(); ++i) {
      if (routes_[i].method == route.method && same_shape(segments_[i], split(route.pattern))) {
        throw std::logic_error("two routes for one path: " + std::string(route.pattern));
      }
    }
    segments_.push_back(split(route.pattern));
  }
}

Router::Found Router::find(Method method, std::string_view path) const {
  const Method wanted = method == Method::head ? Method::get : method;
  const Segments segments = split(path);
  Found found;
  int best = 0;
  for (std::size_t i = 0; i < routes_.size(); ++i) best = std::max(best, fit(segments_[i], segments));
  if (best == 0) return found;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (fit(segments_[i], segments) != best) continue;
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
