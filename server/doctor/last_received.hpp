// When residents last reached us through a channel, as the store knows it.
#pragma once

#include <string>

#include "storage/connection.hpp"
#include "values/time.hpp"

namespace sahut::server {

/// 0 if never. Looks through the threads of the channel.
[[nodiscard]] UnixMillis last_received(storage::Connection& connection, const std::string& channel);

/// The same beside a running server; 0 also if there is no database that can be read.
[[nodiscard]] UnixMillis last_received(const std::string& database, const std::string& channel);

}  // namespace sahut::server
