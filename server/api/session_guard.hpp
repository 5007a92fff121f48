// Who is asking: the session behind a cookie, the rights a route needs, and the proof that a write comes from our own
// page.
#pragma once

#include <functional>
#include <string>

#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/router.hpp"
#include "server/state/services.hpp"
#include "storage/repositories/staff.hpp"

namespace sahut::server {

/// A signed-in person and the request's session.
struct SignedIn {
  storage::StaffRecord staff;
  std::string csrf;
  std::string token_hash;
};

/// What a route lets a role do. Each right includes what stands in its comment.
enum class Right {
  any_staff,  ///< everybody who is signed in
  desk,       ///< agent, supervisor, admin
  edit,       ///< editor, supervisor, admin
};
[[nodiscard]] bool has_right(const storage::StaffRecord& staff, Right right);

using StaffHandler = std::function<boost::asio::awaitable<http::Response>(http::Request, SignedIn)>;

/// A handler that first asks for a session (401), the right (403), and for writes the X-Sahut-Csrf header and, where
/// the browser says so, our own origin (403).
[[nodiscard]] http::Handler with_right(Services& services, Right right, StaffHandler handler);

/// The same for a function `(Services&, Request, SignedIn) → awaitable<Response>`, as the routes of the API are.
template <typename Function>
[[nodiscard]] http::Handler for_staff(Services& services, Right right, Function function) {
  return with_right(services, right, [&services, function](http::Request request, SignedIn signed_in) {
    return function(services, std::move(request), std::move(signed_in));
  });
}

/// How long a session lives without use, and at most.
constexpr std::int64_t session_idle_ms = 14LL * 24 * 3600 * 1000;
constexpr std::int64_t session_end_ms = 60LL * 24 * 3600 * 1000;
[[nodiscard]] std::string session_cookie_name(bool secure);

}  // namespace sahut::server
