#include "server/api/paging.hpp"

#include <charconv>

namespace sahut::server {
namespace {

bool read_number(std::string_view text, std::int64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number >= 0;
}

}  // namespace

Result<Page> page_of(const http::Request& request) {
  Page page;
  if (const auto limit = request.parameter("limit")) {
    if (!read_number(*limit, page.limit) || page.limit < 1 || page.limit > most_items) {
      return Problem{"out_of_range", "limit", "`limit` is a number from 1 to 200.", ""};
    }
  }
  if (const auto cursor = request.parameter("cursor"); cursor && !cursor->empty()) {
    const std::size_t dash = cursor->find('-');
    const std::string_view text = *cursor;
    if (dash == std::string_view::npos || !read_number(text.substr(0, dash), page.first) ||
        !read_number(text.substr(dash + 1), page.second)) {
      return Problem{"bad_cursor", "cursor", "This cursor was not made by this server.", "Start from the first page."};
    }
  }
  return page;
}

std::string cursor_of(std::int64_t first, std::int64_t second) {
  return std::to_string(first) + "-" + std::to_string(second);
}

}  // namespace sahut::server
