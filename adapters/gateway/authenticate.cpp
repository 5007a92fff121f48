#include "adapters/gateway/authenticate.hpp"

#include "adapters/gateway/base64.hpp"

namespace sahut::adapters::gateway {
namespace {

constexpr std::int64_t forgiven_clock_difference_ms = 60'000;
constexpr std::size_t longest_token = 4096;
constexpr std::int64_t latest_expiry_s = 1LL << 40;  ///< so that the milliseconds fit

Json decoded(std::string_view part) {
  const auto bytes = from_base64url(part);
  if (!bytes) return {};
  auto parsed = parse_json(*bytes);
  return parsed ? std::move(parsed).value() : Json();
}

}  // namespace

Authenticator::Authenticator(const Authentication& rules, std::vector<std::string> secrets)
    : rules_(rules),
      secrets_(std::move(secrets)),
      keys_(secrets_, rules.scheme == Scheme::hmac_sha512 ? Digest::sha512 : Digest::sha256) {}

bool Authenticator::is_authentic(const WebhookRequest& request, UnixMillis now) const {
  if (rules_.scheme == Scheme::path) return is_one_of(request.path_secret, secrets_);
  const auto header = find_only_header(request.headers, rules_.header);
  if (!header || !header->starts_with(rules_.prefix)) return false;
  const std::string_view proof = header->substr(rules_.prefix.size());
  return rules_.scheme == Scheme::jwt_hs256 ? is_valid_token(proof, now) : keys_.made_hex(proof, request.body);
}

bool Authenticator::is_valid_token(std::string_view token, UnixMillis now) const {
  if (token.size() > longest_token) return false;
  const std::size_t first = token.find('.');
  const std::size_t last = token.rfind('.');
  if (first == std::string_view::npos || first == last || token.find('.', first + 1) != last) return false;
  const auto signature = from_base64url(token.substr(last + 1));
  if (!signature || !keys_.made(*signature, token.substr(0, last))) return false;
  // Pinned although the signature already matched: a token that names another algorithm was not made for us.
  if (word_of(member(decoded(token.substr(0, first)), "alg")) != "HS256") return false;
  const auto expires_s = integer_of(member(decoded(token.substr(first + 1, last - first - 1)), "exp"));
  return expires_s && *expires_s < latest_expiry_s && now.ms_since({*expires_s * 1000}) <= forgiven_clock_difference_ms;
}

}  // namespace sahut::adapters::gateway
