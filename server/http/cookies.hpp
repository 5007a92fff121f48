// Cookies: reading one of a request, writing one of ours.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/request.hpp"

namespace sahut::http {

[[nodiscard]] std::optional<std::string> find_cookie(const Request& request, std::string_view name);

struct CookieOptions {
  std::int64_t max_age_seconds = 0;  ///< 0 removes it
  bool secure = false;
};
/// The value of a Set-Cookie header: HttpOnly, SameSite=Lax, Path=/.
[[nodiscard]] std::string set_cookie(std::string_view name, std::string_view value, const CookieOptions& options);

}  // namespace sahut::http
