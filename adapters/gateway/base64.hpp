// Base64 as two gateways want it: the standard alphabet for Basic and for files, the URL alphabet for a JWT.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sahut::adapters::gateway {

[[nodiscard]] std::string base64(std::string_view bytes);

/// Strict (RFC 4648 §4, padded): nothing for a foreign character or an impossible length.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

/// Strict (RFC 4648 §5 without padding): nothing for a foreign character or an impossible length.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

}  // namespace sahut::adapters::gateway
