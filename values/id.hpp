// Identifiers: 63-bit, time-ordered, made by the application and never by the database, so that rows are inserted at
// the right edge of each B-tree and the same code runs on several machines.
#pragma once

#include <compare>
#include <cstdint>
#include <mutex>
#include <string>

#include "values/time.hpp"

namespace sahut {

/// An identifier of one kind of thing; kinds don't mix. 0 is "none".
template <typename Tag>
struct Id {
  std::int64_t value = 0;
  auto operator<=>(const Id&) const = default;
  [[nodiscard]] bool none() const { return value == 0; }
  /// Identifiers are strings in JSON: JavaScript loses bits of integers past 2^53.
  [[nodiscard]] std::string text() const { return std::to_string(value); }
};

using ContactId = Id<struct ContactTag>;
using ConversationId = Id<struct ConversationTag>;
using MessageId = Id<struct MessageTag>;
using CaseId = Id<struct CaseTag>;
using OutboxId = Id<struct OutboxTag>;
using UserId = Id<struct UserTag>;
using EventId = Id<struct EventTag>;
using GapId = Id<struct GapTag>;
using MediaId = Id<struct MediaTag>;

/// Makes identifiers that grow even when the clock steps back: bits 62..22 are milliseconds since 2024-01-01, bits
/// 21..12 the node, bits 11..0 a counter that carries into the milliseconds. Thread-safe.
class IdMaker {
 public:
  /// `node`: 0..1023, different on each machine that writes to one store.
  explicit IdMaker(std::uint16_t node = 0) : node_(node) {}
  [[nodiscard]] std::int64_t next(UnixMillis now);

 private:
  std::mutex mutex_;
  std::int64_t last_ = 0;  ///< the last identifier without its node bits
  std::uint16_t node_;
};

}  // namespace sahut
