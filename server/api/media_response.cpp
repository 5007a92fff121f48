#include "server/api/media_response.hpp"

#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "adapters/media_type.hpp"
#include "server/media/media_store.hpp"
#include "server/state/offload.hpp"

namespace sahut::server {
namespace {

using boost::asio::awaitable;
using http::Response;

struct ByteSpan {
  std::size_t first = 0;
  std::size_t last = 0;  ///< inclusive
};

std::optional<std::size_t> whole_number(std::string_view digits) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc() && end == digits.data() + digits.size() ? std::optional(number) : std::nullopt;
}

/// "bytes=0-99", "bytes=100-", "bytes=-50" (RFC 9110 §14); several spans and nonsense are answered with everything.
struct AskedSpan {
  bool whole = true;
  std::optional<ByteSpan> span;  ///< if not whole: nothing means outside
};
AskedSpan asked_span(std::optional<std::string_view> range, std::size_t size) {
  if (!range || !range->starts_with("bytes=") || range->find(',') != std::string_view::npos) return {};
  const std::string_view text = range->substr(6);
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return {};
  const auto first = whole_number(text.substr(0, dash));
  const auto last = whole_number(text.substr(dash + 1));
  if (!first) {
    if (dash != 0 || !last) return {};
    if (*last == 0 || size == 0) return {.whole = false, .span = std::nullopt};
    return {.whole = false, .span = ByteSpan{size - std::min(*last, size), size - 1}};
  }
  if (!last && dash + 1 != text.size()) return {};
  if (last && *last < *first) return {};
  if (*first >= size) return {.whole = false, .span = std::nullopt};
  return {.whole = false, .span = ByteSpan{*first, std::min(last.value_or(size - 1), size - 1)}};
}

/// RFC 6266: a plain name for old readers, the real one in UTF-8.
std::string disposition(const storage::MediaRecord& media) {
  const adapters::MediaType& type = adapters::media_type_named(media.mime_type);
  const std::string plain = "sahut-" + media.id.text() + std::string(type.ending);
  std::string header = "attachment; filename=\"" + plain + "\"";
  if (!media.file_name.empty()) header += "; filename*=UTF-8''" + adapters::percent_encoded(media.file_name);
  return header;
}

Response not_stored(const http::Request& request) {
  return http::problem(404, "not_found", "There is no such file here.",
                       "It may have been deleted as the city keeps files no longer.", request);
}

}  // namespace

awaitable<Response> media_response(Services& services, storage::MediaRecord media, http::Request request) {
  if (media.state != "stored") co_return not_stored(request);
  auto read = [&services, sha256 = media.sha256] { return services.media.get(sha256); };
  std::optional<std::string> bytes = co_await offload(services.slow_work, std::move(read));
  if (!bytes) co_return not_stored(request);
  const AskedSpan asked = asked_span(request.header("Range"), bytes->size());
  Response response;
  response.headers = {{"Content-Type", std::string(adapters::media_type_named(media.mime_type).mime)},
                      {"Content-Disposition", disposition(media)},
                      {"Content-Security-Policy", "default-src 'none'; sandbox"},
                      {"Cross-Origin-Resource-Policy", "cross-origin"},
                      {"Accept-Ranges", "bytes"},
                      // Personal: neither a proxy nor a borrowed phone keeps it.
                      {"Cache-Control", "private, no-store"}};
  const std::string size = std::to_string(bytes->size());
  if (!asked.whole && !asked.span) {
    response.status = 416;
    response.headers.emplace_back("Content-Range", "bytes */" + size);
    co_return response;
  }
  if (asked.span) {
    response.status = 206;
    response.headers.emplace_back("Content-Range", "bytes " + std::to_string(asked.span->first) + "-" +
                                                       std::to_string(asked.span->last) + "/" + size);
    response.body = bytes->substr(asked.span->first, asked.span->last - asked.span->first + 1);
  } else {
    response.body = std::move(*bytes);
  }
  co_return response;
}

}  // namespace sahut::server
