#include "server/api/session_api.hpp"

#include <utility>

#include "server/api/json_body.hpp"
#include "server/api/session_guard.hpp"
#include "server/http/cookies.hpp"
#include "server/sessions/passwords.hpp"
#include "server/sessions/tokens.hpp"
#include "server/state/offload.hpp"
#include "storage/ledger_await.hpp"
#include "storage/repositories/records.hpp"

namespace sahut::server {
namespace {

using boost::asio::awaitable;

nlohmann::ordered_json me_json(const storage::StaffRecord& staff, const std::string& csrf) {
  return {{"name", staff.name},
          {"role", staff.role},
          {"office", staff.office.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(staff.office)},
          {"csrf", csrf}};
}

http::Response too_many(const http::Request& request, std::int64_t wait_ms) {
  http::Response response =
      http::problem(429, "too_many", "Too many attempts to sign in.", "Wait a little and try again.", request);
  response.headers.emplace_back("Retry-After", std::to_string((wait_ms + 999) / 1000));
  return response;
}

awaitable<http::Response> login(Services& services, http::Request request) {
  const auto body = json_object(request);
  if (!body.ok()) co_return refuse(body.problem(), request);
  const auto name = required_text(*body, "name", 200);
  if (!name.ok()) co_return refuse(name.problem(), request);
  const auto password = required_text(*body, "password", 1000);
  if (!password.ok()) co_return refuse(password.problem(), request);

  const UnixMillis now = services.clock.now();
  const std::int64_t wait_ms = services.login_throttle.attempt(*name, request.peer_address, now);
  if (wait_ms > 0) co_return too_many(request, wait_ms);

  std::optional<storage::StaffRecord> staff;
  services.store.read([&](storage::Connection& connection) { staff = storage::find_staff(connection, *name); });
  // The same work and the same answer whether the name, the password or the account is wrong.
  auto work = [words = *password, staff] {
    if (!staff || staff->disabled) {
      waste_a_check(words);
      return false;
    }
    return password_matches(words, staff->password_hash);
  };
  const bool may = co_await offload(services.slow_work, std::move(work));
  if (!may) {
    co_return http::problem(401, "wrong_credentials", "Name or password is wrong.", "Check both and try again.",
                            request);
  }
  services.login_throttle.succeeded(*name, request.peer_address);
  const std::string token = random_token();
  const std::string csrf = random_token();
  const std::int64_t audit_id = services.ids.next(now);
  const storage::StaffRecord person = *staff;
  auto step = [=](storage::Connection& connection) {
    storage::insert_session(connection, token_hash(token), person.id, csrf, now);
    storage::write_audit(connection, audit_id, now, {person.name, "login", "session", ""});
  };
  co_await storage::write(services.store.ledger(), {}, std::move(step));
  http::Response response = http::json(200, me_json(person, csrf));
  response.headers.emplace_back(
      "Set-Cookie", http::set_cookie(session_cookie_name(services.secure_cookies), token,
                                     {.max_age_seconds = session_end_ms / 1000, .secure = services.secure_cookies}));
  co_return response;
}

awaitable<http::Response> logout(Services& services, SignedIn signed_in) {
  auto step = [hash = signed_in.token_hash](storage::Connection& connection) {
    storage::delete_session(connection, hash);
  };
  co_await storage::write(services.store.ledger(), {}, std::move(step));
  http::Response response = http::no_content();
  response.headers.emplace_back("Set-Cookie",
                                http::set_cookie(session_cookie_name(services.secure_cookies), "",
                                                 {.max_age_seconds = 0, .secure = services.secure_cookies}));
  co_return response;
}

}  // namespace

std::vector<http::Route> session_routes(Services& services) {
  using http::Method;
  return {
      {Method::post, "/api/v1/login",
       [&services](http::Request request) { return login(services, std::move(request)); }},
      {Method::post, "/api/v1/logout",
       with_right(services, Right::any_staff,
                  [&services](http::Request, SignedIn signed_in) { return logout(services, std::move(signed_in)); })},
      {Method::get, "/api/v1/me",
       with_right(services, Right::any_staff,
                  [](http::Request, SignedIn signed_in) -> awaitable<http::Response> {
                    co_return http::json(200, me_json(signed_in.staff, signed_in.csrf));
                  })},
  };
}

}  // namespace sahut::server
