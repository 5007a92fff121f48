// One connection to another server: opened through DNS, a proxy and TLS, then used for one exchange after another. For
// client.cpp only; all of it runs on the client's strand.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "adapters/http_call.hpp"
#include "server/http/call_target.hpp"

namespace sahut::http {

using ClientClock = std::chrono::steady_clock;
using ClientStrand = boost::asio::strand<boost::asio::io_context::executor_type>;

/// The authorities we trust, and how TLS is spoken.
class ClientTls;
[[nodiscard]] std::shared_ptr<ClientTls> make_client_tls(const std::string& extra_ca_file);

/// Which of an origin's addresses answered last: tried first, so that a dead IPv6 costs one call and not each. Bounded.
using GoodAddresses = std::map<Origin, boost::asio::ip::address>;

struct Exchange {
  adapters::HttpAnswer answer;
  bool keep = false;              ///< the connection may serve another call
  bool surely_not_taken = false;  ///< the peer cannot have read the request: it may be sent again
};

class ClientLine {
 public:
  virtual ~ClientLine() = default;

  /// Sends one request and reads its answer, both before `deadline`. Not after an exchange without `keep`.
  [[nodiscard]] virtual boost::asio::awaitable<Exchange> exchange(adapters::HttpCall call, CallTarget target,
                                                                  ClientClock::time_point deadline) = 0;
  /// The peer closed it, or said something unasked, while it waited. Does not wait.
  [[nodiscard]] virtual bool gone() = 0;

  ClientClock::time_point idle_since;
};

struct Connected {
  std::unique_ptr<ClientLine> line;  ///< null: see failure, which is never_left
  adapters::HttpAnswer failure;
};

struct ConnectPlan {
  CallTarget target;
  std::optional<CallTarget> proxy;
  ClientClock::time_point deadline;
};

[[nodiscard]] boost::asio::awaitable<Connected> connect_line(ClientStrand strand, std::shared_ptr<ClientTls> tls,
                                                             std::shared_ptr<GoodAddresses> good, ConnectPlan plan);

}  // namespace sahut::http
