// Request bodies as JSON: parsed with bounds, fields taken by type, the first problem told.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "values/problem.hpp"

namespace sahut::server {

/// The body as a JSON object, depth at most 64.
[[nodiscard]] Result<nlohmann::json> json_object(const http::Request& request);

/// A text field with 1 to `max_characters` code points. A missing optional one is empty.
[[nodiscard]] Result<std::string> required_text(const nlohmann::json& object, std::string_view name,
                                                std::size_t max_characters);
[[nodiscard]] Result<std::string> optional_text(const nlohmann::json& object, std::string_view name,
                                                std::size_t max_characters);

/// 400 for what is not JSON, 422 for what is wrong in it.
[[nodiscard]] http::Response refuse(const Problem& problem, const http::Request& request);

}  // namespace sahut::server
