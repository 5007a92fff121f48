// Where a call goes: its server, the path there, and the proxy between, if any. Pure.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

namespace sahut::http {

struct ClientOptions;

/// Whom a connection belongs to: connections of one origin are interchangeable.
struct Origin {
  bool tls = false;
  std::string host;  ///< a name in lower case or an address, without brackets
  std::string port;
  auto operator<=>(const Origin&) const = default;
};

struct CallTarget {
  Origin origin;
  std::string target;         ///< path and query, as in the URL
  std::string authority;      ///< of the Host header
  std::string authorization;  ///< "Basic …" from user:password@ in the URL, or empty
};

/// Nothing if it is not an http or https address with a host.
[[nodiscard]] std::optional<CallTarget> call_target_of(const std::string& url);

/// The proxy this origin is called through, or nothing.
[[nodiscard]] std::optional<CallTarget> proxy_for(const Origin& origin, const ClientOptions& options);

}  // namespace sahut::http
