// Signatures over bytes as received. A key is set up once and copied for each message (OpenSSL's own advice: the fetch
// of an algorithm costs more than a short HMAC). Every function may be called by any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct evp_mac_ctx_st;

namespace sahut::adapters {

enum class Digest { sha256, sha512 };

class HmacKey {
 public:
  /// Throws std::runtime_error if OpenSSL lacks the algorithm. REQUIRES: the secret is not empty.
  HmacKey(std::string_view secret, Digest digest);

  /// The raw MAC: 32 or 64 bytes.
  [[nodiscard]] std::string sign(std::string_view bytes) const;

 private:
  std::shared_ptr<evp_mac_ctx_st> prepared_;  ///< shared by copies of the key; only ever duplicated, never used
};

/// The same secret in several versions, while it is being rotated.
class HmacKeys {
 public:
  HmacKeys(const std::vector<std::string>& secrets, Digest digest);
  /// True if one of the keys made this MAC, given as lowercase hexadecimal digits. Takes the same time whichever digit
  /// is wrong.
  [[nodiscard]] bool made_hex(std::string_view mac_hex, std::string_view bytes) const;
  /// The same for a raw MAC.
  [[nodiscard]] bool made(std::string_view mac, std::string_view bytes) const;

 private:
  std::vector<HmacKey> keys_;
};

/// Compares without telling by its time where they differ; their lengths may show.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b);
/// True if `given` is one of `secrets`; looks at all of them.
[[nodiscard]] bool is_one_of(std::string_view given, const std::vector<std::string>& secrets);

[[nodiscard]] std::string to_hex(std::string_view bytes);
/// SHA-256 of the bytes, in hexadecimal.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace sahut::adapters
