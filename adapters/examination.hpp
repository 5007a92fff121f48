// A channel asked about itself: harmless questions, and what their answers mean for whoever looks after it. Used by
// `sahut doctor`, `sahut setup` and the admin page of the channels.
#pragma once

#include <string>

#include "adapters/http_call.hpp"
#include "values/time.hpp"

namespace sahut::adapters {

/// One thing that was looked at. Sentences are Bahasa Indonesia, for admins and operators; they hold no secret.
struct Check {
  enum class Status { ok, warn, fail };
  std::string name;  ///< which question: "token", "webhook", "number" …; stable
  Status status = Status::ok;
  std::string what;  ///< what is so
  std::string cure;  ///< what to do; empty if nothing is to be done
  std::string code;  ///< which answer: a row of data/channels/findings.tsv, or a word of the program's; stable
};

/// "ok", "warn" or "fail".
[[nodiscard]] constexpr const char* name_of(Check::Status status) {
  return status == Check::Status::ok ? "ok" : status == Check::Status::warn ? "warn" : "fail";
}

/// A question to the channel about itself. Its URL may hold a secret: never log it.
struct Probe {
  std::string name;
  HttpCall call;
};

/// What an examination must know besides the answers.
struct ExaminationContext {
  /// Where the channel should deliver: public_url/webhooks/NAME, behind it /•••  where a secret belongs there; empty if
  /// public_url is not set.
  std::string webhook_url;
  UnixMillis now;
  UnixMillis last_received_at;  ///< when the channel last delivered anything; 0 = never, or not known
};

}  // namespace sahut::adapters
