// A configured channel examined: its questions asked over the network, the answers judged by its adapter.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/examination.hpp"
#include "server/http/client.hpp"
#include "server/state/channels.hpp"

namespace sahut::server {

/// Where this channel should deliver: PUBLIC_URL/webhooks/NAME, behind it "/•••" where a gateway that cannot sign needs
/// its secret (which is not shown); empty if there is no public_url.
[[nodiscard]] std::string webhook_url_of(std::string_view public_url, std::string_view channel,
                                         std::string_view path_secret = {});

/// The answers to the channel's probes, in their order; at most ten seconds in all. A peer that is out of reach is
/// asked once: the other answers fail in the same way. The channel must outlive the call.
[[nodiscard]] boost::asio::awaitable<std::vector<adapters::HttpAnswer>> ask_channel(http::HttpClient& client,
                                                                                    const NamedChannel& channel);

/// Asks and judges; empty for channels that nobody can be asked about. Ten seconds in all; never throws for what the
/// network does. Client and channel must outlive the call.
[[nodiscard]] boost::asio::awaitable<std::vector<adapters::Check>> examine_channel(
    http::HttpClient& client, const NamedChannel& channel, adapters::ExaminationContext context);

}  // namespace sahut::server
