#include "server/sessions/passwords.hpp"

#include <sodium.h>

#include <array>
#include <new>
#include <stdexcept>

namespace sahut::server {
namespace {

// OWASP Password Storage Cheat Sheet: Argon2id with m = 19 MiB, t = 2, p = 1.
constexpr std::size_t memory_bytes = 19u << 20;
constexpr unsigned long long passes = 2;
/// Without 0/o, 1/l/i: they are mistaken for one another on paper. 31 of them: 20 give 99 bits.
constexpr std::string_view readable = "abcdefghjkmnpqrstuvwxyz23456789";

void start_sodium() {
  static const int started = sodium_init();
  if (started < 0) throw std::runtime_error("libsodium could not start: no source of randomness");
}

}  // namespace

std::string hash_password(std::string_view password) {
  start_sodium();
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str(hash.data(), password.data(), password.size(), passes, memory_bytes) != 0) {
    throw std::bad_alloc();  // the only way it fails
  }
  return hash.data();
}

bool password_matches(std::string_view password, const std::string& hash) {
  start_sodium();
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

void waste_a_check(std::string_view password) {
  static const std::string nobodys = hash_password("nobody has this password");
  (void)password_matches(password, nobodys);
}

std::string random_password() {
  start_sodium();
  std::string password;
  for (int i = 0; i < 20; ++i) {
    if (i > 0 && i % 4 == 0) password += '-';
    password += readable[randombytes_uniform(static_cast<std::uint32_t>(readable.size()))];
  }
  return password;
}

}  // namespace sahut::server
