// A message of ours as the request that a profile describes.
#pragma once

#include <optional>
#include <string>

#include "adapters/channel.hpp"
#include "adapters/gateway/profile.hpp"
#include "adapters/placeholders.hpp"

namespace sahut::adapters::gateway {

/// Where the gateway is and what its settings are.
struct Address {
  const std::string& api_base;
  const Words& settings;  ///< the profile's settings, and {basic}
};

/// Words, a file with words below it, or a place.
[[nodiscard]] HttpCall render(const Profile& profile, const Address& address, const Delivery& delivery);

/// A sign without words (typing, read); nothing if the gateway has none.
[[nodiscard]] std::optional<HttpCall> render_sign(const std::optional<CallRules>& sign, const Profile& profile,
                                                  const Address& address, const std::string& contact,
                                                  const std::string& message_id);

/// A JSON body with the words filled in; a text that is nothing but "{=word}" becomes a number.
[[nodiscard]] Json filled_body(const Json& pattern, const Words& words);

}  // namespace sahut::adapters::gateway
