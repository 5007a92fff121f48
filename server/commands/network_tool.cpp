#include "server/commands/network_tool.hpp"

#include "server/commands/command.hpp"

namespace sahut::server {

NetworkTool::NetworkTool() : client_(context_, http::client_options_from(environment_list())) {}

}  // namespace sahut::server
