// Our own public address, called as a channel calls it: what the answer says about whatever stands between the internet
// and this server.
#pragma once

#include <string>

#include "adapters/examination.hpp"

namespace sahut::adapters {

/// Meta gives up after six seconds.
constexpr int own_address_timeout_ms = 6'000;

/// A plain look at an address of ours.
[[nodiscard]] HttpCall look_at(const std::string& url);

/// Meta's handshake. The address holds the verify token: never log it. `challenge`: letters and digits.
[[nodiscard]] HttpCall handshake(const std::string& webhook_url, const std::string& verify_token,
                                 const std::string& challenge);

/// Of handshake(): well only if the challenge came back, bare.
[[nodiscard]] Check judge_handshake(const HttpAnswer& answer, const std::string& url, const std::string& challenge);

/// Of look_at() a channel's webhook, which this server refuses in its own words (405), because there is nothing to
/// read.
[[nodiscard]] Check judge_webhook(const HttpAnswer& answer, const std::string& url);

/// Of look_at() /healthz.
[[nodiscard]] Check judge_health(const HttpAnswer& answer, const std::string& url);

}  // namespace sahut::adapters
