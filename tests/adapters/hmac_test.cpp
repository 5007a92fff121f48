#include "adapters/hmac.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace sahut::adapters {
namespace {

TEST(Hmac, agrees_with_the_standard) {
  // RFC 4231, test case 2.
  const std::string text = "what do ya want for nothing?";
  EXPECT_EQ(to_hex(HmacKey("Jefe", Digest::sha256).sign(text)),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(
      to_hex(HmacKey("Jefe", Digest::sha512).sign(text)),
      "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b"
      "636e070a38bce737");
}

TEST(Hmac, takes_either_secret_while_they_are_rotated) {
  const HmacKeys keys({"old", "new"}, Digest::sha256);
  for (const char* const secret : {"old", "new"}) {
    EXPECT_TRUE(keys.made_hex(to_hex(HmacKey(secret, Digest::sha256).sign("x")), "x")) << secret;
  }
  EXPECT_FALSE(keys.made_hex(to_hex(HmacKey("other", Digest::sha256).sign("x")), "x"));
}

TEST(Hmac, refuses_every_other_form_of_the_same_digits) {
  const HmacKeys keys({"secret"}, Digest::sha256);
  const std::string mac = to_hex(HmacKey("secret", Digest::sha256).sign("x"));
  std::string upper = mac;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  for (const std::string& wrong :
       {std::string(), mac.substr(1), mac.substr(0, 63), mac + "0", upper, "sha256=" + mac}) {
    EXPECT_FALSE(keys.made_hex(wrong, "x")) << wrong;
  }
}

TEST(Hmac, one_key_serves_many_threads) {
  const HmacKey key("secret", Digest::sha256);
  const std::string expected = key.sign("the same bytes");
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 500; ++n) wrong += key.sign("the same bytes") == expected ? 0 : 1;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(Hmac, compares_secrets_whole) {
  EXPECT_TRUE(same_secret("abc", "abc"));
  EXPECT_FALSE(same_secret("abc", "abC"));
  EXPECT_FALSE(same_secret("abc", "ab"));
  EXPECT_FALSE(is_one_of("", {}));
  EXPECT_TRUE(is_one_of("b", {"a", "b"}));
}

}  // namespace
}  // namespace sahut::adapters
