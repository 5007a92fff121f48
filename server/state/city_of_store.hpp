// The city as the store has it, and the one a server starts with before anybody imported a city file.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "escalation/city.hpp"
#include "storage/connection.hpp"
#include "values/time.hpp"

namespace sahut::server {

constexpr const char* city_document = "city";

/// Throws std::runtime_error if the stored city cannot be read: it was checked when it was imported.
[[nodiscard]] std::shared_ptr<const escalation::City> city_of_store(storage::Connection& connection,
                                                                    const std::string& name,
                                                                    const std::string& time_zone);

/// Writes a city as the newest; running servers notice within a second.
void store_city(storage::Connection& connection, const escalation::City& city, UnixMillis now, std::string_view by);

}  // namespace sahut::server
