#include "server/api/session_guard.hpp"

#include <utility>

#include "server/http/cookies.hpp"
#include "server/sessions/tokens.hpp"
#include "storage/ledger_await.hpp"

namespace sahut::server {
namespace {

/// last_seen_at is written at most this often, so that reading pages costs no commit.
constexpr std::int64_t touch_after_ms = 10LL * 60 * 1000;

bool is_write(http::Method method) {
  return method != http::Method::get && method != http::Method::head;
}

/// A browser says where a request comes from; programs may say nothing.
bool from_elsewhere(const http::Request& request) {
  const auto site = request.header("Sec-Fetch-Site");
  return site && *site != "same-origin" && *site != "none";
}

}  // namespace

std::string session_cookie_name(bool secure) {
  return secure ? "__Host-sahut_session" : "sahut_session";
}

bool has_right(const storage::StaffRecord& staff, Right right) {
  switch (right) {
    case Right::any_staff:
      return true;
    case Right::desk:
      return staff.role == "agent" || staff.role == "supervisor" || staff.role == "admin";
    case Right::edit:
      return staff.role == "editor" || staff.role == "supervisor" || staff.role == "admin";
  }
  return false;
}

http::Handler with_right(Services& services, Right right, StaffHandler handler) {
  return [&services, right,
          handler = std::move(handler)](http::Request request) -> boost::asio::awaitable<http::Response> {
    const auto token = http::find_cookie(request, session_cookie_name(services.secure_cookies));
    if (!token) co_return http::problem(401, "not_signed_in", "You are not signed in.", "Sign in first.", request);
    const std::string hash = token_hash(*token);
    const UnixMillis now = services.clock.now();
    std::optional<storage::SessionRecord> session;
    services.store.read([&](storage::Connection& connection) { session = storage::find_session(connection, hash); });
    const bool ended = session && (now.ms_since(session->last_seen_at) > session_idle_ms ||
                                   now.ms_since(session->created_at) > session_end_ms);
    if (!session || ended) {
      co_return http::problem(401, "not_signed_in", "This session has ended.", "Sign in again.", request);
    }
    if (!has_right(session->staff, right)) {
      co_return http::problem(403, "not_allowed", "Your role (" + session->staff.role + ") may not do this.",
                              "Ask an administrator.", request);
    }
    if (is_write(request.method)) {
      const auto csrf = request.header("X-Sahut-Csrf");
      if (!csrf || !same_token(*csrf, session->csrf) || from_elsewhere(request)) {
        co_return http::problem(403, "csrf", "This request does not come from a page of this server.",
                                "Send the X-Sahut-Csrf header with the value of /api/v1/me.", request);
      }
    }
    if (now.ms_since(session->last_seen_at) > touch_after_ms) {
      auto step = [hash, now](storage::Connection& connection) { storage::touch_session(connection, hash, now); };
      co_await storage::write(services.store.ledger(), {}, std::move(step));
    }
    SignedIn signed_in{session->staff, session->csrf, hash};
    http::Response response = co_await handler(std::move(request), std::move(signed_in));
    co_return response;
  };
}

}  // namespace sahut::server
