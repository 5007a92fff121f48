// Is this call the gateway's? Four schemes, none of them optional.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "adapters/channel.hpp"
#include "adapters/gateway/profile.hpp"
#include "adapters/hmac.hpp"

namespace sahut::adapters::gateway {

class Authenticator {
 public:
  /// REQUIRES: at least one secret, none empty.
  Authenticator(const Authentication& rules, std::vector<std::string> secrets);

  /// HMAC: hexadecimal over the bytes as received. JWT: HS256 only, signed with the secret and not expired (a minute of
  /// difference between the clocks is forgiven); it does not cover the body, so it is as good as TLS around it. Path:
  /// the rest of the address is the secret.
  [[nodiscard]] bool is_authentic(const WebhookRequest& request, UnixMillis now) const;

 private:
  [[nodiscard]] bool is_valid_token(std::string_view token, UnixMillis now) const;

  Authentication rules_;
  std::vector<std::string> secrets_;
  HmacKeys keys_;
};

}  // namespace sahut::adapters::gateway
