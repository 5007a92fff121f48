// A file of a resident, had from the gateway. The address in a webhook is the gateway's word and could lead anywhere:
// only its own server and the hosts of its profile are asked.
#pragma once

#include <optional>
#include <string>

#include "adapters/channel.hpp"
#include "adapters/gateway/render.hpp"

namespace sahut::adapters::gateway {

[[nodiscard]] std::optional<HttpCall> seek_media(const Profile& profile, const Address& address,
                                                 const std::string& attachment);
/// The file that an answer holds as base64.
[[nodiscard]] MediaStep media_in(const HttpAnswer& answer, const Place& place);

}  // namespace sahut::adapters::gateway
