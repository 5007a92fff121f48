// Tokens that open something: 256 random bits, kept by the server only as SHA-256.
#pragma once

#include <string>
#include <string_view>

namespace sahut::server {

/// 43 characters of base64url.
[[nodiscard]] std::string random_token();
/// Lower-case hexadecimal SHA-256.
[[nodiscard]] std::string token_hash(std::string_view token);
/// In constant time for equal lengths.
[[nodiscard]] bool same_token(std::string_view a, std::string_view b);

}  // namespace sahut::server
