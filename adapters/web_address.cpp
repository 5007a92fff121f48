#include "adapters/web_address.hpp"

#include <algorithm>

#include "values/ascii.hpp"

namespace sahut::adapters {

std::optional<WebAddress> web_address_of(std::string_view url) {
  const auto plain = [](char c) { return c > ' ' && c != 0x7F && c != '\\'; };
  if (!std::all_of(url.begin(), url.end(), plain)) return std::nullopt;
  WebAddress address;
  if (url.starts_with("https://")) {
    address.tls = true;
  } else if (!url.starts_with("http://")) {
    return std::nullopt;
  }
  url.remove_prefix(address.tls ? 8 : 7);
  const std::size_t end = url.find_first_of("/?#");
  std::string_view authority = url.substr(0, end);
  address.rest = end == std::string_view::npos ? "/" : std::string(url.substr(end, url.find('#') - end));
  if (!address.rest.starts_with('/')) address.rest.insert(0, 1, '/');
  if (authority.find('@') != std::string_view::npos) return std::nullopt;
  const bool bracketed = authority.starts_with('[');
  const std::size_t host_end = bracketed ? authority.find(']') : authority.find(':');
  if (bracketed && host_end == std::string_view::npos) return std::nullopt;
  std::string_view host = authority.substr(bracketed ? 1 : 0, host_end - (bracketed ? 1 : 0));
  if (host.ends_with('.')) host.remove_suffix(1);
  std::string_view port = host_end == std::string_view::npos ? "" : authority.substr(host_end + (bracketed ? 1 : 0));
  if (port.starts_with(':')) port.remove_prefix(1);
  if (host.empty() || port.size() > 5 || !std::all_of(port.begin(), port.end(), is_digit)) return std::nullopt;
  address.host = host;
  for (char& c : address.host) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  address.port = port.empty() ? (address.tls ? "443" : "80") : std::string(port);
  return address;
}

bool is_within(std::string_view host, std::string_view domain) {
  return host == domain ||
         (host.size() > domain.size() && host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.');
}

}  // namespace sahut::adapters
