#include "adapters/hmac.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <array>
#include <stdexcept>

namespace sahut::adapters {
namespace {

using Context = std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)>;

const unsigned char* data_of(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

EVP_MAC* hmac_algorithm() {
  static const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr),
                                                                     &EVP_MAC_free);
  return mac.get();
}

}  // namespace

HmacKey::HmacKey(std::string_view secret, Digest digest)
    : prepared_(EVP_MAC_CTX_new(hmac_algorithm()), &EVP_MAC_CTX_free) {
  std::string name = digest == Digest::sha256 ? "SHA256" : "SHA512";
  const std::array<OSSL_PARAM, 2> parameters = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.data(), 0),
                                                OSSL_PARAM_construct_end()};
  if (!prepared_ || EVP_MAC_init(prepared_.get(), data_of(secret), secret.size(), parameters.data()) != 1) {
    throw std::runtime_error("OpenSSL cannot compute HMAC-" + name);
  }
}

std::string HmacKey::sign(std::string_view bytes) const {
  const Context context(EVP_MAC_CTX_dup(prepared_.get()), &EVP_MAC_CTX_free);
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  std::size_t size = 0;
  if (!context || EVP_MAC_update(context.get(), data_of(bytes), bytes.size()) != 1 ||
      EVP_MAC_final(context.get(), out.data(), &size, out.size()) != 1) {
    throw std::runtime_error("OpenSSL failed to compute an HMAC");
  }
  return {reinterpret_cast<const char*>(out.data()), size};
}

HmacKeys::HmacKeys(const std::vector<std::string>& secrets, Digest digest) {
  for (const std::string& secret : secrets) keys_.emplace_back(secret, digest);
}

bool HmacKeys::made_hex(std::string_view mac_hex, std::string_view bytes) const {
  bool found = false;
  for (const HmacKey& key : keys_) found = same_secret(to_hex(key.sign(bytes)), mac_hex) || found;
  return found;
}

bool HmacKeys::made(std::string_view mac, std::string_view bytes) const {
  bool found = false;
  for (const HmacKey& key : keys_) found = same_secret(key.sign(bytes), mac) || found;
  return found;
}

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool is_one_of(std::string_view given, const std::vector<std::string>& secrets) {
  bool found = false;
  for (const std::string& secret : secrets) found = same_secret(given, secret) || found;
  return found;
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    hex += digits[static_cast<unsigned char>(c) >> 4];
    hex += digits[static_cast<unsigned char>(c) & 0x0F];
  }
  return hex;
}

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("OpenSSL failed to compute SHA-256");
  }
  return to_hex({reinterpret_cast<const char*>(out.data()), size});
}

}  // namespace sahut::adapters
