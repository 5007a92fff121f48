// The Date header of an HTTP answer.
#pragma once

#include <optional>
#include <string_view>

#include "values/time.hpp"

namespace sahut::server {

/// "Tue, 24 Nov 2026 02:00:00 GMT" (RFC 9110 §5.6.7, the form that must be sent); nothing for any other.
[[nodiscard]] std::optional<UnixMillis> http_date(std::string_view text);

}  // namespace sahut::server
