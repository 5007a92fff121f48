// HTTP calls of ours: connections kept for the next call, time-outs, TLS that is verified, proxies. Redirects are not
// followed: a token must not travel to another host.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "adapters/http_call.hpp"

namespace sahut::http {

struct ClientOptions {
  std::string http_proxy = {};             ///< http://[user:password@]host:port, or empty
  std::string https_proxy = {};            ///< asked with CONNECT
  std::vector<std::string> no_proxy = {};  ///< host names and their parents that are called directly
  std::string extra_ca_file = {};          ///< PEM, beside the system's authorities; empty = none
  /// How long a connection waits for its next call: below the idle time-outs of common servers.
  std::chrono::milliseconds kept_for{15'000};
};

/// From HTTP_PROXY, HTTPS_PROXY and NO_PROXY (upper or lower case) as other programs read them.
[[nodiscard]] ClientOptions client_options_from(const std::vector<std::pair<std::string, std::string>>& environment);

class HttpClient {
 public:
  /// Throws std::runtime_error if `extra_ca_file` cannot be read.
  HttpClient(boost::asio::io_context& context, ClientOptions options);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// Any thread. Never throws for what the network does: the answer says how far the call got. Never logs.
  ///
  /// A call is sent a second time, on a fresh connection, only where the first cannot have been taken: the kept
  /// connection turned out closed before the whole request was out, or the peer closed it without having acknowledged a
  /// byte of it. Everything else that breaks after the request left is TransportFailure::broken, and the caller
  /// decides.
  [[nodiscard]] boost::asio::awaitable<adapters::HttpAnswer> perform(adapters::HttpCall call);

 private:
  class Pool;
  static boost::asio::awaitable<adapters::HttpAnswer> perform_on_strand(std::shared_ptr<Pool> pool,
                                                                        adapters::HttpCall call);
  std::shared_ptr<Pool> pool_;
};

}  // namespace sahut::http
