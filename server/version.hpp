// The version people report; CMake's project version.
#pragma once

#include <string_view>

namespace sahut::server {

inline constexpr std::string_view sahut_version = SAHUT_VERSION;

}  // namespace sahut::server
