// Who the client is when a reverse proxy stands in front. X-Forwarded-For can be written by anybody, so it is believed
// only as far as our own proxies wrote it.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/request.hpp"
#include "values/problem.hpp"

namespace sahut::http {

class TrustedProxies {
 public:
  /// `entries`: addresses ("127.0.0.1", "::1") or networks ("10.0.0.0/8").
  [[nodiscard]] static Result<TrustedProxies> parse(const std::vector<std::string>& entries);

  /// The address the request came from: `peer` itself, unless it is a trusted proxy; then the right-most address of
  /// X-Forwarded-For that is not a trusted proxy. What cannot be read ends the search at the last address believed.
  [[nodiscard]] std::string client_of(const std::string& peer, const Request& request) const;
  [[nodiscard]] bool trusts(std::string_view address) const;

 private:
  std::vector<boost::asio::ip::network_v4> v4_;
  std::vector<boost::asio::ip::network_v6> v6_;
};

/// As text; an IPv4 address that arrived over IPv6 (::ffff:192.0.2.1) in its IPv4 form.
[[nodiscard]] std::string text_of(const boost::asio::ip::address& address);

}  // namespace sahut::http
