// Pages of other sites that may call some of our routes (CORS): the city's own site holding the chat.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/http/router.hpp"

namespace sahut::server {

class OtherSites {
 public:
  /// Origins as browsers write them, "https://balikpapan.go.id"; "*" admits all.
  explicit OtherSites(std::vector<std::string> origins) : origins_(std::move(origins)) {}

  /// The handler, with the permission in its answers; pages of sites that are not admitted get 403.
  [[nodiscard]] http::Handler admit(http::Handler handler) const;
  /// Answers to browsers that ask before they call; none while no other site is admitted.
  [[nodiscard]] std::vector<http::Route> preflights(const std::vector<http::Route>& routes) const;

 private:
  [[nodiscard]] bool admits(std::string_view origin) const;

  std::vector<std::string> origins_;
};

}  // namespace sahut::server
