#include "server/http/trusted_proxies.hpp"

#include <algorithm>

#include "values/ascii.hpp"

namespace sahut::http {
namespace {

namespace ip = boost::asio::ip;

ip::address plain(const ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, address.to_v6());
  return address;
}

template <typename Network, typename Address>
bool holds(const Network& network, const Address& address) {
  return Network(address, network.prefix_length()).canonical() == network.canonical();
}

}  // namespace

std::string text_of(const ip::address& address) {
  return plain(address).to_string();
}

Result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& entries) {
  TrustedProxies proxies;
  for (const std::string& entry : entries) {
    boost::system::error_code error;
    const ip::address address = ip::make_address(entry, error);
    if (!error) {
      if (plain(address).is_v4()) {
        proxies.v4_.emplace_back(plain(address).to_v4(), 32);
      } else {
        proxies.v6_.emplace_back(address.to_v6(), 128);
      }
      continue;
    }
    const ip::network_v4 v4 = ip::make_network_v4(entry, error);
    if (!error) {
      proxies.v4_.push_back(v4);
      continue;
    }
    const ip::network_v6 v6 = ip::make_network_v6(entry, error);
    if (error) {
      return Problem{"bad_proxy", "trusted_proxies", "`" + entry + "` is neither an address nor a network.",
                     "Write 127.0.0.1, ::1 or 10.0.0.0/8."};
    }
    proxies.v6_.push_back(v6);
  }
  return proxies;
}

bool TrustedProxies::trusts(std::string_view text) const {
  boost::system::error_code error;
  const ip::address address = plain(ip::make_address(text, error));
  if (error) return false;
  if (address.is_v4()) {
    return std::any_of(v4_.begin(), v4_.end(), [&](const auto& network) { return holds(network, address.to_v4()); });
  }
  return std::any_of(v6_.begin(), v6_.end(), [&](const auto& network) { return holds(network, address.to_v6()); });
}

std::string TrustedProxies::client_of(const std::string& peer, const Request& request) const {
  if ((v4_.empty() && v6_.empty()) || !trusts(peer)) return peer;
  std::string client = peer;
  // Each proxy appends: to the last header of the name, at its right end.
  for (auto header = request.headers.rbegin(); header != request.headers.rend(); ++header) {
    if (!same_name(header->first, "X-Forwarded-For")) continue;
    std::string_view rest = header->second;
    while (!rest.empty()) {
      const std::size_t comma = rest.rfind(',');
      const std::string_view last = trimmed(comma == std::string_view::npos ? rest : rest.substr(comma + 1));
      rest = comma == std::string_view::npos ? std::string_view() : rest.substr(0, comma);
      boost::system::error_code error;
      const auto address = ip::make_address(last, error);
      if (error) return client;
      client = text_of(address);
      if (!trusts(client)) return client;
    }
  }
  return client;
}

}  // namespace sahut::http
