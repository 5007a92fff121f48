// Passwords as Argon2id (libsodium), with OWASP's values: 19 MiB, two passes; about 0.1 s of a processor each.
#pragma once

#include <string>
#include <string_view>

namespace sahut::server {

constexpr std::size_t shortest_password = 10;

/// Slow on purpose; never on an I/O thread. Any thread.
[[nodiscard]] std::string hash_password(std::string_view password);
[[nodiscard]] bool password_matches(std::string_view password, const std::string& hash);
/// Does the work of a check for a name nobody has, so that the time tells nothing.
void waste_a_check(std::string_view password);

/// Five groups of four letters and digits that can be read aloud and typed: about 99 bits.
[[nodiscard]] std::string random_password();

}  // namespace sahut::server
