// Which handler answers a path. The table is read before the body is, so that each route's limit holds.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/request.hpp"
#include "server/http/response.hpp"

namespace sahut::http {

using Handler = std::function<boost::asio::awaitable<Response>(Request)>;

constexpr std::size_t default_body_bytes = 64 * 1024;

struct Route {
  Method method = Method::get;
  std::string_view pattern;  ///< "/api/v1/conversations/{id}/claim"; a literal that outlives the router
  Handler handler;
  std::size_t max_body = default_body_bytes;
};

/// Immutable after it was made; any thread.
class Router {
 public:
  /// Throws std::logic_error if two routes have the same method and path: the table is ours, so that is a mistake in
  /// it.
  explicit Router(std::vector<Route> routes);

  struct Found {
    const Route* route = nullptr;  ///< null: see `allowed`
    std::map<std::string, std::string, std::less<>> parameters;
    std::vector<Method> allowed;  ///< methods this path has; empty: there is no such path
  };
  /// HEAD finds GET's route. A literal segment wins over a parameter: the path with most literal segments decides.
  [[nodiscard]] Found find(Method method, std::string_view path) const;

  [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
  std::vector<std::vector<std::string_view>> segments_;  ///< of each route's pattern
};

}  // namespace sahut::http
