// A connection that has become a stream of server-sent events.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "server/http/connection_registry.hpp"
#include "server/http/event_stream.hpp"

namespace sahut::http {

struct Serving;

/// Sends `head`, gives the open stream to `on_stream`, and writes what is sent to it until either side ends. All that
/// the request needed can be freed: ten thousand quiet pages must cost little.
void start_event_connection(std::shared_ptr<Serving> serving, std::unique_ptr<WatchedSocket> socket, std::string head,
                            std::function<void(std::shared_ptr<EventStream>)> on_stream);

}  // namespace sahut::http
