// An HTTP request and its answer as values, so that a channel can be described without touching the network. The
// server's HttpClient performs them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sahut::adapters {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// The value of the first header called `name` (any case), or nothing.
[[nodiscard]] std::optional<std::string_view> find_header(const Headers& headers, std::string_view name);

/// The same, but nothing when the header is repeated: a signature or a secret must not be ambiguous.
[[nodiscard]] std::optional<std::string_view> find_only_header(const Headers& headers, std::string_view name);

/// A peer may ask us to wait so long and no longer; beyond it is a mistake or an attack.
constexpr std::int64_t longest_retry_after_s = 24 * 3600;

/// Retry-After in its form of seconds (the form of a date is used by none of the channels), at most a day.
[[nodiscard]] std::optional<std::int64_t> retry_after_ms(const Headers& headers);

/// Any bytes as the value of a parameter in a URL (RFC 3986 §2.1).
[[nodiscard]] std::string percent_encoded(std::string_view text);

/// A request of ours. `url` may hold a secret (Telegram's token): never log it.
struct HttpCall {
  std::string method = "POST";
  std::string url;
  Headers headers;
  std::string body;
  int timeout_ms = 10'000;                   ///< for the whole call, connect included
  std::size_t most_answer_bytes = 1u << 20;  ///< a longer answer is cut off: see HttpAnswer::too_large
};

/// How far a call got when no whole answer came.
enum class TransportFailure {
  none,        ///< an answer came: see status
  never_left,  ///< name not found, refused, TLS failed: the peer saw nothing of the request
  broken,      ///< the line broke or time ran out after the request left: the peer may have taken it
};

struct HttpAnswer {
  TransportFailure failure = TransportFailure::none;
  std::string failure_text;  ///< for operators: what failed, no URL
  int status = 0;
  Headers headers;
  std::string body;        ///< at most HttpCall::most_answer_bytes
  bool too_large = false;  ///< with failure: the peer had more to say than was wanted
};

}  // namespace sahut::adapters
