// Pages of a list: `limit` and `cursor` of a query. A cursor is two numbers of the last row shown; it is not secret and
// a broken one is refused.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/http/request.hpp"
#include "values/problem.hpp"

namespace sahut::server {

constexpr std::int64_t most_items = 200;

struct Page {
  std::int64_t limit = 50;
  std::int64_t first = 0;  ///< of the cursor; 0 = first page
  std::int64_t second = 0;
};

[[nodiscard]] Result<Page> page_of(const http::Request& request);
[[nodiscard]] std::string cursor_of(std::int64_t first, std::int64_t second);

}  // namespace sahut::server
