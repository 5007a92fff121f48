#include "server/http/call_target.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>
#include <string_view>

#include "server/http/client.hpp"
#include "server/http/request.hpp"

namespace sahut::http {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

std::string base64(const std::string& text) {
  std::vector<unsigned char> encoded(text.size() / 3 * 4 + 5);
  const std::vector<unsigned char> bytes(text.begin(), text.end());
  const int size = EVP_EncodeBlock(encoded.data(), bytes.data(), static_cast<int>(bytes.size()));
  return {encoded.begin(), encoded.begin() + size};
}

/// "example.id" and ".example.id" both mean that name and all below it; "*" means everything.
bool covers(std::string_view entry, std::string_view host) {
  if (entry == "*") return true;
  if (entry.starts_with('.')) entry.remove_prefix(1);
  if (entry.empty() || host.size() < entry.size()) return false;
  const std::string_view end = host.substr(host.size() - entry.size());
  return same_name(end, entry) && (end.size() == host.size() || host[host.size() - entry.size() - 1] == '.');
}

}  // namespace

std::optional<CallTarget> call_target_of(const std::string& url) {
  const auto parsed = boost::urls::parse_uri(url);
  if (!parsed) return std::nullopt;
  const std::string scheme = lower(parsed->scheme());
  if ((scheme != "http" && scheme != "https") || parsed->host().empty()) return std::nullopt;
  // Boost.URL 1.81 reads "http://host:x/" as the host and the path "x/".
  if (!parsed->encoded_path().empty() && !parsed->encoded_path().starts_with('/')) return std::nullopt;
  CallTarget place;
  place.origin.tls = scheme == "https";
  place.origin.host = lower(parsed->host_address());
  place.origin.port = place.origin.tls ? "443" : "80";
  if (parsed->has_port() && !parsed->port().empty()) {
    // Not port_number(): that of Boost.URL 1.81 wraps round for 99999.
    const std::string_view digits = parsed->port();
    unsigned port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc{} || end != digits.data() + digits.size() || port == 0 || port > 65535) return std::nullopt;
    place.origin.port = std::to_string(port);
  }
  place.authority = std::string(parsed->encoded_host_and_port());
  place.target = std::string(parsed->encoded_target());
  if (!place.target.starts_with('/')) place.target.insert(0, "/");
  if (parsed->has_userinfo()) {
    place.authorization = "Basic " + base64(std::string(parsed->user()) + ":" + std::string(parsed->password()));
  }
  return place;
}

std::optional<CallTarget> proxy_for(const Origin& origin, const ClientOptions& options) {
  const std::string& proxy = origin.tls ? options.https_proxy : options.http_proxy;
  if (proxy.empty()) return std::nullopt;
  const auto is_direct = [&](const std::string& entry) { return covers(entry, origin.host); };
  if (std::any_of(options.no_proxy.begin(), options.no_proxy.end(), is_direct)) return std::nullopt;
  return call_target_of(proxy);
}

}  // namespace sahut::http
