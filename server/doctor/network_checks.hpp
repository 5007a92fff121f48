// What lies between this machine and everybody else: the running server, its public address, proxies, the clocks of
// others, and every channel.
#pragma once

#include <functional>
#include <string>

#include "server/configuration/configuration.hpp"
#include "server/doctor/network_tool.hpp"
#include "server/doctor/report.hpp"
#include "server/state/channels.hpp"
#include "values/time.hpp"

namespace sahut::server {

/// Does a server of ours answer at [server] listen, and is it ready?
void check_running(const Configuration& configuration, NetworkTool& network, Report& report);

/// public_url: set, https, and answered by this server; trusted_proxies beside it.
void check_public_url(const Configuration& configuration, NetworkTool& network, Report& report);

/// Each channel by its own word, and the machine's clock by the first peer that tells the time. `last_received`: of a
/// channel by its name.
void check_channels(const Configuration& configuration, const Channels& channels,
                    const std::function<UnixMillis(const std::string&)>& last_received, const Clock& clock,
                    NetworkTool& network, Report& report);

}  // namespace sahut::server
