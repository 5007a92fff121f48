#include "server/http/router.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace sahut::http {
namespace {

Router routes_of(const std::vector<std::pair<Method, std::string_view>>& table) {
  std::vector<Route> routes;
  for (const auto& [method, pattern] : table) routes.push_back({.method = method, .pattern = pattern, .handler = {}});
  return Router(std::move(routes));
}

const Router& desk_routes() {
  static const Router router = routes_of({{Method::get, "/"},
                                          {Method::get, "/entries"},
                                          {Method::post, "/entries"},
                                          {Method::get, "/entries/{id}"},
                                          {Method::put, "/entries/{id}"},
                                          {Method::post, "/entries/preview"},
                                          {Method::get, "/cases/{case}/notes/{note}"}});
  return router;
}

struct RouteRow {
  const char* says;
  Method method;
  std::string_view path;
  std::string_view pattern;  ///< empty: no route
  std::size_t allowed;
};

TEST(RouterTest, FindsTheRouteOfAPath) {
  const RouteRow rows[] = {
      {"the root", Method::get, "/", "/", 1},
      {"one of two methods", Method::post, "/entries", "/entries", 2},
      {"a parameter", Method::get, "/entries/ktp", "/entries/{id}", 2},
      {"the literal wins over the parameter", Method::post, "/entries/preview", "/entries/preview", 1},
      {"the literal's methods decide", Method::get, "/entries/preview", "", 1},
      {"HEAD is GET's", Method::head, "/entries", "/entries", 2},
      {"HEAD where there is no GET", Method::head, "/entries/preview", "", 1},
      {"another method", Method::delete_, "/entries", "", 2},
      {"a method we do not know", Method::other, "/entries", "", 2},
      {"no such path", Method::get, "/nothing", "", 0},
      {"longer", Method::get, "/entries/ktp/more", "", 0},
      {"a slash at the end is another path", Method::get, "/entries/", "", 0},
      {"an empty parameter fits nothing", Method::get, "/cases//notes/2", "", 0},
      {"letters differ by case", Method::get, "/Entries", "", 0},
      {"two parameters", Method::get, "/cases/1/notes/2", "/cases/{case}/notes/{note}", 1},
      {"the empty path is the root", Method::get, "", "/", 1},
  };
  for (const RouteRow& row : rows) {
    const Router::Found found = desk_routes().find(row.method, row.path);
    EXPECT_EQ(found.route == nullptr ? "" : found.route->pattern, row.pattern) << row.says;
    EXPECT_EQ(found.allowed.size(), row.allowed) << row.says;
  }
}

TEST(RouterTest, GivesTheParametersByName) {
  const Router::Found found = desk_routes().find(Method::get, "/cases/BPN-2611-0042/notes/7");
  ASSERT_NE(found.route, nullptr);
  EXPECT_EQ(found.parameters.at("case"), "BPN-2611-0042");
  EXPECT_EQ(found.parameters.at("note"), "7");
}

TEST(RouterTest, RefusesATableWithAMistake) {
  EXPECT_THROW(routes_of({{Method::get, "/a/{x}"}, {Method::get, "/a/{y}"}}), std::logic_error);
  EXPECT_THROW(routes_of({{Method::head, "/a"}}), std::logic_error);
  EXPECT_NO_THROW(routes_of({{Method::options, "/a"}}));  // browsers that ask before they call
  EXPECT_NO_THROW(routes_of({{Method::get, "/a/{x}"}, {Method::post, "/a/{y}"}, {Method::get, "/a/b"}}));
}

}  // namespace
}  // namespace sahut::http
