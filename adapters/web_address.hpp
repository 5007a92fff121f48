// An http address taken apart, to see whose it is before anything is fetched from it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sahut::adapters {

struct WebAddress {
  bool tls = false;
  std::string host;  ///< in small letters, without brackets
  std::string port;  ///< never empty
  std::string rest;  ///< path and query, starts with '/'
  [[nodiscard]] bool same_server(const WebAddress& other) const {
    return tls == other.tls && host == other.host && port == other.port;
  }
};

/// Nothing for other schemes, for user names, backslashes, spaces and control characters: what two readers could read
/// as two servers is nobody's.
[[nodiscard]] std::optional<WebAddress> web_address_of(std::string_view url);

/// `host` is `domain` or below it.
[[nodiscard]] bool is_within(std::string_view host, std::string_view domain);

}  // namespace sahut::adapters
