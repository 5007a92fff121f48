// Events as lines, so that a table of tests reads "bytes → lines" and a failure shows both whole.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "adapters/channel.hpp"
#include "conversation/event.hpp"

namespace sahut::adapters::test {

/// One line an event; parts that are empty or as usual are left out:
///   message ID from CONTACT (aka ALIAS) "NAME" @SECONDS KIND "TEXT" choice=… quotes=… ack=… ATTACHMENT silent
///   update ID STATE @SECONDS corr=… code=… price=… "TEXT" | moved ID A -> B (aka C) | unreachable C @S | health
///   up/down W ignored REASON
[[nodiscard]] std::string described(const conversation::InboundEvent& event);
[[nodiscard]] std::vector<std::string> described(const std::vector<conversation::InboundEvent>& events);

/// The channel, or a failed test that says why there is none.
[[nodiscard]] std::shared_ptr<const Channel> made(const std::string& kind, const ChannelSettings& settings);

/// A POST as the server hands it over. `body` must outlive it.
[[nodiscard]] WebhookRequest post(std::string_view body, Headers headers = {});

/// 2026-11-24 02:00:00 UTC: the "now" of every test.
constexpr UnixMillis noon{1'795'485'600'000};
constexpr std::int64_t noon_s = 1'795'485'600;

}  // namespace sahut::adapters::test
