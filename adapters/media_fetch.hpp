// The way to a file that a resident sent: one call or two, each a value; what an answer means is decided here, nothing
// is fetched here.
#pragma once

#include <string>
#include <string_view>

#include "adapters/http_call.hpp"

namespace sahut::adapters {

/// What to do next to get a file.
struct MediaStep {
  enum class Kind {
    call,     ///< perform `call` and ask again with its answer
    content,  ///< here it is
    later,    ///< passing trouble
    never,    ///< it cannot be had: `reason`
  };
  Kind kind = Kind::never;
  HttpCall call;
  std::string content;
  /// A stable word. never: "gone", "too_big", "refused", "unreadable", "foreign_host"; later: "unreachable".
  std::string reason;

  [[nodiscard]] static MediaStep perform(HttpCall call);
  [[nodiscard]] static MediaStep found(std::string content);
  [[nodiscard]] static MediaStep later(std::string reason);
  [[nodiscard]] static MediaStep never(std::string reason);
};

/// A file takes longer than a word.
constexpr int media_timeout_ms = 60'000;

/// What a bad answer means alike everywhere, whatever was asked; `kind` is content (with nothing in it) if it is a good
/// one. 401 and 403 pass: a token may be mended; a redirect is refused, because it could lead anywhere.
[[nodiscard]] MediaStep media_step_of(const HttpAnswer& answer);

}  // namespace sahut::adapters
